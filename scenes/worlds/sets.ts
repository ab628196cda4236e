/** The sets that go with the plans; needs a browser. */
import type { Object3D } from 'three';
import { createRng } from '../rng.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { WorldPlan } from './plan.ts';
import { buildStreet } from './street/set.ts';

/** Adds everything that stands still; the result keeps lights and the like up to date. */
export type BuildSet = (parent: Object3D, plan: WorldPlan) => (simulation: Simulation) => void;

export const SETS: Readonly<Record<string, BuildSet>> = {
  counting: (parent) => buildStreet(parent, createRng(21), { bothSides: false }),
};
