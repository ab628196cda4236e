/** One line, and the memory of one object's way with regard to it. Pixels throughout. */
import type { Vec } from '../../../vision/geometry/boxes.ts';

export type Side = -1 | 1;
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

/**
 * On which side of a line an object is, with a dead band: an object that trembles on the line is on the side it came
 * from until it has clearly left the band on the other.
 */
export class SideMemory {
  /** The side it was last clearly on; undefined until it was clearly on any. */
  side: Side | undefined;
  /** The last moment it was clearly on that side. */
  clear: Step | undefined;
  /** The last time it went through the line since. */
  #met: Step | undefined;
  /**
   * Taken over from a lost object that had already crossed: standing on the old side is then no crossing back until
   * this object has been seen on the new side itself.
   */
  #held = false;
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  /** Follows the object one step on. @param band half the width of the dead band, pixels */
  step(from: Step | undefined, to: Step, band: number): LineCrossing | undefined {
    const met = from && this.#line.meet(from, to);
    if (met) this.#met = met;
    const d = this.#line.distance(to.at);
    if (Math.abs(d) < band) return undefined;
    const side: Side = d < 0 ? -1 : 1;
    if (side === this.side || this.side === undefined) {
      this.#settle(side, to);
      return undefined;
    }
    if (this.#held) return undefined;
    const passage = this.#passage(this.clear, to, side);
    this.#settle(side, to);
    return passage;
  }

  /** Goes on where another object's memory ended, `towards` being its motion across the line (positive: forward). */
  inherit(from: SideMemory, at: Vec, towards: number): void {
    this.side = from.side;
    this.clear = from.clear;
    this.#met = from.#met;
    this.#held = from.#held;
    if (this.side === undefined) return;
    const d = this.#line.distance(at);
    const sameSide = d < 0 === this.side < 0;
    // Found on the other side: it crossed unseen if it was heading there, else the old object was simply misplaced.
    if (!sameSide && towards * this.side >= 0) this.#held = true;
  }

  /** Crossed between two points of the way, if so. */
  #passage(from: Step | undefined, to: Step, side: Side): LineCrossing | undefined {
    const met = this.#met ?? (from && this.#line.meet(from, to));
    if (!from || !met) return undefined;
    const along = this.#line.along(met.at);
    if (along < 0 || along > 1) return undefined;
    if (!this.#line.isSteep([to.at[0] - from.at[0], to.at[1] - from.at[1]])) return undefined;
    return { ...met, direction: side > 0 ? 'forward' : 'backward' };
  }

  #settle(side: Side, at: Step): void {
    this.side = side;
    this.clear = at;
    this.#met = undefined;
    this.#held = false;
  }
}
