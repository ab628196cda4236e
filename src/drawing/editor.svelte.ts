/**
 * The drawing tool: the kind of shape in progress, its points so far, and the selected shape. Knows no pointer and no
 * key; the overlay translates those into these calls.
 */
import type { FaultCode, Point } from '../../contract/index.ts';
import {
  add,
  defaultPoints,
  isRefused,
  MAX_CORNERS,
  pointsOf,
  remove,
  removeCorner,
  reshape,
  splitSide,
  type Change,
  type ShapeGroup,
  type ShapeRef,
} from './drawing.ts';
import { inside, longEnough, shift } from './geometry.ts';
import type { Layout } from './layout.svelte.ts';

/** One press of an arrow key moves by this share of the picture's height; with Shift by the larger one. */
const NUDGE = 0.01;
const LARGE_NUDGE = 0.05;

export const sameShape = (p: ShapeRef | undefined, q: ShapeRef | undefined): boolean =>
  p?.id === q?.id && p?.group === q?.group;

export class Editor {
  /** The kind of shape in progress; undefined without one. */
  tool = $state<ShapeGroup | undefined>();
  /** Points set so far; the last one follows the pointer. */
  draft = $state.raw<readonly Point[]>([]);
  selected = $state.raw<ShapeRef | undefined>();
  readonly #layout: () => Layout;
  readonly #aspect: () => number;
  readonly #refuse: (code: FaultCode) => void;
  #gesture = 0;
  /** The line's first end was set by a click; the second is to come. */
  #oneEndSet = false;
  #refusedInGesture = false;

  /**
   * @param layout the drawing of the present source
   * @param aspect width / height of the picture
   * @param refuse called when a shape is refused
   */
  constructor(layout: () => Layout, aspect: () => number, refuse: (code: FaultCode) => void) {
    this.#layout = layout;
    this.#aspect = aspect;
    this.#refuse = refuse;
  }

  /** Selects a tool, or deselects the current one. */
  pick(tool: ShapeGroup): void {
    const again = this.tool === tool;
    this.cancel();
    this.selected = undefined;
    if (!again) this.tool = tool;
  }

  /** Deselects the tool and discards the draft. @returns whether a tool was selected */
  cancel(): boolean {
    const busy = this.tool !== undefined;
    this.tool = undefined;
    this.draft = [];
    this.#oneEndSet = false;
    return busy;
  }

  /** Places the tool's shape in the middle, for use without a pointer. */
  placeDefault(group: ShapeGroup): void {
    this.cancel();
    this.#take(add(this.#drawing, group, defaultPoints(this.#drawing, group), this.#aspect()));
  }

  /** The pointer was pressed on the picture. */
  press(point: Point): void {
    if (this.tool === 'lines') {
      const [a] = this.draft;
      this.draft = this.#oneEndSet && a ? [a, point] : [point, point];
    } else if (this.tool) {
      this.draft = [...this.draft.slice(0, -1), point, point];
    }
  }

  /** The pointer moved over the picture. */
  move(point: Point): void {
    if (this.draft.length > 0) this.draft = [...this.draft.slice(0, -1), inside(point)];
  }

  /** The pointer was lifted. A line is complete when it is long enough; a click sets its first end. */
  lift(): void {
    if (this.tool === 'ground' && this.draft.length > 4) return this.finish();
    if (this.tool !== 'lines') return;
    const [a, b] = this.draft;
    if (!a || !b) return;
    if (longEnough(a, b, this.#aspect()) || this.#oneEndSet) return this.finish();
    this.#oneEndSet = true;
  }

  /** Closes the polygon in progress. */
  finish(): void {
    const { tool } = this;
    if (!tool) return;
    const points = tool === 'lines' ? this.draft : this.draft.slice(0, -1);
    this.cancel();
    this.#take(add(this.#drawing, tool, points.slice(0, MAX_CORNERS), this.#aspect()));
  }

  select(ref: ShapeRef | undefined): void {
    this.selected = ref;
  }

  /** Begins a drag: its changes are one undo step, with at most one message. */
  beginGesture(): void {
    this.#gesture++;
    this.#refusedInGesture = false;
    this.#layout().settle();
  }

  endGesture(): void {
    this.#layout().settle();
  }

  /** Moves one point of a shape to a place. */
  movePoint(ref: ShapeRef, index: number, to: Point): void {
    const points = pointsOf(this.#drawing, ref).with(index, inside(to));
    this.#reshape(ref, points, `drag ${this.#gesture}`);
  }

  /** Moves one point by key. @param large whether by the larger step */
  nudgePoint(ref: ShapeRef, index: number, [x, y]: readonly [number, number], large: boolean): void {
    const point = pointsOf(this.#drawing, ref)[index];
    if (!point) return;
    const step = large ? LARGE_NUDGE : NUDGE;
    const to: Point = inside([point[0] + (x * step) / this.#aspect(), point[1] + y * step]);
    this.#refusedInGesture = false;
    this.#reshape(ref, pointsOf(this.#drawing, ref).with(index, to), `nudge ${ref.group} ${ref.id} ${index}`);
  }

  /** Moves a whole shape, from where it was when the drag began. */
  moveShape(ref: ShapeRef, from: readonly Point[], dx: number, dy: number): void {
    this.#reshape(ref, shift(from, dx, dy), `drag ${this.#gesture}`);
  }

  nudgeShape(ref: ShapeRef, [x, y]: readonly [number, number], large: boolean): void {
    const step = large ? LARGE_NUDGE : NUDGE;
    const points = shift(pointsOf(this.#drawing, ref), (x * step) / this.#aspect(), y * step);
    this.#reshape(ref, points, `nudge ${ref.group} ${ref.id}`);
  }

  split(ref: ShapeRef, side: number): void {
    this.#take(splitSide(this.#drawing, ref, side, this.#aspect()));
  }

  removeCorner(ref: ShapeRef, index: number): void {
    this.#take(removeCorner(this.#drawing, ref, index, this.#aspect()));
  }

  remove(ref: ShapeRef): void {
    this.#take({ drawing: remove(this.#drawing, ref) });
  }

  get #drawing() {
    return this.#layout().current;
  }

  #reshape(ref: ShapeRef, points: readonly Point[], merge: string): void {
    const change = reshape(this.#drawing, ref, points, this.#aspect());
    if (!isRefused(change)) return this.#layout().change(change.drawing, merge);
    if (!this.#refusedInGesture) this.#refuse(change.refused);
    this.#refusedInGesture = true;
  }

  #take(change: Change): void {
    if (isRefused(change)) return this.#refuse(change.refused);
    this.#layout().settle();
    this.#layout().change(change.drawing);
    this.selected = change.ref;
  }
}
