import { defineCase } from '../shared/definition.ts';
import { REPEAT_VISITS_SPEC } from './session.svelte.ts';

export const definition = defineCase(REPEAT_VISITS_SPEC, () => import('./Page.svelte'));
