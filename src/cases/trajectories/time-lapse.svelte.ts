/**
 * The invented day of a shop (`npm run time-lapse`), played back: what had left the camera at a moment of it. The records are
 * the day's own and never mix with those of the visitor's camera.
 */
import type { OutRecord, OutRecordOf, TrajectoriesConfig } from '../../../contract/index.ts';
import type { Drawing } from '../../drawing/drawing.ts';
import { TrajectoriesRecords } from './records.svelte.ts';
import { TRAJECTORIES_SPEC, type TrajectoriesSample } from './session.svelte.ts';

export interface Day {
  /** Opening hours, seconds since midnight. */
  readonly opensS: number;
  readonly closesS: number;
  /** The rules of release that were in force. */
  readonly k: number;
  readonly everyS: number;
  readonly zones: TrajectoriesConfig['zones'];
  readonly calibration?: TrajectoriesConfig['calibration'];
  readonly plan: OutRecordOf<'plan'>;
  /** Simulated visitors until the end of each interval; no camera tells them. */
  readonly visitors: readonly number[];
  /** In order of time, seconds since the shop opened. */
  readonly records: readonly (OutRecord & { readonly atS: number })[];
}

export class TimeLapse {
  readonly day: Day;
  readonly drawing: Drawing;
  /** Number of releases in the day. */
  readonly steps: number;
  /** Releases that have taken place; all of them at first, so that the day is seen whole. */
  #step = $state(0);
  #kept = $state.raw(new TrajectoriesRecords());
  #taken = 0;

  constructor(day: Day) {
    this.day = day;
    this.steps = Math.round((day.closesS - day.opensS) / day.everyS);
    const { zones, calibration } = day;
    this.drawing = TRAJECTORIES_SPEC.preset({ zones, calibration } as unknown as TrajectoriesSample);
    this.show(this.steps);
  }

  get step(): number {
    return this.#step;
  }

  /** What had left the camera by now. */
  get kept(): TrajectoriesRecords {
    return this.#kept;
  }

  /** Time of day, seconds since midnight. */
  get clockS(): number {
    return this.day.opensS + this.#step * this.day.everyS;
  }

  /** Simulated visitors who have come by now. */
  get visitors(): number {
    return this.#step === 0 ? 0 : (this.day.visitors[this.#step - 1] ?? 0);
  }

  get isOver(): boolean {
    return this.#step >= this.steps;
  }

  /** Turns to the moment after a number of releases; what is outside 0..`steps` becomes the nearer end. */
  show(step: number): void {
    const next = Math.max(0, Math.min(Math.round(step), this.steps));
    if (next < this.#step || this.#taken === 0) {
      this.#kept = new TrajectoriesRecords();
      this.#kept.accept(this.day.plan, 0);
      this.#taken = 0;
    }
    this.#step = next;
    const untilS = next * this.day.everyS;
    const { records } = this.day;
    for (; this.#taken < records.length && records[this.#taken]!.atS <= untilS; this.#taken++)
      this.#kept.accept(records[this.#taken]!, 0);
  }

  /** The next release; from the end, the shop opens again. */
  advance(): void {
    this.show(this.isOver ? 0 : this.#step + 1);
  }
}
