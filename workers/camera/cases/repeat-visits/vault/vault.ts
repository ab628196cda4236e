/**
 * The vault of case 3: feature vectors under one key a day, until the retention period of that day is over.
 *
 * A vector is personal information while it lives (個人識別符号), so that it is in the clear only for the milliseconds of a
 * comparison, one day's at a time. Its end is the end of its key: what is left of the bytes, here or in a backup of them,
 * opens no more. Retention counts from the first visit and coming back does not extend it. A person who asks to be
 * forgotten is left out and the day sealed anew under a fresh key, so that the old bytes open no more either.
 */
import type { Keep } from '../../../../../contract/index.ts';
import { SerialQueue } from '../../../inference/serial-queue.ts';
import type { Block } from './block.ts';
import { dropKey } from './cipher.ts';
import type { SavedMoment } from './clock.ts';
import { SealedDays, type Place } from './sealed-days.ts';
import type { Calendar, SealedDay, VaultStore } from './store.ts';
import { templateOf, type Template } from './template.ts';

/** What is told of a visit. */
export interface Visit {
  /** 1 for a visitor not known. */
  readonly visit: number;
  /** 0: already seen on this day. */
  readonly daysSinceLast: number | undefined;
}

/** What is held about one person, without the vector; days as the store counts them. */
export interface Held {
  readonly days: readonly number[];
  readonly until: number;
}

/** Something was asked of a vault that is closed. */
export class VaultClosed extends Error {
  override readonly name = 'VaultClosed';
}

/** How often the moment is kept, in seconds: so much of a period a power cut can cost, where the clock was set back too. */
const KEEP_MOMENT_S = 60;

export class Vault {
  readonly #turns = new SerialQueue();
  #closed = false;
  readonly #store: VaultStore;
  readonly #sealed: SealedDays;
  #calendar: Calendar;
  #retentionDays: number;
  /** Days that could not be read when the vault was opened. */
  #damaged = 0;
  /** The latest moment told, which may not be kept yet. */
  #moment: SavedMoment | undefined;

  private constructor(store: VaultStore, sealed: SealedDays, calendar: Calendar, retentionDays: number) {
    this.#store = store;
    this.#sealed = sealed;
    this.#calendar = calendar;
    this.#retentionDays = retentionDays;
  }

  /**
   * Opens what the store holds; days that have ended meanwhile are destroyed before anything is decrypted.
   * @param length numbers of a vector
   * @param today the first day, where the store knows none; or what tells the day from what the store knows
   * @throws {Fault} of the store, or of what tells the day; the store is closed then
   */
  static async open(
    store: VaultStore,
    length: number,
    retentionDays: number,
    today: number | ((known: Calendar | undefined) => number),
  ): Promise<Vault> {
    let days: readonly SealedDay[] = [];
    try {
      const kept = await store.read();
      days = kept.days;
      const day = typeof today === 'number' ? today : today(kept.calendar);
      const calendar = kept.calendar ?? { first: day, latest: day };
      await store.setCalendar(calendar);
      const vault = new Vault(store, new SealedDays(store, length, days), calendar, retentionDays);
      vault.#damaged = kept.damaged ?? 0;
      await vault.advance(day);
      await vault.setRetention(retentionDays);
      return vault;
    } catch (error) {
      for (const { key } of days) dropKey(key);
      await store.close();
      throw error;
    }
  }

  get keep(): Keep {
    return this.#store.keep;
  }

  /** Vectors of an older kind that were destroyed when the vault was opened. */
  get outdated(): number {
    return this.#store.outdated;
  }

  /** Days that were damaged and are destroyed, and the vectors known to have been in them; told once. */
  takeDamaged(): { days: number; vectors: number } {
    const { days, vectors } = this.#sealed.takeDamaged();
    const before = this.#damaged;
    this.#damaged = 0;
    return { days: days + before, vectors };
  }

  /** The day it is; never earlier than it was. */
  get today(): number {
    return this.#calendar.latest;
  }

  /** The day on which the vault was first used. */
  get firstDay(): number {
    return this.#calendar.first;
  }

  /** Memory of what is held, sealed. */
  get memories(): ArrayBufferLike[] {
    return this.#sealed.memories;
  }

  get held(): number {
    return this.#sealed.held;
  }

  /** Keys that exist, by day. */
  get days(): readonly Pick<SealedDay, 'day' | 'until' | 'held'>[] {
    return this.#sealed.all.toSorted((a, b) => a.day - b.day);
  }

  /** How often vectors were decrypted, and for how long in all. */
  get opened(): Readonly<{ times: number; ms: number }> {
    return this.#sealed.opened;
  }

