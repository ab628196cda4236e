import { defineCase } from '../shared/definition.ts';
import { CROWDING_SPEC } from './session.svelte.ts';

export const definition = defineCase(CROWDING_SPEC, () => import('./Page.svelte'));
