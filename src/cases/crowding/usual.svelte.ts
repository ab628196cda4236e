/**
 * How many people there usually are, by the hour of the day: means of what this browser has seen on other days. Numbers only,
 * stored here, and forgotten with the records.
 */
import * as v from 'valibot';
import type { SourceKind } from '../../../contract/index.ts';
import { recall, remember } from '../../app/storage.ts';
import { dayOf, hourOf } from './calendar.ts';

const KEY = 'incam.crowding-usual';

const amount = v.pipe(v.number(), v.minValue(0));
const Hour = v.object({
  /** YYYY-MM-DD of the day that is being added up; the others are in `sum` and `days`. */
  day: v.string(),
  today: amount,
  figures: amount,
  sum: amount,
  days: amount,
});
const Stored = v.record(v.string(), Hour);
type Hour = v.InferOutput<typeof Hour>;

/** A sample clip's crowd is not a webcam's. */
const keyOf = (source: SourceKind, now: number) => `${source} ${hourOf(now)}`;

export class Usual {
  #hours = $state.raw<Readonly<Record<string, Hour>>>({});

  constructor() {
    const stored = v.safeParse(Stored, recall(KEY));
    if (stored.success) this.#hours = stored.output;
  }

  /** Adds the people of one moment. @param now wall clock, milliseconds since 1970 */
  add(source: SourceKind, now: number, people: number): void {
    const key = keyOf(source, now);
    const day = dayOf(now);
    const before = this.#hours[key] ?? { day, today: 0, figures: 0, sum: 0, days: 0 };
    const isNewDay = before.day !== day && before.figures > 0;
    const closed = isNewDay
      ? { sum: before.sum + before.today / before.figures, days: before.days + 1, today: 0, figures: 0 }
      : before;
    const hour = { ...closed, day, today: closed.today + people, figures: closed.figures + 1 };
    this.#hours = { ...this.#hours, [key]: hour };
  }

  /** Mean of the hour on days before; undefined where none was seen. */
  at(source: SourceKind, now: number): number | undefined {
    const hour = this.#hours[keyOf(source, now)];
    if (!hour) return undefined;
    const isOver = hour.day !== dayOf(now) && hour.figures > 0;
    const sum = hour.sum + (isOver ? hour.today / hour.figures : 0);
    const days = hour.days + (isOver ? 1 : 0);
    return days === 0 ? undefined : sum / days;
  }

  /** Keeps what was added; called now and then, not for each figure. */
  store(): void {
    remember(KEY, this.#hours);
  }

  forget(): void {
    this.#hours = {};
    remember(KEY, {});
  }
}

export const usual = new Usual();
