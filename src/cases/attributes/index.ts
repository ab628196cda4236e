import { defineCase } from '../shared/definition.ts';
import { ATTRIBUTES } from './life-cycle.ts';

export const definition = defineCase(ATTRIBUTES, () => import('./Page.svelte'));
