/**
 * What visitors say of the camera: three questions and a comment, kept on this device and nowhere else (seed 004, 4.1 d:
 * listen to the people who are filmed).
 */
import * as v from 'valibot';
import { recall, remember } from '../app/storage.ts';

const KEY = 'incam.opinions';
export const MAX_COMMENT = 200;
/** Answers kept at most; older ones go first. */
const MAX_OPINIONS = 2000;
/** Below this number of answers no shares are shown: they would say little, and much about single people. */
export const MIN_FOR_SHARES = 5;

export const NOTICED = ['yes', 'sign', 'no'] as const;
export const UNDERSTOOD = ['yes', 'partly', 'no'] as const;
export const FELT = ['good', 'neutral', 'bad'] as const;

export const Opinion = v.strictObject({
  /** Calendar day, no time: an answer is not to be tied to a passage. */
  day: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
  noticed: v.picklist(NOTICED),
  understood: v.picklist(UNDERSTOOD),
  felt: v.picklist(FELT),
  comment: v.pipe(v.string(), v.maxLength(MAX_COMMENT)),
});
export type Opinion = v.InferOutput<typeof Opinion>;

/** How many chose what. */
export interface OpinionSummary {
  readonly total: number;
  readonly noticed: Readonly<Record<(typeof NOTICED)[number], number>>;
  readonly understood: Readonly<Record<(typeof UNDERSTOOD)[number], number>>;
  readonly felt: Readonly<Record<(typeof FELT)[number], number>>;
}

const tally = <K extends string>(names: readonly K[], values: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, values.filter((value) => value === name).length])) as Record<
    K,
    number
  >;

export const summaryOf = (opinions: readonly Opinion[]): OpinionSummary => ({
  total: opinions.length,
  noticed: tally(
    NOTICED,
    opinions.map(({ noticed }) => noticed),
  ),
  understood: tally(
    UNDERSTOOD,
    opinions.map(({ understood }) => understood),
  ),
  felt: tally(
    FELT,
    opinions.map(({ felt }) => felt),
  ),
});

class Opinions {
  #all = $state.raw<readonly Opinion[]>([]);

  constructor() {
    const stored = v.safeParse(v.array(Opinion), recall(KEY));
    if (stored.success) this.#all = stored.output;
  }

  get all(): readonly Opinion[] {
    return this.#all;
  }

  add(opinion: Opinion): void {
    this.#all = [...this.#all, v.parse(Opinion, opinion)].slice(-MAX_OPINIONS);
    remember(KEY, this.#all);
  }

  clear(): void {
    this.#all = [];
    remember(KEY, this.#all);
  }
}

export const opinions = new Opinions();
