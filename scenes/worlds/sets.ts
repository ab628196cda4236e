/** The sets that go with the plans; needs a browser. */
import type { Object3D } from 'three';
import { createRng } from '../rng.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { WorldPlan } from './plan.ts';
import { buildEntrance } from './entrance/set.ts';
import { buildShop } from './shop/set.ts';
import { buildStation } from './station/set.ts';
import { buildStreet } from './street/set.ts';

/** Adds everything that stands still; the result keeps lights and the like up to date. */
export type BuildSet = (parent: Object3D, plan: WorldPlan) => (simulation: Simulation) => void;

export const SETS: Readonly<Record<string, BuildSet>> = {
  attributes: (parent) => buildEntrance(parent, createRng(12)),
  counting: (parent) => buildStreet(parent, createRng(21), { bothSides: false }),
  crowding: (parent) => buildStation(parent, createRng(5)),
  trajectories: (parent) => buildShop(parent, createRng(3)),
};
