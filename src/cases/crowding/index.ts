import { defineCase } from '../shared/definition.ts';
import { CROWDING } from './life-cycle.ts';

export const definition = defineCase(CROWDING, () => import('./Page.svelte'));
