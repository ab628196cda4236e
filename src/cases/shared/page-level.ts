/** The level of the case page that a component is on. */
import { createContext } from 'svelte';
import type { Level } from '../../app/levels.ts';

/** Read and set while a component is made; the level itself is a function, because it changes. */
export const [pageLevel, setPageLevel] = createContext<() => Level>();
