/** Where sealed days and their keys are kept: in memory, or on the device. */
import type { Keep } from '../../../../../contract/index.ts';
import type { Sealed, VaultKey } from './cipher.ts';
import type { SavedMoment } from './clock.ts';

export interface SealedDay extends Sealed {
  /** Days since 1 January 1970 by the camera's clock, or since the start of a time-lapse. */
  readonly day: number;
  /** At the beginning of this day the key is destroyed. */
  readonly until: number;
  readonly key: VaultKey;
  /** Vectors in it. */
  readonly held: number;
}

/** What the vault knows of time. */
export interface Calendar {
  /** Day on which the vault was first used. */
  readonly first: number;
  /** The latest day ever seen: time never runs backwards, whatever the clock says. */
  readonly latest: number;
  /** The moment of this entry, by the vault's clock and the machine's, in seconds; absent in a time-lapse. */
  readonly moment?: SavedMoment | undefined;
}

/** What a store holds. */
export interface StoreContents {
  readonly calendar?: Calendar | undefined;
  readonly days: readonly SealedDay[];
  /** Days that could not be read, and were destroyed. */
  readonly damaged?: number | undefined;
}

export interface VaultStore {
  readonly keep: Keep;
  /** Vectors of an older kind that were found and destroyed when the store was opened. */
  readonly outdated: number;
  /** What is there; days whose key is gone are not, and their bytes are removed. */
  read(): Promise<StoreContents>;
  /** Puts a day in the place of what was kept for it: key and bytes together or neither. */
  put(day: SealedDay): Promise<void>;
  /** Destroys the keys of some days, and when that is certain, what was sealed under them. */
  destroy(days: readonly number[]): Promise<void>;
  setCalendar(calendar: Calendar): Promise<void>;
  close(): Promise<void>;
}

/** Forgets everything when it is closed, as memory does. */
export class MemoryStore implements VaultStore {
  readonly keep = 'session';
  readonly outdated = 0;
  readonly #days = new Map<number, SealedDay>();
  #calendar: Calendar | undefined;

  read() {
    return Promise.resolve({ calendar: this.#calendar, days: [...this.#days.values()] });
  }

  put(day: SealedDay): Promise<void> {
    this.#days.set(day.day, day);
    return Promise.resolve();
  }

  destroy(days: readonly number[]): Promise<void> {
    for (const day of days) this.#days.delete(day);
    return Promise.resolve();
  }

  setCalendar(calendar: Calendar): Promise<void> {
    this.#calendar = calendar;
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#days.clear();
    this.#calendar = undefined;
    return Promise.resolve();
  }
}
