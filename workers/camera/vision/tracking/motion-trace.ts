/**
 * The last boxes of one object, and how far it has moved as a whole.
 *
 * A box is not an object: it breathes with the light, and it ends where something else begins to cover the object. Then
 * one edge moves and the other stays, or both move apart. Only what takes both edges along is motion.
 */
import type { Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';
import { cutOf, type PictureSize } from './track.ts';

/** Observations that are kept. */
const MEMORY = 16;
/** Of each: time and the four edges. */
const STRIDE = 5;

export class MotionTrace {
  readonly #ring = new Float64Array(STRIDE * MEMORY);
  #seen = 0;
  readonly #picture: PictureSize | undefined;

  /** @param picture with it, edges on the picture's border are left out: they are the border's */
  constructor(picture: PictureSize | undefined) {
    this.#picture = picture;
  }

  /** Takes the next observation. @param timeS seconds, not before the last one's */
  add(timeS: number, box: Box): void {
    const o = STRIDE * (this.#seen++ % MEMORY);
    this.#ring[o] = timeS;
    this.#ring.set(box, o + 1);
  }

  /**
   * @returns the centre, pixels, `agoS` seconds before the last observation or somewhat earlier (or the oldest known);
   *   undefined if there is but one
   */
  past(agoS: number): Vec | undefined {
    const box = this.#before(agoS);
    return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  }

  /**
   * How far the whole object has moved in the last `agoS` seconds, pixels: along each axis the shorter of the ways of its two
   * edges, nothing if they went apart or together. An edge on the picture's border tells nothing; where both lie there, the
   * object may have gone any way, and the answer is Infinity.
   */
  shift(agoS: number): number {
    const from = this.#before(agoS);
    if (!from) return 0;
    const to = this.#box(this.#seen - 1);
    const [a, b] = [cutOf(from, this.#picture), cutOf(to, this.#picture)];
    return Math.hypot(
      common(to[0] - from[0], to[2] - from[2], a.left || b.left, a.right || b.right),
      common(to[1] - from[1], to[3] - from[3], a.top || b.top, a.bottom || b.bottom),
    );
  }

  #before(agoS: number): Box | undefined {
    const known = Math.min(this.#seen, MEMORY);
    if (known < 2) return undefined;
    const untilS = this.#time(this.#seen - 1) - agoS;
    let back = 1;
    while (back < known - 1 && this.#time(this.#seen - 1 - back) > untilS) back++;
    return this.#box(this.#seen - 1 - back);
  }

  #time(index: number): number {
    return this.#ring[STRIDE * (index % MEMORY)]!;
  }

  #box(index: number): Box {
    const o = STRIDE * (index % MEMORY) + 1;
    const r = this.#ring;
    return [r[o]!, r[o + 1]!, r[o + 2]!, r[o + 3]!];
  }
}

/** Way that two opposite edges have in common; `hidden` ones tell nothing. */
function common(low: number, high: number, lowHidden: boolean, highHidden: boolean): number {
  if (lowHidden && highHidden) return Infinity;
  if (lowHidden) return Math.abs(high);
  if (highHidden) return Math.abs(low);
  return low * high <= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
}
