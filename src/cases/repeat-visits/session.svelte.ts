/** The session of repeat visits. */
import type { CaseConfig, DeskCommand, Keep } from '../../../contract/index.ts';
import { eraseVault } from '../../camera/sealed-frame.ts';
import { EMPTY } from '../../drawing/drawing.ts';
import type { CaseSpec, SessionOptions } from '../shared/case-spec.ts';
import { CaseSession } from '../shared/session.svelte.ts';
import { RepeatVisitsRecords } from './records.svelte.ts';
import { lapseOf, VisitsSample } from './sample.ts';
import { REPEAT_VISITS } from './life-cycle.ts';

/**
 * Settings that the operator states beforehand (guidebook duty 12): retention, definition of a day, place of the vault.
 */
export interface Rules {
  readonly retentionDays: number;
  readonly time: 'lapse' | 'calendar';
  readonly keep: Keep;
  readonly mistakenShare: number;
}

/** Retention periods to choose from; short ones in a time-lapse, so that their end shows. */
export const PERIODS: Readonly<Record<Rules['time'], readonly number[]>> = {
  lapse: [1, 2, 3, 5, 10],
  calendar: [1, 7, 14, 30, 90, 180],
};

const DEFAULT_RULES: Rules = { retentionDays: 3, time: 'lapse', keep: 'session', mistakenShare: 0.05 };

function toVisits(rules: Rules, sample: VisitsSample | undefined): CaseConfig {
  const { retentionDays, time, keep, mistakenShare } = rules;
  const days = time === 'calendar' ? { kind: 'calendar' as const } : lapseOf(sample);
  return { case: 'repeat-visits', retentionDays, days, keep, mistakenShare };
}

export const REPEAT_VISITS_SPEC: CaseSpec<RepeatVisitsRecords, VisitsSample> = {
  id: 'repeat-visits',
  // The visitors of the entrance come again, which is what this case is about.
  liveWorld: 'attributes',
  lifeCycle: REPEAT_VISITS,
  sample: VisitsSample,
  newKept: () => new RepeatVisitsRecords(),
  plain: EMPTY,
  preset: () => EMPTY,
  configOf: (_, sample) => toVisits(DEFAULT_RULES, sample),
};

export class RepeatVisitsSession extends CaseSession<RepeatVisitsRecords, VisitsSample> {
  #rules = $state.raw(DEFAULT_RULES);

  constructor(options: SessionOptions = {}) {
    super(REPEAT_VISITS_SPEC, options);
  }

  get rules(): Rules {
    return this.#rules;
  }

  override get config(): CaseConfig {
    const config = this.binned(
      toVisits(this.#rules, this.choice.kind === 'sample' ? this.sample : undefined),
    );
    if (config.case === 'repeat-visits') this.kept.retentionDays = config.retentionDays;
    return config;
  }

  /**
   * Changes the rules of a running camera. Simulated days cannot be kept on the device. A change of the days or the
   * vault restarts the statistics.
   */
  async change(part: Partial<Rules>): Promise<void> {
    const before = this.#rules;
    const wished = { ...before, ...part };
    if (part.time === 'lapse') wished.keep = 'session';
    if (part.keep === 'device') wished.time = 'calendar';
    const periods = PERIODS[wished.time];
    if (!periods.includes(wished.retentionDays)) wished.retentionDays = wished.time === 'lapse' ? 3 : 30;
    this.#rules = wished;
    if (wished.time !== before.time || wished.keep !== before.keep) this.kept.reset();
    await this.tellCamera();
  }

  /** Sends a data-subject request. The answer is a record, once a face is before the camera. */
  async ask(order: Pick<DeskCommand, 'do' | 'day'>): Promise<void> {
    this.kept.closeDesk();
    await this.camera.command({ case: 'repeat-visits', ...order });
  }

  /**
   * Destroys the vault: the camera's, where it is on, and what is kept on this device, where the camera has it not open.
   * @returns whether it is gone
   */
  async deleteAll(): Promise<boolean> {
    const isOn = this.camera.power === 'on';
    if (isOn) await this.ask({ do: 'delete-all' });
    if (isOn && this.kept.vault?.keep === 'device') return true;
    return eraseVault();
  }
}
