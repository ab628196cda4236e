import { defineCase } from '../shared/definition.ts';
import { COUNTING } from './life-cycle.ts';

export const definition = defineCase(COUNTING, () => import('./Page.svelte'));
