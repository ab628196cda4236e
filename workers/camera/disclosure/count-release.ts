/**
 * Case 4 on real sources. Counts leave at the end of a bin with the time of its start, in no order. Speeds and heights are
 * properties of single people and vehicles: of each line, kind and direction they are sorted and told as means of k or more
 * neighbours (microaggregation: Domingo-Ferrer and Mateo-Sanz, IEEE TKDE 14(1), 2002); fewer than k have none.
 */
import type { OutRecord, OutRecordOf } from '../../../contract/index.ts';
import { Bins } from './bins.ts';
import { grouped, inNoOrder, type Draw, type Release } from './release.ts';

type Count = OutRecordOf<'count'>;
type Zone = OutRecordOf<'zone'>;

export class CountRelease implements Release {
  readonly #k: number;
  readonly #bins: Bins;
  readonly #draw: Draw;
  #counts: Count[] = [];
  /** The state of each zone, as it changed last in this bin. */
  readonly #zones = new Map<string, Zone>();

  constructor(k: number, binS: number, draw: Draw) {
    this.#k = k;
    this.#bins = new Bins(binS);
    this.#draw = draw;
  }

  get nextS(): number | undefined {
    return this.#bins.nextS;
  }

  take(records: readonly OutRecord[], timeS: number): OutRecord[] {
    const endedS = this.#bins.ended(timeS);
    const out = endedS === undefined ? [] : this.#release(endedS);
    for (const record of records) {
      if (record.type === 'count') this.#counts.push(record);
      else if (record.type === 'zone') this.#zones.set(record.zone, record);
      else out.push(record);
    }
    return out;
  }

  finish(): OutRecord[] {
    return this.#release(this.#bins.startS);
  }

  clear(): void {
    this.#counts = [];
    this.#zones.clear();
  }

  #release(atS: number): OutRecord[] {
    const counts = [...grouped(this.#counts, keyOf).values()].flatMap((group) => this.#told(group, atS));
    const zones = [...this.#zones.values()].map((zone): Zone => ({ ...zone, atS }));
    this.clear();
    return [...inNoOrder(counts), ...inNoOrder(zones)];
  }

  #told(group: readonly Count[], atS: number): Count[] {
    const speeds = this.#means(group.flatMap(({ speedKmh }) => speedKmh ?? []));
    const heights = this.#means(group.flatMap(({ heightM }) => heightM ?? []));
    return group.map(({ line, kind, direction, quality }, i) => {
      const [speed, height] = [speeds[i], heights[i]];
      return {
        type: 'count',
        case: 'counting',
        line,
        kind,
        direction,
        atS,
        ...(quality && { quality }),
        ...(speed !== undefined && { speedKmh: Math.round(speed) }),
        ...(height !== undefined && { heightM: Math.round(height * 10) / 10 }),
      };
    });
  }

  /** Each value replaced by the mean of its k or more neighbours, shuffled; nothing for fewer than k values. */
  #means(values: readonly number[]): number[] {
    const sorted = values.toSorted((a, b) => a - b);
    const groups = Math.floor(sorted.length / this.#k);
    if (groups === 0) return [];
    const means = Array.from({ length: groups }, (_, i) => {
      const part = sorted.slice(i * this.#k, i === groups - 1 ? sorted.length : (i + 1) * this.#k);
      const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
      return part.map(() => mean);
    }).flat();
    // Speeds and heights of one record must not be of one person.
    for (let i = means.length - 1; i > 0; i--) {
      const j = this.#draw(i + 1);
      [means[i], means[j]] = [means[j]!, means[i]!];
    }
    return means;
  }
}

const keyOf = ({ line, kind, direction }: Count) => `${line} ${kind} ${direction}`;
