/**
 * Masks, lines, zones and ground are drawn on pictures of one shape. When the shape changes (a phone is turned, a joined
 * recording goes on in another format) what is drawn lies elsewhere: a mask would uncover what it hid.
 */
import type { Shape } from '../frames/source.ts';

/** Shapes whose ratios of width to height differ by less are one: decoders round sides to whole blocks. */
const MAX_DIFFERENCE = 0.02;

export class GeometryGuard {
  /** What the present drawing was made for. */
  #drawnOn: Shape | undefined;
  #seen: Shape | undefined;

  /**
   * A source was opened.
   * @param expected the shape it announces; undefined where its first picture is what was drawn on
   */
  reset(expected?: Shape): void {
    this.#drawnOn = expected;
    this.#seen = undefined;
  }

  /**
   * Looks at the next picture's shape.
   * @param shape undefined for a source whose pictures cannot change it
   * @returns whether this changed what `reshaped` says
   */
  see(shape: Shape | undefined): boolean {
    if (!shape) return false;
    const before = this.reshaped;
    this.#drawnOn ??= shape;
    this.#seen = shape;
    const now = this.reshaped;
    return before?.width !== now?.width || before?.height !== now?.height;
  }

  /** The shape of the pictures now, where nothing was drawn on it yet; then all is covered and nothing is counted. */
  get reshaped(): Shape | undefined {
    return this.#seen && this.#drawnOn && !isAlike(this.#seen, this.#drawnOn) ? this.#seen : undefined;
  }

  /**
   * A drawing was made anew.
   * @param on the shape it was made on; a drawing for another shape than the present one changes nothing
   */
  drawn(on: Shape | undefined): void {
    if (on && this.#seen && isAlike(on, this.#seen)) this.#drawnOn = this.#seen;
  }
}

const isAlike = (a: Shape, b: Shape): boolean => {
  const ratio = (a.width * b.height) / (a.height * b.width);
  return Math.abs(ratio - 1) < MAX_DIFFERENCE;
};
