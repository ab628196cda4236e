import { defineCase } from '../shared/definition.ts';
import { COUNTING_SPEC } from './session.svelte.ts';

export const definition = defineCase(COUNTING_SPEC, () => import('./Page.svelte'));
