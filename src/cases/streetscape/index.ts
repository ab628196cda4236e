import { defineCase } from '../shared/definition.ts';
import { STREETSCAPE_SPEC } from './session.svelte.ts';

export const definition = defineCase(STREETSCAPE_SPEC, () => import('./Page.svelte'));
