/** The sets that go with the plans; needs a browser. */
import type { Object3D } from 'three';
import type { Rng } from '../rng.ts';
import { createRng } from '../rng.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { PropFacts } from '../truth/assemble.ts';
import type { WorldPlan } from './plan.ts';
import { buildEntrance } from './entrance/set.ts';
import { buildShop } from './trajectories/set.ts';
import { buildStation } from './crowding/set.ts';
import { buildStreet } from './street/set.ts';

/** Something that stands still and is part of the truth. */
export interface Prop {
  id: string;
  /** What of it is the sign, the lamps, the board. */
  object: Object3D;
  facts: PropFacts;
}

export interface BuiltSet {
  /** Keeps lights and the like up to date. */
  update?: (simulation: Simulation) => void;
  props?: readonly Prop[];
}

/** Adds everything that stands still. */
export type BuildSet = (parent: Object3D, plan: WorldPlan) => BuiltSet;

/** For sets in which nothing moves and nothing is to be known. */
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
