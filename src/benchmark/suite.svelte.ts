/**
 * Runs a plan: round after round, cell after cell. It stores the report after each cell, so a closed tab loses one run
 * at most.
 */
import { models } from '../app/models.svelte.ts';
import { runCell, type CellOptions } from './cell.ts';
import { describeDevice } from './device.ts';
import { checkIdle, threadsOf } from './idle.ts';
import { orderOfRound } from './plan.ts';
import {
  FORMAT,
  momentNow,
  progressOf,
  VERSION,
  type Cell,
  type Plan,
  type Report,
  type Run,
} from './report.ts';
import { browserStore, type Store } from './store.ts';

/** The current activity. */
export interface Now {
  readonly cell: Cell;
  readonly round: number;
  readonly phase: Parameters<NonNullable<CellOptions['onProgress']>>[0]['phase'];
  readonly frames: number;
}

/** For tests; the real ones otherwise. */
export interface SuiteParts {
  readonly store?: Store;
  readonly runCell?: (cell: Cell, options: CellOptions) => Promise<Run>;
  readonly checkIdle?: typeof checkIdle;
  readonly describeDevice?: typeof describeDevice;
}

export class Suite {
  report = $state.raw<Report | undefined>();
  running = $state(false);
  now = $state.raw<Now | undefined>();
  /** Everything that is kept on this device, newest first. */
  kept = $state.raw<readonly Report[]>([]);
  /** Whether the browser has no storage; the report is then only on the screen. */
  unkept = $state(false);
  readonly #parts: Required<SuiteParts>;
  #stop: AbortController | undefined;

  constructor(parts: SuiteParts = {}) {
    this.#parts = { store: browserStore(), runCell, checkIdle, describeDevice, ...parts };
  }

  /** Reads what is kept; the newest is shown. */
  async recall(): Promise<void> {
    await this.#reread();
    this.report ??= this.kept[0];
  }

  async start(plan: Plan): Promise<void> {
    if (this.running) return;
    const report: Report = {
      format: FORMAT,
      version: VERSION,
      id: crypto.randomUUID(),
      startedAt: momentNow(),
      device: await this.#parts.describeDevice(),
      idle: [],
      plan,
      runs: plan.cells.map(() => []),
    };
    await this.resume(report);
  }

  /** Runs the remaining runs of a report. */
  async resume(report: Report): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.report = report;
    const stop = (this.#stop = new AbortController());
    try {
      await models.load().catch(() => {});
      for (let round = 0; round < report.plan.rounds; round++) await this.#round(round, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    } finally {
      this.now = undefined;
      this.#stop = undefined;
      this.running = false;
      await this.#reread();
    }
  }

  /** Ends the camera that runs now; what was finished stays, and can be resumed. */
  cancel(): void {
    this.#stop?.abort(new DOMException('cancelled', 'AbortError'));
  }

  show(report: Report): void {
    if (!this.running) this.report = report;
  }

  async remove(id: string): Promise<void> {
    await this.#parts.store.remove(id).catch(() => {});
    if (this.report?.id === id && !this.running) this.report = undefined;
    await this.#reread();
  }

  /** Stores imported reports, and shows the first. */
  async take(reports: readonly Report[]): Promise<void> {
    if (reports[0]) this.show(reports[0]);
    for (const report of reports) await this.#keep(report);
    await this.#reread();
  }

  async #round(round: number, signal: AbortSignal): Promise<void> {
    const { plan } = this.report!;
    const missing = orderOfRound(plan.cells.length, round).filter(
      (i) => !this.report!.runs[i]!.some((run) => run.round === round),
    );
    if (missing.length === 0) return;
    await this.#lookIdle();
    for (const i of missing) {
      const cell = plan.cells[i]!;
      const onProgress: CellOptions['onProgress'] = (at) => (this.now = { cell, round, ...at });
      onProgress({ phase: 'download', frames: 0 });
      const run = await this.#parts.runCell(cell, { round, frames: plan.frames, signal, onProgress });
      await this.#change({ runs: this.report!.runs.map((list, k) => (k === i ? [...list, run] : list)) });
    }
    const { done, total } = progressOf(this.report!);
    // A last check at the end, which covers the last round.
    if (done === total) await this.#lookIdle();
  }

  async #lookIdle(): Promise<void> {
    const { plan, device, idle } = this.report!;
    const threads = threadsOf(plan, device.cores, device.isolated);
    // A failed check is dropped; the measurements stay.
    const check = await this.#parts.checkIdle(threads).catch(() => undefined);
    if (check) await this.#change({ idle: [...idle, check] });
  }

  async #change(part: Partial<Report>): Promise<void> {
    this.report = { ...this.report!, ...part };
    await this.#keep(this.report);
  }

  async #keep(report: Report): Promise<void> {
    this.unkept = await this.#parts.store.put(report).then(
      () => false,
      () => true,
    );
  }

  async #reread(): Promise<void> {
    this.kept = await this.#parts.store.all().catch(() => []);
  }
}
