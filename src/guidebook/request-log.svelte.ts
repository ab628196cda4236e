/**
 * The log of requests at the desk of case 3: how many of each kind, with what outcome, answered in what form, by day. Who
 * asked is not in it, and nothing that could tell.
 */
import * as v from 'valibot';
import { recall, remember } from '../app/storage.ts';
import { dayOf } from './days.ts';
import { ANSWER_FORMS } from './answer-forms.ts';

const KEY = 'incam.requests';
const MAX_ROWS = 5000;

export const REQUESTS = ['show', 'correct', 'delete', 'delete-all'] as const;
export const OUTCOMES = ['found', 'unknown', 'nobody', 'several', 'done'] as const;

const Row = v.strictObject({
  day: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
  request: v.picklist(REQUESTS),
  outcome: v.picklist(OUTCOMES),
  form: v.picklist(ANSWER_FORMS),
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type RequestRow = v.InferOutput<typeof Row>;
type Entry = Omit<RequestRow, 'number'>;

const same = (a: Entry, b: Entry) =>
  a.day === b.day && a.request === b.request && a.outcome === b.outcome && a.form === b.form;

/** Adds one request to its day's row; the order within a day is not kept. */
export function entered(rows: readonly RequestRow[], entry: Entry): RequestRow[] {
  return rows.some((row) => same(row, entry))
    ? rows.map((row) => (same(row, entry) ? { ...row, number: row.number + 1 } : row))
    : [...rows, { ...entry, number: 1 }].slice(-MAX_ROWS);
}

class RequestLog {
  #rows = $state.raw<readonly RequestRow[]>([]);

  constructor() {
    const stored = v.safeParse(v.array(Row), recall(KEY));
    if (stored.success) this.#rows = stored.output;
  }

  get rows(): readonly RequestRow[] {
    return this.#rows;
  }

  /** Requests made; each is answered on the screen first, a file or a paper comes on top. */
  get total(): number {
    return this.#rows.filter(({ form }) => form === 'screen').reduce((sum, { number }) => sum + number, 0);
  }

  add(entry: Omit<Entry, 'day'>, now: number): void {
    this.#rows = entered(this.#rows, { day: dayOf(now), ...entry });
    remember(KEY, this.#rows);
  }

  clear(): void {
    this.#rows = [];
    remember(KEY, this.#rows);
  }
}

export const requestLog = new RequestLog();
