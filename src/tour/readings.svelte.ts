/** Whether readings are shown above Japanese words; remembered. */
import { recall, remember } from '../app/storage.ts';

const KEY = 'incam.furigana';

class Readings {
  #shown = $state(recall(KEY) === true);

  get shown(): boolean {
    return this.#shown;
  }

  toggle(): void {
    this.#shown = !this.#shown;
    remember(KEY, this.#shown);
  }
}

export const readings = new Readings();
