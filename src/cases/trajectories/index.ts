import { defineCase } from '../shared/definition.ts';
import { TRAJECTORIES } from './life-cycle.ts';

export const definition = defineCase(TRAJECTORIES, () => import('./Page.svelte'));
