import { defineCase } from '../shared/definition.ts';
import { REPEAT_VISITS } from './life-cycle.ts';

export const definition = defineCase(REPEAT_VISITS, () => import('./Page.svelte'));
