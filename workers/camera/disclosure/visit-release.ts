/**
 * Case 3 on real sources. Visits leave in batches of k or more of one day, on a clock of the case's own: its bins have a
 * random phase, so that they share no edge with those of other cases on this camera. A visit says first or returning, and
 * the days since the last one up to ten: "the seventh visit, after 23 days" is a description of one person.
 *
 * A full batch waits for the next one, so that those left over at the end of a day leave with it. Fewer than k on a day do
 * not leave at all.
 */
import { MAX_TOLD_DAYS, MAX_TOLD_VISIT, type OutRecord, type OutRecordOf } from '../../../contract/index.ts';
import { Bins } from './bins.ts';
import { inNoOrder, type Release } from './release.ts';

type Visit = OutRecordOf<'visit'>;
type Vault = OutRecordOf<'vault'>;
type Sums = Pick<Vault, 'keys' | 'destroyed' | 'opened' | 'threshold' | 'strangers'>;

export class VisitRelease implements Release {
  readonly #k: number;
  readonly #bins: Bins;
  /** A batch that is full, and visits since. */
  #full: Visit[] = [];
  #fresh: Visit[] = [];
  /** What the vault held at the last release. */
  #told: Sums | undefined;
  #now: Sums | undefined;
  #day = 0;

  /** @param phaseS random, from 0 to below `binS` */
  constructor(k: number, binS: number, phaseS: number) {
    this.#k = k;
    this.#bins = new Bins(binS, phaseS);
  }

  get nextS(): number | undefined {
    return this.#bins.nextS;
  }

  take(records: readonly OutRecord[], timeS: number): OutRecord[] {
    const out: OutRecord[] = [];
    if (this.#bins.ended(timeS) !== undefined && this.#fresh.length >= this.#k) {
      out.push(...this.#leave(this.#full));
      this.#full = this.#fresh;
      this.#fresh = [];
    }
    for (const record of records) {
      switch (record.type) {
        case 'visit':
          out.push(...this.#visit(record));
          break;
        case 'vault':
          out.push(...this.#turn(record.day), this.#vault(record));
          break;
        case 'desk':
          // The answer to the person in front of the camera, at once; its time is that of no other case.
          out.push({ ...record, atS: this.#bins.startS });
          break;
        default:
          out.push(record);
      }
    }
    return out;
  }

  finish(): OutRecord[] {
    return this.#endDay();
  }

  clear(): void {
    this.#full = [];
    this.#fresh = [];
    this.#told = this.#now = undefined;
    this.#day = 0;
  }

  #visit(record: Visit): OutRecord[] {
    const out = this.#turn(record.day);
    const { day, visit, daysSinceLast, quality } = record;
    // Seen again on the same day is not another visit, and would make one person count as several.
    if (daysSinceLast === 0) return out;
    this.#fresh.push({
      type: 'visit',
      case: 'repeat-visits',
      atS: 0,
      day,
      visit: Math.min(visit, MAX_TOLD_VISIT),
      ...(daysSinceLast !== undefined && { daysSinceLast: Math.min(daysSinceLast, MAX_TOLD_DAYS) }),
      quality: Math.round(quality * 2) / 2,
    });
    return out;
  }

  #turn(day: number): OutRecord[] {
    if (day === this.#day) return [];
    const out = this.#endDay();
    this.#day = day;
    return out;
  }

  #endDay(): OutRecord[] {
    const all = [...this.#full, ...this.#fresh];
    this.#full = [];
    this.#fresh = [];
    return all.length >= this.#k ? this.#leave(all) : [];
  }

  #leave(visits: readonly Visit[]): Visit[] {
    if (visits.length > 0) this.#told = this.#now;
    return inNoOrder(visits.map((visit) => ({ ...visit, atS: this.#bins.startS })));
  }

  /** The days and their clock as they are; what is held as it was at the last release. */
  #vault({ keys, destroyed, opened, threshold, strangers, ...clock }: Vault): Vault {
    this.#now = { keys, destroyed, opened, threshold, strangers };
    const told = this.#told ?? {
      keys: [],
      destroyed: { expired: 0, onRequest: 0 },
      opened: { times: 0, ms: 0 },
      threshold,
      strangers: 0,
    };
    const heldOf = (day: number) => told.keys.find((key) => key.day === day)?.held ?? 0;
    return {
      ...clock,
      ...told,
      // A key that has ended is never told as existing.
      keys: keys.map(({ day, until }) => ({ day, until, held: heldOf(day) })),
      atS: this.#bins.startS,
      asOfRelease: true,
    };
  }
}
