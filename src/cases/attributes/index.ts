import { defineCase } from '../shared/definition.ts';
import { ATTRIBUTES_SPEC } from './session.svelte.ts';

export const definition = defineCase(ATTRIBUTES_SPEC, () => import('./Page.svelte'));
