/** First-time hints of the case pages: one after the other, to a visitor who has had none; that they were shown is remembered. */
import { recall, remember } from '../../app/storage.ts';

const KEY = 'incam.hints-shown';

/** What each hint speaks of, in their order. */
export const HINTS = ['lens', 'destroyed', 'kept'] as const;
export type Hint = (typeof HINTS)[number];

export class Hints {
  #due = recall(KEY) !== true;
  #index = $state<number>();

  /** The hint that is shown now. */
  get current(): Hint | undefined {
    return this.#index === undefined ? undefined : HINTS[this.#index];
  }

  /** Place of the hint in their order, from 1. */
  get number(): number {
    return (this.#index ?? 0) + 1;
  }

  get isLast(): boolean {
    return this.number === HINTS.length;
  }

  /** Shows the first hint, once in the life of a browser's storage. */
  begin(): void {
    if (!this.#due) return;
    this.#due = false;
    this.#index = 0;
    remember(KEY, true);
  }

  next(): void {
    if (this.#index === undefined) return;
    this.#index = this.isLast ? undefined : this.#index + 1;
  }

  /** Ends them all. */
  close(): void {
    this.#index = undefined;
  }
}

export const hints = new Hints();
