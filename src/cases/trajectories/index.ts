import { defineCase } from '../shared/definition.ts';
import { TRAJECTORIES_SPEC } from './session.svelte.ts';

export const definition = defineCase(TRAJECTORIES_SPEC, () => import('./Page.svelte'));
