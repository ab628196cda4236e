/** The one suite of this page: a look at another page does not end a measurement. */
import { Suite } from './suite.svelte.ts';

export const suite = new Suite();
