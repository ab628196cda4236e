/** One line, and the memory of one object's way with regard to it. Pixels throughout. */
import type { Vec } from '../../../vision/geometry/boxes.ts';
import { SideEvidence, type Certainty, type Side } from './side-evidence.ts';

export type Direction = 'forward' | 'backward';

/** A moment on an object's way. */
export interface Step {
  readonly at: Vec;
  readonly timeS: number;
}

/** A directed segment from a to b with a positive side: to the right of a -> b as seen on the picture (y down). */
export class Line {
  readonly length: number;
  /** Unit normal towards the positive side. A crossing along it is `forward`. */
  readonly normal: Vec;
  readonly #sine: number;

  /**
   * @param minAngleDeg a crossing flatter than this against the line is none, 0..90
   * @throws {RangeError} when the line has no length or the angle is out of range
   */
  constructor(
    readonly id: string,
    readonly a: Vec,
    readonly b: Vec,
    minAngleDeg = 0,
  ) {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    this.length = Math.hypot(dx, dy);
    if (!(this.length > 0 && Number.isFinite(this.length)))
      throw new RangeError(`Line "${id}" has no length.`);
    if (!(minAngleDeg >= 0 && minAngleDeg <= 90)) {
      throw new RangeError(`minAngleDeg of line "${id}" must be within 0..90, got ${minAngleDeg}.`);
    }
    this.normal = [-dy / this.length, dx / this.length];
    this.#sine = Math.sin((minAngleDeg * Math.PI) / 180);
  }

  equals(other: Line): boolean {
    return (
      this.id === other.id &&
      this.#sine === other.#sine &&
      String([this.a, this.b]) === String([other.a, other.b])
    );
  }

  /** Signed distance of a point from the endless line, positive on the forward side. */
  distance(p: Vec): number {
    return (p[0] - this.a[0]) * this.normal[0] + (p[1] - this.a[1]) * this.normal[1];
  }

  /** Where along the segment a point lies: 0 at a, 1 at b. */
  along(p: Vec): number {
    return ((p[0] - this.a[0]) * this.normal[1] - (p[1] - this.a[1]) * this.normal[0]) / this.length;
  }

  /** Whether a motion is steep enough against the line. */
  isSteep(motion: Vec): boolean {
    const length = Math.hypot(motion[0], motion[1]);
    if (length === 0) return false;
    const across = Math.abs(motion[0] * this.normal[0] + motion[1] * this.normal[1]);
    return across >= this.#sine * length - 1e-9;
  }

  /** Where and when a straight way goes through the endless line, or undefined if it stays on one side. */
  meet(from: Step, to: Step): Step | undefined {
    const d0 = this.distance(from.at);
    const d1 = this.distance(to.at);
    if (d0 < 0 === d1 < 0) return undefined;
    const t = d0 / (d0 - d1);
    return {
      at: [from.at[0] + t * (to.at[0] - from.at[0]), from.at[1] + t * (to.at[1] - from.at[1])],
      timeS: from.timeS + t * (to.timeS - from.timeS),
    };
  }
}

export interface LineCrossing extends Step {
  readonly direction: Direction;
}

/** Why a change of side is no crossing: too flat, past the end of the line, or only another view of the object. */
export interface Refusal {
  readonly why: 'angle' | 'beyond' | 'leap';
  readonly timeS: number;
}

/** One object's way with regard to a line: on which side it is, and where it went through. */
export class SideMemory {
  /** The last moment it was clearly on a side. */
  clear: Step | undefined;
  /** The last change of side that was no crossing. */
  refused: Refusal | undefined;
  readonly #evidence = new SideEvidence();
  /** The last time it went through the line since. */
  #met: Step | undefined;

  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  /** The side it was last clearly on; undefined until it was clearly on any. */
  get side(): Side | undefined {
    return this.#evidence.side;
  }

  /** Why the last step proved no side; undefined where it did. */
  get held(): 'border' | 'leap' | undefined {
    return this.#evidence.held;
  }

  /** Follows the object one step on. @param certainty left out: the place is certain */
  step(from: Step | undefined, to: Step, certainty?: Certainty): LineCrossing | undefined {
    const met = from && this.#line.meet(from, to);
    if (met) this.#met = met;
    const turn = this.#evidence.step(this.#line.distance(to.at), to.timeS, certainty);
    if (turn === undefined) return undefined;
    const passage = turn === 'moved' ? this.#passage(this.clear, to) : undefined;
    if (turn === 'unveiled') this.refused = { why: 'leap', timeS: to.timeS };
    this.clear = to;
    this.#met = undefined;
    return passage;
  }

  /** Goes on where another object's memory ended: where that one was last seen, and where this one is found. */
  inherit(from: SideMemory, last: Step, first: Step): void {
    this.clear = from.clear;
    this.refused = from.refused;
    this.#met = from.#met;
    const line = this.#line;
    this.#evidence.inherit(from.#evidence, line.distance(last.at), line.distance(first.at), first.timeS);
  }

  /** The object is now seen as something larger or smaller. */
  rebase(): void {
    this.#evidence.rebase();
  }

  /** Crossed between two points of the way, if so. */
  #passage(from: Step | undefined, to: Step): LineCrossing | undefined {
    const met = this.#met ?? (from && this.#line.meet(from, to));
    if (!from || !met) return undefined;
    const along = this.#line.along(met.at);
    const isSteep = this.#line.isSteep([to.at[0] - from.at[0], to.at[1] - from.at[1]]);
    if (along < 0 || along > 1 || !isSteep) {
      this.refused = { why: isSteep ? 'beyond' : 'angle', timeS: to.timeS };
      return undefined;
    }
    return { ...met, direction: this.side! > 0 ? 'forward' : 'backward' };
  }
}
