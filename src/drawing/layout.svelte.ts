/** The drawing of one source: its present state, its history, and its storage between visits. */
import * as v from 'valibot';
import { recall, remember } from '../app/storage.ts';
import { withDistinctIds } from './distinct-ids.ts';
import { Drawing, EMPTY } from './drawing.ts';

const MAX_UNDO = 100;

/** Storage key of a source's drawing. */
export const storageKey = (source: string): string => `incam.drawing.${source}`;

/** Whether something was drawn on a source before. */
export const isRemembered = (source: string): boolean =>
  v.safeParse(Drawing, recall(storageKey(source))).success;

export class Layout {
  readonly source: string;
  readonly preset: Drawing;
  readonly #onchange: (drawing: Drawing) => void;
  #current = $state.raw<Drawing>(EMPTY);
  #past = $state.raw<readonly Drawing[]>([]);
  #future = $state.raw<readonly Drawing[]>([]);
  #merging: string | undefined;

  /**
   * @param source identity of the source (a sample's id, a file's name and size, a device)
   * @param preset the drawing of a source without a stored one
   * @param onchange called after every change that the camera must apply
   */
  constructor(source: string, preset: Drawing = EMPTY, onchange: (drawing: Drawing) => void = () => {}) {
    this.source = source;
    this.preset = preset;
    this.#onchange = onchange;
    const stored = v.safeParse(Drawing, recall(storageKey(source)));
    this.#current = stored.success ? withDistinctIds(stored.output) : preset;
  }

  get current(): Drawing {
    return this.#current;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * Applies a changed drawing.
   * @param merge changes in a row with the same key (one drag, one row of arrow keys) are undone together
   */
  change(drawing: Drawing, merge?: string): void {
    if (drawing === this.#current) return;
    if (merge === undefined || merge !== this.#merging) {
      this.#past = [...this.#past.slice(-MAX_UNDO + 1), this.#current];
    }
    this.#merging = merge;
    this.#future = [];
    this.#set(drawing);
  }

  /** Shows a drawing that is not the visitor's own: it can be undone, and is remembered only once it is changed. */
  show(drawing: Drawing): void {
    this.#past = [...this.#past.slice(-MAX_UNDO + 1), this.#current];
    this.#future = [];
    this.#merging = undefined;
    this.#current = { ...drawing, next: Math.max(drawing.next, this.#current.next) };
    this.#onchange(this.#current);
  }

  /** The next change starts an undo step of its own, whatever its key. */
  settle(): void {
    this.#merging = undefined;
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#future = [...this.#future, this.#current];
    this.#past = this.#past.slice(0, -1);
    this.#merging = undefined;
    this.#set(before);
  }

  redo(): void {
    const after = this.#future.at(-1);
    if (!after) return;
    this.#past = [...this.#past, this.#current];
    this.#future = this.#future.slice(0, -1);
    this.#merging = undefined;
    this.#set(after);
  }

  #set(drawing: Drawing): void {
    // A shape restored by undo keeps its id; a new one must never reuse an id.
    this.#current = { ...drawing, next: Math.max(drawing.next, this.#current.next) };
    remember(storageKey(this.source), this.#current);
    this.#onchange(this.#current);
  }
}
