/** What a set is once it is built. */
import type { Object3D } from 'three';
import type { Simulation } from '../simulation/simulation.ts';
import type { PropFacts } from '../truth/assemble.ts';

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
