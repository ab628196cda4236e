/**
 * What disclosure control costs in accuracy: the records and detections of one clip, once as a synthetic source gives them
 * and once as the same clip would leave a camera that films real people. A clip of a minute has fewer people than a shop:
 * what a day costs, `npm run singling-out` says.
 */
import {
  AGE_BANDS,
  K_RANGE,
  RELEASE_S,
  SEXES,
  type AttributeRecord,
  type OutRecord,
  type TrajectoriesConfig,
} from '../../../contract/index.ts';
import { TrajectoriesPipeline } from '../../../workers/camera/cases/trajectories/pipeline.ts';
import { bandOf } from '../../../workers/camera/cases/attributes/vision/ages.ts';
import { DisclosureControl } from '../../../workers/camera/disclosure/control.ts';
import type { Observation } from '../../lab/observation.ts';
import type { TruePassage } from '../metrics/passages.ts';
import { random } from './shop-day.ts';

export interface MixScore {
  readonly told: number;
  /** |told - expected| / expected */
  readonly countError: number;
  /** Shares of the records with an age, and with a sex. */
  readonly ageSaid: number;
  readonly sexSaid: number;
  /** Half the sum of |share told - true share| over age bands, and over sexes; NaN where nothing is said. */
  readonly ageMixError: number;
  readonly sexMixError: number;
}

export interface Compared<T> {
  readonly without: T;
  readonly with: T;
}

/** @param records of case 1, exact, in order of time */
export function controlledAttributes(
  truth: readonly TruePassage[],
  records: readonly AttributeRecord[],
): Compared<MixScore> {
  const control = new DisclosureControl();
  control.open('file');
  control.configure([{ case: 'attributes', areas: [] }]);
  const left = records.flatMap(({ relaxed: _, ...record }) => control.take([record], record.atS));
  const held = [...left, ...control.finish([], records.at(-1)?.atS ?? 0)].flatMap((record) =>
    record.type === 'attribute' ? [record] : [],
  );
  return { without: mixScore(truth, records), with: mixScore(truth, held) };
}

function mixScore(truth: readonly TruePassage[], told: readonly AttributeRecord[]): MixScore {
  const ages = told.flatMap(({ age }) => (age === 'unknown' ? [] : [age]));
  const sexes = told.flatMap(({ sex }) => (sex === 'unknown' ? [] : [sex]));
  const share = (part: number) => (told.length === 0 ? 0 : part / told.length);
  return {
    told: told.length,
    countError: Math.abs(told.length - truth.length) / truth.length,
    ageSaid: share(ages.length),
    sexSaid: share(sexes.length),
    ageMixError: distance(
      AGE_BANDS,
      truth.map(({ age }) => AGE_BANDS[bandOf(age)]!),
      ages,
    ),
    sexMixError: distance(SEXES, truth.map(({ sex }) => sex), sexes), // prettier-ignore
  };
}

/** Total variation distance of two mixes, 0..1; NaN for an empty one. */
function distance<T>(kinds: readonly T[], a: readonly T[], b: readonly T[]): number {
  const share = (of: readonly T[], kind: T) => of.filter((each) => each === kind).length / of.length;
  return kinds.reduce((sum, kind) => sum + Math.abs(share(a, kind) - share(b, kind)), 0) / 2;
}

export interface SumScore {
  /** Visits and trips in all sums together, and people-seconds in the heat map. */
  readonly visits: number;
  readonly trips: number;
  readonly seconds: number;
}

export interface ControlledSums extends Compared<SumScore> {
  /** With control, and noise of epsilon 1 a release. */
  readonly noisy: SumScore;
}

/** The same detections, summed without control (k = 1, every 5 s) and with the default policy of real sources. */
export function controlledSums(
  config: TrajectoriesConfig,
  observations: readonly Observation[],
  size: { readonly width: number; readonly height: number },
): ControlledSums {
  const sums = (more: Partial<TrajectoriesConfig>): SumScore => {
    const next = random(1);
    const pipeline = new TrajectoriesPipeline(
      { ...config, ...more },
      { noise: (below) => Math.floor(next() * below) },
    );
    const records: OutRecord[] = [];
    for (const { frame, timeS, detections } of observations) {
      const seen = { index: frame, timeS, ...size, objects: detections, faces: [] };
      pipeline.track(seen);
      records.push(...pipeline.extract(seen));
    }
    return scoreOf([...records, ...pipeline.finish()]);
  };
  const policy = { k: K_RANGE.default, everyS: RELEASE_S.default };
  return {
    without: sums({ k: 1, everyS: 5 }),
    with: sums(policy),
    noisy: sums({ ...policy, noise: { epsilon: 1, dailyEpsilon: 10 } }),
  };
}

function scoreOf(records: readonly OutRecord[]): SumScore {
  let [visits, trips, seconds] = [0, 0, 0];
  for (const record of records) {
    if (record.type === 'dwell') visits += record.visits;
    if (record.type === 'od') trips += record.trips;
    if (record.type === 'heat') for (const [, , , s] of record.cells) seconds += s;
  }
  return { visits, trips, seconds: Math.round(seconds) };
}
