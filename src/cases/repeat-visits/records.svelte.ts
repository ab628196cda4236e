/**
 * The records of repeat visits: single visits during the retention period, and only statistics of the time before, as
 * the guidebook asks. The desk's answers are kept until the desk is closed.
 *
 * A visit ends with its retention period, also while the camera is off: by the days that the camera tells, and by the wall
 * clock, whichever comes first.
 */
import type { OutRecord, OutRecordOf, SourceKind } from '../../../contract/index.ts';
import { CaseRecords } from '../shared/records.svelte.ts';

export type VisitRecord = OutRecordOf<'visit'>;
export type VaultRecord = OutRecordOf<'vault'>;
export type DeskRecord = OutRecordOf<'desk'>;

/** Visits of one day: new and returning visitors. */
export interface DayStatistics {
  readonly day: number;
  readonly first: number;
  readonly returning: number;
}

/** Maximum number of days with statistics; the oldest go first. */
const MAX_DAYS = 400;
/** Longest wait for the end of a visit before the clock is looked at again, milliseconds: a timer bears no longer one. */
const MAX_WAIT_MS = 3_600_000;

/** When a visit arrived, and how long a day was then. */
interface Arrival {
  /** Wall clock, milliseconds since 1970. */
  readonly at: number;
  /** Elapsed share of its day, and the length of a day in seconds. */
  readonly dayShare: number;
  readonly dayS: number;
}
const CALENDAR_DAY_S = 86_400;

export class RepeatVisitsRecords extends CaseRecords {
  /** Within the retention period; one a day and person. */
  visits = $state.raw<readonly VisitRecord[]>([]);
  days = $state.raw<readonly DayStatistics[]>([]);
  /** Number of visits by days since the previous visit. */
  intervals = $state.raw<Readonly<Record<number, number>>>({});
  vault = $state.raw<VaultRecord | undefined>();
  desk = $state.raw<DeskRecord | undefined>();
  /** Days after which a single visit is deleted; the same as in the camera. */
  retentionDays = 1;
  /** First day of the current run: a vault in memory restarts with each run. */
  #firstDay = 0;
  readonly #arrivals = new WeakMap<VisitRecord, Arrival>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  override get empty(): boolean {
    return this.days.length === 0;
  }

  get total(): number {
    return this.days.reduce((sum, { first, returning }) => sum + first + returning, 0);
  }

  /** Share of visits by returning visitors within the retention period, 0..1; 0 without visits. */
  get returningShare(): number {
    const returning = this.days.reduce((sum, day) => sum + day.returning, 0);
    return this.total === 0 ? 0 : returning / this.total;
  }

  /** The current day, counted like `days`. */
  get today(): number {
    return this.#firstDay + (this.vault?.day ?? 0);
  }

  override beginRun(source: SourceKind, startedAt: number): void {
    super.beginRun(source, startedAt);
    const goesOn = this.empty || this.vault?.keep === 'device';
    if (!goesOn) this.#firstDay = this.today + 1;
    this.vault = undefined;
    if (!goesOn) this.#keepWithin();
  }

  override accept(record: OutRecord, bytes: number): void {
    super.accept(record, bytes);
    if (record.type !== 'vault') return;
    // The vault's state is reported every second; the tape shows the last one only.
    this.slips = this.slips.filter((slip, i) => i === 0 || slip.record.type !== 'vault');
  }

  /** The desk is closed: its answers are deleted. */
  closeDesk(): void {
    this.desk = undefined;
    this.slips = this.slips.filter(({ record }) => record.type !== 'desk');
  }

  protected override take(record: OutRecord): void {
    switch (record.type) {
      case 'visit':
        this.#visit(record);
        break;
      case 'vault':
        this.vault = record;
        this.advance(record.atS);
        this.#keepWithin();
        break;
      case 'desk':
        this.desk = record;
        break;
    }
  }

  protected override forget(): void {
    this.visits = [];
    this.days = [];
    this.intervals = {};
    this.vault = undefined;
    this.closeDesk();
    this.#firstDay = 0;
  }

  #visit(record: VisitRecord): void {
    const { visit, daysSinceLast } = record;
    this.advance(record.atS);
    // Seen again on the same day: not another visit.
    if (daysSinceLast === 0) return;
    const { dayShare = 0, dayS = CALENDAR_DAY_S } = this.vault ?? {};
    this.#arrivals.set(record, { at: Date.now(), dayShare, dayS });
    this.visits = this.bounded(this.visits, record);
    this.#watch();
    const day = this.#firstDay + record.day;
    const known = this.days.find((statistics) => statistics.day === day) ?? { day, first: 0, returning: 0 };
    const grown =
      visit === 1 ? { ...known, first: known.first + 1 } : { ...known, returning: known.returning + 1 };
    this.days = [...this.days.filter((statistics) => statistics !== known), grown]
      .sort((a, b) => a.day - b.day)
      .slice(-MAX_DAYS);
    if (daysSinceLast !== undefined)
      this.intervals = { ...this.intervals, [daysSinceLast]: (this.intervals[daysSinceLast] ?? 0) + 1 };
  }

  /** Single visits are deleted with their vectors; their numbers stay in the statistics. */
  #keepWithin(): void {
    const today = this.vault?.day;
    this.#end(({ day }) => today === undefined || day + this.retentionDays <= today);
  }

  /** Deletes visits whose period is over by the wall clock. @param now milliseconds since 1970 */
  sweep(now: number): void {
    this.#end((visit) => this.#endsAt(visit) <= now);
    this.#watch();
  }

  /** Wall clock of the end of a visit's period, milliseconds since 1970. */
  #endsAt(visit: VisitRecord): number {
    const arrival = this.#arrivals.get(visit);
    return arrival ? arrival.at + (this.retentionDays - arrival.dayShare) * arrival.dayS * 1000 : 0;
  }

  /** Looks at the clock again when the next visit ends. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.visits.length === 0) return;
    const now = Date.now();
    const endsAt = Math.min(...this.visits.map((visit) => this.#endsAt(visit)));
    const waitMs = Math.min(MAX_WAIT_MS, Math.max(0, endsAt - now));
    this.#timer = setTimeout(() => this.sweep(Date.now()), waitMs);
  }

  #end(isOver: (visit: VisitRecord) => boolean): void {
    if (!this.visits.some(isOver)) return;
    this.visits = this.visits.filter((visit) => !isOver(visit));
    this.slips = this.slips.filter(({ record }) => record.type !== 'visit' || !isOver(record));
  }
}
