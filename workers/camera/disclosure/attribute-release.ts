/**
 * Case 1 on real sources. A record leaves only together with at least k - 1 others of the same age band and sex, at the end
 * of a bin, with the mean quality of the group; so no record, and no difference of two totals, is about fewer than k people.
 *
 * A kind that stays rare for an hour is generalised: its sex is left out, then its age, then both (recoding: Hundepool et
 * al., "Statistical Disclosure Control", 2012, 3.2). What is fewer than k even then is discarded.
 */
import { QUALITY_STEP, type OutRecord, type OutRecordOf } from '../../../contract/index.ts';
import { Bins } from './bins.ts';
import { grouped, inNoOrder, type Release } from './release.ts';

type Attribute = OutRecordOf<'attribute'>;

/** Maximum wait of a record for its like, seconds. */
const MAX_HOLD_S = 3600;

interface Held {
  readonly record: Attribute;
  /** Source time of its arrival, seconds. */
  readonly sinceS: number;
}

/** From the finest description to the coarsest. */
const RECODINGS: readonly ((record: Attribute) => Attribute)[] = [
  (record) => record,
  (record) => ({ ...record, sex: 'unknown' }),
  (record) => ({ ...record, age: 'unknown' }),
  (record) => ({ ...record, age: 'unknown', sex: 'unknown' }),
];

export class AttributeRelease implements Release {
  readonly #k: number;
  readonly #bins: Bins;
  #held: Held[] = [];

  constructor(k: number, binS: number) {
    this.#k = k;
    this.#bins = new Bins(binS);
  }

  get nextS(): number | undefined {
    return this.#bins.nextS;
  }

  take(records: readonly OutRecord[], timeS: number): OutRecord[] {
    const endedS = this.#bins.ended(timeS);
    const out = endedS === undefined ? [] : this.#release(endedS, timeS - MAX_HOLD_S);
    for (const record of records) {
      if (record.type === 'attribute') this.#held.push({ record, sinceS: timeS });
      else out.push(record);
    }
    return out;
  }

  finish(): OutRecord[] {
    const out = this.#release(this.#bins.startS, Infinity);
    this.clear();
    return out;
  }

  clear(): void {
    this.#held = [];
  }

  /** @param rareBeforeS records that arrived before this are generalised, and discarded where that does not help */
  #release(atS: number, rareBeforeS: number): OutRecord[] {
    const out: Attribute[] = [];
    const overdue = this.#held.some(({ sinceS }) => sinceS <= rareBeforeS);
    for (const recode of overdue ? RECODINGS : RECODINGS.slice(0, 1)) {
      const groups = grouped(this.#held, ({ record }) => keyOf(recode(record)));
      const ready = new Set([...groups.values()].filter(({ length }) => length >= this.#k));
      for (const group of ready) out.push(...told(group, recode, atS));
      const gone = new Set([...ready].flat());
      this.#held = this.#held.filter((held) => !gone.has(held));
    }
    this.#held = this.#held.filter(({ sinceS }) => sinceS > rareBeforeS);
    return inNoOrder(out);
  }
}

const keyOf = ({ age, sex }: Attribute) => `${age} ${sex}`;

/** The records of a group: all the same. */
function told(group: readonly Held[], recode: (record: Attribute) => Attribute, atS: number): Attribute[] {
  const mean = group.reduce((sum, { record }) => sum + record.quality, 0) / group.length;
  const quality = Math.round(Math.round(mean / QUALITY_STEP) * QUALITY_STEP * 10) / 10;
  return group.map(({ record }) => {
    const { age, sex } = recode(record);
    return { type: 'attribute', case: 'attributes', age, sex, quality, atS };
  });
}
