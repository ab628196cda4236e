/**
 * The records of streetscape until the hand-over: facts with place and time, and pictures without people. The hand-over
 * empties them at once. Pictures are here and not in the camera, which keeps none: hand-over is the operator's act, not
 * the camera's.
 */
import type {
  OutRecord,
  OutRecordOf,
  RoadRecord,
  SignRecord,
  WithheldReason,
} from '../../../contract/index.ts';
import { CaseRecords, type Run } from '../shared/records.svelte.ts';
import { distanceM, type Place } from './places.ts';

interface Located {
  readonly run: Run;
  /** On the common time axis, and since the start of the run; seconds. */
  readonly timeS: number;
  readonly atS: number;
  /** Position of the vehicle; absent where unknown. */
  readonly place: Place | undefined;
}

export interface SignFact extends Located {
  readonly kind: SignRecord['kind'];
  readonly lamp: SignRecord['lamp'];
  /** Number of passes; a repeated clip passes it each time. */
  readonly times: number;
}

export interface RoadFact extends Located {
  readonly state: RoadRecord['state'];
  readonly vehicles: RoadRecord['vehicles'];
}

export interface KeptPicture extends Located {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly icons: number;
}

/** The result of a hand-over. */
export interface HandOver {
  readonly signs: number;
  readonly roads: number;
  readonly pictures: number;
  /** Wall clock, milliseconds since 1970. */
  readonly at: number;
}

/** Maximum number of pictures; older ones are destroyed for newer ones. */
const MAX_PICTURES = 60;
/** The same for the state of the road, told every few seconds. */
const MAX_ROADS = 2000;
/** Distance in metres within which facts of one kind at different times are one object. */
const SAME_M = 12;
const ANOTHER_TIME_S = 20;
/** Characters of a picture that its slip shows. */
const SHOWN = 24;

export class StreetscapeRecords extends CaseRecords {
  signs = $state.raw<readonly SignFact[]>([]);
  roads = $state.raw<readonly RoadFact[]>([]);
  pictures = $state.raw<readonly KeptPicture[]>([]);
  withheld = $state.raw<Readonly<Partial<Record<WithheldReason, number>>>>({});
  /** Pictures destroyed without a hand-over, because newer ones needed their place. */
  dropped = $state(0);
  lastHandOver = $state.raw<HandOver | undefined>();
  /** Position of the vehicle by seconds since the start of the run; set by the session. */
  locate: (atS: number) => Place | undefined = () => undefined;

  override get empty(): boolean {
    return this.signs.length + this.roads.length + this.pictures.length === 0;
  }

  get picture(): KeptPicture | undefined {
    return this.pictures.at(-1);
  }

  get road(): RoadFact | undefined {
    return this.roads.at(-1);
  }

  get withheldCount(): number {
    return Object.values(this.withheld).reduce((sum, n) => sum + n, 0);
  }

  override accept(record: OutRecord, bytes: number): void {
    if (record.type !== 'picture') return super.accept(record, bytes);
    this.#addPicture(record);
    super.accept({ ...record, base64: `${record.base64.slice(0, SHOWN)}…` }, bytes);
  }

  /** Destroys all handed-over records at once; later ones are kept for the next hand-over. */
  handedOver(at: number): void {
    const { signs, roads, pictures } = this;
    this.lastHandOver = { signs: signs.length, roads: roads.length, pictures: pictures.length, at };
    this.slips = [];
    this.#empty();
  }

  protected override take(record: OutRecord): void {
    if (record.type === 'sign') this.#addSign(record);
    if (record.type === 'road') {
      const { state, vehicles } = record;
      this.roads = [...this.roads, { state, vehicles, ...this.#located(record.atS) }].slice(-MAX_ROADS);
    }
    if (record.type === 'withheld') {
      const { reason } = record;
      this.withheld = { ...this.withheld, [reason]: (this.withheld[reason] ?? 0) + 1 };
    }
  }

  protected override forget(): void {
    this.#empty();
    this.withheld = {};
    this.dropped = 0;
    this.lastHandOver = undefined;
  }

  #empty(): void {
    this.signs = [];
    this.roads = [];
    this.pictures = [];
  }

  #located(atS: number): Located {
    const run = this.runs.at(-1);
    if (!run) throw new Error('a record arrived before any run began');
    return { run, timeS: this.advance(atS), atS, place: this.locate(atS) };
  }

  #addSign({ kind, lamp, atS }: SignRecord): void {
    const where = this.#located(atS);
    const known = this.signs.findIndex(
      (sign) =>
        sign.kind === kind &&
        sign.place &&
        where.place &&
        distanceM(sign.place, where.place) <= SAME_M &&
        where.timeS - sign.timeS >= ANOTHER_TIME_S,
    );
    const times = known < 0 ? 1 : this.signs[known]!.times + 1;
    const others = this.signs.filter((_, i) => i !== known);
    this.signs = this.bounded(others, { kind, lamp, times, ...where });
  }

  #addPicture({ mime, base64, width, height, icons, atS }: OutRecordOf<'picture'>): void {
    const picture = { url: `data:${mime};base64,${base64}`, width, height, icons, ...this.#located(atS) };
    const all = [...this.pictures, picture];
    this.dropped += Math.max(0, all.length - MAX_PICTURES);
    this.pictures = all.slice(-MAX_PICTURES);
  }
}