  /**
   * Time goes on: keys whose time has come are destroyed.
   * @param today ignored where it lies before the latest day known
   * @param moment the same by the clocks; kept every minute
   * @returns vectors destroyed
   */
  advance(today: number, moment?: SavedMoment): Promise<number> {
    return this.#take(async () => {
      const { latest } = this.#calendar;
      this.#moment = moment;
      this.#calendar = { ...this.#calendar, latest: Math.max(latest, today) };
      const destroyed = await this.#expire();
      if (today > latest || this.#isDue()) await this.#keepCalendar();
      return destroyed;
    });
  }

  /**
   * A shorter period takes effect at once; a longer one only for those who come from now on: the others were promised
   * less.
   * @returns vectors destroyed
   */
  setRetention(days: number): Promise<number> {
    return this.#take(async () => {
      this.#retentionDays = days;
      for (const kept of this.#sealed.all) {
        const until = Math.min(kept.until, kept.day + days);
        if (until < kept.until) await this.#sealed.put({ ...kept, until });
      }
      return this.#expire();
    });
  }

  /**
   * A visitor came today. A known one has one visit more; an unknown one is enrolled.
   * @param descriptor of a face, the caller's own, to be zeroed
   * @param threshold from this similarity on two faces count as one person
   * @param rivals other people in the same picture, the caller's own: what is held about one who is more like it than this
   * face is not this face's
   */
  visit(descriptor: Float32Array, threshold: number, rivals: readonly Float32Array[] = []): Promise<Visit> {
    return this.#take(async () => {
      const template = templateOf(descriptor);
      try {
        let places = await this.#sealed.search(template, threshold);
        for (const rival of places.length > 0 ? rivals : [])
          places = await this.#against(rival, places, threshold);
        const [best] = places;
        if (!best) return await this.#enrol(template);
        return await this.#comeBack(best);
      } finally {
        template.fill(0);
      }
    });
  }

  /** What is held about the face; undefined when nothing is. */
  find(descriptor: Float32Array, threshold: number): Promise<Held | undefined> {
    return this.#withBest(descriptor, threshold, ({ day, index }, block) => {
      return { days: block.visits(index).map((offset) => day.day + offset), until: day.until };
    });
  }

  /**
   * Strikes one day out of the history of the face, and the whole entry when no other is left.
   * @returns what is held now; undefined when the face is not known, or nothing of it is left
   */
  strike(
    descriptor: Float32Array,
    threshold: number,
    struck: number,
  ): Promise<{ left: Held | undefined; destroyed: number } | undefined> {
    return this.#withBest(descriptor, threshold, async (place, block) => {
      const { day, index } = place;
      if (struck >= day.day && struck <= this.today) block.setVisit(index, struck - day.day, false);
      const days = block.visits(index).map((offset) => day.day + offset);
      if (days.length === 0)
        return { left: undefined, destroyed: await this.#sealed.leaveOut(day, new Set([index])) };
      // A day that was struck out is not to be read in an older copy either.
      await this.#sealed.rekey(day, block);
      return { left: { days, until: day.until }, destroyed: 0 };
    });
  }

  /**
   * Forgets the face: every vector that is similar enough, because one person may have been enrolled twice. The days
   * concerned get fresh keys.
   * @returns vectors destroyed
   */
  forget(descriptor: Float32Array, threshold: number): Promise<number> {
    return this.#take(async () => {
      const template = templateOf(descriptor);
      try {
        const places = await this.#sealed.search(template, threshold);
        let destroyed = 0;
        for (const day of new Set(places.map((place) => place.day))) {
          const own = places.filter((place) => place.day === day).map(({ index }) => index);
          destroyed += await this.#sealed.leaveOut(day, new Set(own));
        }
        return destroyed;
      } finally {
        template.fill(0);
      }
    });
  }

  /** Destroys all keys. @returns vectors destroyed */
  forgetAll(): Promise<number> {
    return this.#take(() => this.#sealed.destroy(this.#sealed.all));
  }

  /**
   * Ends the work: what is only in memory is gone, what is on the device stays sealed there.
   * @returns vectors destroyed
   */
  close(): Promise<number> {
    return this.#turns.take(async () => {
      if (this.#closed) return 0;
      this.#closed = true;
      const destroyed = this.#sealed.leave();
      // A store that was taken away keeps no calendar, and needs none.
      if (this.#moment) await this.#keepCalendar().catch(() => {});
      await this.#store.close();
      return destroyed;
    });
  }

  /** One after the other; once closed, nothing is done any more. */
  #take<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(() => {
      if (this.#closed) throw new VaultClosed();
      return work();
    });
  }

  async #enrol(template: Template): Promise<Visit> {
    await this.#sealed.add(template, this.today, this.today + this.#retentionDays);
    return { visit: 1, daysSinceLast: undefined };
  }

  /** The vector stays as it was first read: nothing of later pictures gets into it, were the match wrong or right. */
  #comeBack({ day, index }: Place): Promise<Visit> {
    return this.#sealed.inClear(day, async (block) => {
      const offset = this.today - day.day;
      const before = block.visits(index);
      block.setVisit(index, offset, true);
      await this.#sealed.reseal(day, block);
      return { visit: block.visits(index).length, daysSinceLast: offset - before.at(-1)! };
    });
  }

  /** The places that are less like the rival. */
  async #against(rival: Float32Array, places: Place[], threshold: number): Promise<Place[]> {
    const template = templateOf(rival);
    try {
      const theirs = await this.#sealed.search(template, threshold);
      return places.filter(({ day, index, similarity }) =>
        theirs.every((other) => other.day !== day || other.index !== index || other.similarity < similarity),
      );
    } finally {
      template.fill(0);
    }
  }

  #withBest<T>(
    descriptor: Float32Array,
    threshold: number,
    look: (place: Place, block: Block) => T | Promise<T>,
  ): Promise<T | undefined> {
    return this.#take(async () => {
      const template = templateOf(descriptor);
      try {
        const [best] = await this.#sealed.search(template, threshold);
        return best && (await this.#sealed.inClear(best.day, (block) => look(best, block)));
      } finally {
        template.fill(0);
      }
    });
  }

  #isDue(): boolean {
    const keptS = this.#calendar.moment?.vaultS ?? -Infinity;
    return this.#moment !== undefined && this.#moment.vaultS - keptS >= KEEP_MOMENT_S;
  }

  async #keepCalendar(): Promise<void> {
    this.#calendar = { ...this.#calendar, moment: this.#moment };
    await this.#store.setCalendar(this.#calendar);
  }

  #expire(): Promise<number> {
    return this.#sealed.destroy(this.#sealed.all.filter(({ until }) => until <= this.today));
  }
}
