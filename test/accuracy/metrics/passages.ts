/** Accuracy of the reported face tracks: their number, and the attributes of each. */
import { bandOf } from '../../../workers/camera/cases/attributes/vision/ages.ts';
import { AGE_BANDS, type AttributeRecord } from '../../../contract/index.ts';
import { bestPairs } from './pairing.ts';

export interface TruePassage {
  readonly fromS: number;
  readonly toS: number;
  readonly age: number;
  readonly sex: 'male' | 'female';
}

export interface PassageScores {
  readonly expected: number;
  readonly told: number;
  /** Records that belong to a true passage, one each. */
  readonly matched: number;
  /** |told - expected| / expected */
  readonly countError: number;
  /** Of the matched: shares of those with an age, or a sex, at all. */
  readonly ageSaid: number;
  readonly sexSaid: number;
  /** Of those: the band is right; right or next to it; and how many bands it is off on average. */
  readonly bandAccuracy: number;
  readonly bandWithinOne: number;
  readonly bandError: number;
  readonly sexAccuracy: number;
  /** The sexes of the whole, unknown ones left out: share of women told less share of women there, -1..1. */
  readonly womenBias: number;
}

/** A record's time may lie this far outside its passage, seconds: faces are detected a little longer than truth calls them seen. */
const SLACK_S = 1.5;

/**
 * Assigns records to passages, so that as many as possible have one and their ends lie as close as possible. A record
 * has no identity; only its time can match.
 * @returns pairs [passage, record]
 */
export function pairPassages(
  truth: readonly TruePassage[],
  records: readonly AttributeRecord[],
): [TruePassage, AttributeRecord][] {
  const gain = truth.map(({ fromS, toS }) =>
    records.map(({ atS }) => {
      const fits = atS >= fromS - SLACK_S && atS <= toS + SLACK_S;
      return fits ? 1000 - Math.abs(atS - toS) : 0;
    }),
  );
  return bestPairs(gain).map(([passage, record]) => [truth[passage]!, records[record]!]);
}

/** Shares of nothing are NaN. */
export function passageScores(
  truth: readonly TruePassage[],
  records: readonly AttributeRecord[],
): PassageScores {
  const pairs = pairPassages(truth, records);
  const aged = pairs.flatMap(([{ age }, record]) =>
    record.age === 'unknown' ? [] : [Math.abs(AGE_BANDS.indexOf(record.age) - bandOf(age))],
  );
  const sexed = pairs.filter(([, { sex }]) => sex !== 'unknown');
  const share = <T>(of: readonly T[], holds: (each: T) => boolean) => of.filter(holds).length / of.length;
  const known = records.filter(({ sex }) => sex !== 'unknown');
  return {
    expected: truth.length,
    told: records.length,
    matched: pairs.length,
    countError: Math.abs(records.length - truth.length) / truth.length,
    ageSaid: aged.length / pairs.length,
    sexSaid: sexed.length / pairs.length,
    bandAccuracy: share(aged, (off) => off === 0),
    bandWithinOne: share(aged, (off) => off <= 1),
    bandError: aged.reduce((sum, off) => sum + off, 0) / aged.length,
    sexAccuracy: share(sexed, ([person, record]) => person.sex === record.sex),
    womenBias: share(known, ({ sex }) => sex === 'female') - share(truth, ({ sex }) => sex === 'female'),
  };
}
