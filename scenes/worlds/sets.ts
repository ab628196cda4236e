/** The sets that go with the plans; needs a browser. */
import type { Object3D } from 'three';
import type { Rng } from '../rng.ts';
import { createRng } from '../rng.ts';
import type { BuiltSet } from './built-set.ts';
import type { WorldPlan } from './plan.ts';
import { buildEntrance } from './entrance/set.ts';
import { buildShop } from './trajectories/set.ts';
import { buildStation } from './crowding/set.ts';
import { buildStreet } from './street/set.ts';

/** Adds all static objects. */
export type BuildSet = (parent: Object3D, plan: WorldPlan) => BuiltSet;

/** For sets without motion and without truth. */
const still =
  (build: (parent: Object3D, rng: Rng) => void, seed: number): BuildSet =>
  (parent) => {
    build(parent, createRng(seed));
    return {};
  };

export const SETS: Readonly<Record<string, BuildSet>> = {
  attributes: still(buildEntrance, 12),
  counting: (parent) =>
    buildStreet(parent, createRng(21), { bothSides: false, from: -60, to: 60, signs: false }),
  crowding: still(buildStation, 5),
  'repeat-visits': still(buildEntrance, 12),
  streetscape: (parent) =>
    buildStreet(parent, createRng(9), { bothSides: true, from: -110, to: 220, signs: true }),
  trajectories: still(buildShop, 3),
};
