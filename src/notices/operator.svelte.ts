/** Who runs the camera, as the reader entered it for the notices; remembered on this device only. */
import * as v from 'valibot';
import { recall, remember } from '../app/storage.ts';

const KEY = 'incam.operator';
const line = v.pipe(v.string(), v.maxLength(120));
const Operator = v.object({ name: line, contact: line, place: line, url: line });
export type Operator = v.InferOutput<typeof Operator>;

const NOBODY: Operator = { name: '', contact: '', place: '', url: '' };

class OperatorState {
  #current = $state.raw<Operator>(NOBODY);

  constructor() {
    const stored = v.safeParse(Operator, recall(KEY));
    if (stored.success) this.#current = stored.output;
  }

  get current(): Operator {
    return this.#current;
  }

  change(part: Partial<Operator>): void {
    this.#current = { ...this.#current, ...part };
    remember(KEY, this.#current);
  }
}

export const operator = new OperatorState();
