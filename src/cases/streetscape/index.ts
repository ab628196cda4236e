import { defineCase } from '../shared/definition.ts';
import { STREETSCAPE } from './life-cycle.ts';

export const definition = defineCase(STREETSCAPE, () => import('./Page.svelte'));
