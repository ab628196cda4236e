/**
 * The days of a vault, each sealed under its own key: opened one at a time for the milliseconds of a look, sealed anew, and
 * destroyed with their keys. Knows nothing of visits or of time.
 */
import { Block } from './block.ts';
import { decrypt, dropKey, encrypt, newKey } from './cipher.ts';
import type { SealedDay, VaultStore } from './store.ts';
import { similarityTo } from '../../../vision/faces/face-similarity.ts';
import type { Template } from './template.ts';

/** Where a vector is held. */
export interface Place {
  readonly day: SealedDay;
  readonly index: number;
  /** As of `similarityTo`, -1..1. */
  readonly similarity: number;
}

/** A day that does not open, or opens to something that is no day. */
class DamagedDay extends Error {
  override readonly name = 'DamagedDay';
}

export class SealedDays {
  readonly #days: Map<number, SealedDay>;
  #opened = { times: 0, ms: 0 };
  #damaged = { days: 0, vectors: 0 };
  readonly #store: VaultStore;
  readonly #length: number;

  /** @param length numbers of a vector */
  constructor(store: VaultStore, length: number, days: readonly SealedDay[]) {
    this.#store = store;
    this.#length = length;

    this.#days = new Map(days.map((day) => [day.day, day]));
  }

  get all(): readonly SealedDay[] {
    return [...this.#days.values()];
  }

  /** Memory of what is sealed. */
  get memories(): ArrayBufferLike[] {
    return this.all.map(({ bytes }) => bytes.buffer);
  }

  get held(): number {
    return this.all.reduce((sum, { held }) => sum + held, 0);
  }

  /** How often vectors were decrypted, and for how long in all. */
  get opened(): Readonly<{ times: number; ms: number }> {
    return this.#opened;
  }

  /** Days that did not open and were destroyed, and the vectors in them; told once. */
  takeDamaged(): { days: number; vectors: number } {
    const damaged = this.#damaged;
    this.#damaged = { days: 0, vectors: 0 };
    return damaged;
  }

  /**
   * Places of similar vectors, the most similar first. One day is decrypted at a time, and wiped before the next; one that does
   * not open is destroyed, and the others are searched.
   */
  async search(template: Template, threshold: number): Promise<Place[]> {
    const places: Place[] = [];
    const similarity = similarityTo(template);
    for (const day of this.all) {
      await this.#unlessDamaged(day, (block) => {
        for (let index = 0; index < block.count; index++) {
          const alike = similarity(block.template(index));
          if (alike >= threshold) places.push({ day, index, similarity: alike });
        }
      });
    }
    return places.sort((a, b) => b.similarity - a.similarity);
  }

  /** Decrypts a day for as long as `work` takes, then wipes it. */
  async inClear<T>(day: SealedDay, work: (block: Block) => T | Promise<T>): Promise<T> {
    const block = await this.#open(day);
    const started = performance.now();
    try {
      return await work(block);
    } finally {
      block.wipe();
      const { times, ms } = this.#opened;
      this.#opened = { times: times + 1, ms: ms + performance.now() - started };
    }
  }

  /** Enters a vector on a day, which is begun where there is none. */
  async add(template: Template, on: number, until: number): Promise<void> {
    const day = this.#days.get(on);
    const add = async (block: Block) => {
      const grown = block.with(template);
      try {
        const key = day?.key ?? (await newKey());
        const sealed = await encrypt(key, on, grown.bytes);
        await this.put({
          ...sealed,
          ...{ day: on, key, held: grown.count },
          until: Math.min(until, day?.until ?? until),
        });
      } finally {
        grown.wipe();
      }
    };
    await (day ? this.inClear(day, add) : add(Block.empty(this.#length)));
  }

  /** Seals what was changed of an open day. */
  async reseal(day: SealedDay, block: Block): Promise<void> {
    await this.put({ ...day, ...(await encrypt(day.key, day.day, block.bytes)) });
  }

  /** Seals what was changed under a fresh key, so that an older copy of the bytes opens no more. */
  async rekey(day: SealedDay, block: Block): Promise<void> {
    const key = await newKey();
    await this.put({ ...day, ...(await encrypt(key, day.day, block.bytes)), key });
  }

  /** Seals a day anew without some people, under a fresh key. @returns vectors destroyed */
  async leaveOut(day: SealedDay, indices: ReadonlySet<number>): Promise<number> {
    if (indices.size === day.held) return this.destroy([day]);
    return this.inClear(day, async (block) => {
      const left = block.without(indices);
      try {
        const key = await newKey();
        await this.put({ ...day, ...(await encrypt(key, day.day, left.bytes)), key, held: left.count });
        return indices.size;
      } finally {
        left.wipe();
      }
    });
  }

  /** The store first: what could not be kept is not in memory either. */
  async put(day: SealedDay): Promise<void> {
    await this.#store.put(day);
    const before = this.#days.get(day.day);
    this.#days.set(day.day, day);
    if (before && before.bytes !== day.bytes) before.bytes.fill(0);
    if (before && before.key !== day.key) dropKey(before.key);
  }

  /** Memory first: from here on nothing is decrypted any more, whatever becomes of the store. */
  async destroy(days: readonly SealedDay[]): Promise<number> {
    if (days.length === 0) return 0;
    for (const { day, bytes, key } of days) {
      this.#days.delete(day);
      bytes.fill(0);
      dropKey(key);
    }
    await this.#store.destroy(days.map(({ day }) => day));
    return days.reduce((sum, { held }) => sum + held, 0);
  }

  /** What is in memory alone is gone; what the store keeps stays sealed there. @returns vectors destroyed */
  leave(): number {
    const { held } = this;
    const inMemory = this.#store.keep === 'session';
    for (const { bytes, key } of this.all) {
      if (inMemory) bytes.fill(0);
      dropKey(key);
    }
    this.#days.clear();
    return inMemory ? held : 0;
  }

  /** @throws {DamagedDay} */
  async #open(day: SealedDay): Promise<Block> {
    let bytes: Uint8Array<ArrayBuffer> | undefined;
    try {
      bytes = await decrypt(day.key, day.day, day);
      return new Block(bytes, this.#length);
    } catch (error) {
      bytes?.fill(0);
      throw new DamagedDay('a day does not open', { cause: error });
    }
  }

  async #unlessDamaged(day: SealedDay, work: (block: Block) => void): Promise<void> {
    try {
      await this.inClear(day, work);
    } catch (error) {
      if (!(error instanceof DamagedDay)) throw error;
      const vectors = await this.destroy([day]);
      this.#damaged = { days: this.#damaged.days + 1, vectors: this.#damaged.vectors + vectors };
    }
  }
}
