/** Whether the home page still offers the tour: until it was closed or taken; remembered. */
import { recall, remember } from '../app/storage.ts';

const KEY = 'incam.tour-closed';

class TourOffer {
  #closed = $state(recall(KEY) === true);

  get open(): boolean {
    return !this.#closed;
  }

  close(): void {
    this.#closed = true;
    remember(KEY, true);
  }
}

export const tourOffer = new TourOffer();
