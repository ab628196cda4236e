/** Labels of the benchmark's closed lists. */
import type { RegistryEntry } from '../../models/registry.ts';
import { models } from '../app/models.svelte.ts';
import { locale } from '../app/locale.svelte.ts';
import { count, decimal } from '../app/format.ts';
import { BACKEND_TEXT, PHASE_TEXT, TROUBLE_TEXT, troubleText } from '../app/texts.ts';
import type { TroubleCode } from '../camera/troubles.svelte.ts';
import { LIFE_CYCLES } from '../cases/index.ts';
import { m } from '../paraglide/messages.js';
import type { RepeatVerdict } from './repeat.ts';
import type { Cell, Phase, Plan, ReportFault } from './report.ts';

export const REPORT_FAULT: Record<ReportFault, () => string> = {
  'too-large': m.bench_fault_too_large,
  'not-json': m.bench_fault_not_json,
  'not-a-report': m.bench_fault_not_a_report,
  newer: m.bench_fault_newer,
  damaged: m.bench_fault_damaged,
};

export const PLAN_TEXT: Record<Plan['name'], () => string> = {
  quick: m.bench_plan_quick,
  full: m.bench_plan_full,
  own: m.bench_plan_own,
};

/** The content and the duration of a plan. */
export const PLAN_HINT: Record<Plan['name'], () => string> = {
  quick: m.bench_plan_quick_hint,
  full: m.bench_plan_full_hint,
  own: m.bench_plan_own_hint,
};

/** Whether a report agrees with another one of the same device. */
export const REPEAT_TEXT: Record<
  RepeatVerdict,
  (of: { within: string; same: string; cells: string }) => string
> = {
  agrees: m.bench_repeat_agrees,
  differs: m.bench_repeat_differs,
  busy: m.bench_repeat_busy,
  unknown: m.bench_repeat_unknown,
};

/** Why a requested engine was not measured: another one would have done its work. */
const NOT_MEASURED: Partial<Record<string, () => string>> = {
  'no-adapter': m.bench_skipped_no_adapter,
  failed: m.bench_skipped_failed,
  lost: m.bench_skipped_lost,
};

/** The text of a run's fault; reports of other versions may have other faults. */
export const runFault = (code: string): string => {
  const skipped = NOT_MEASURED[code];
  if (skipped) return skipped();
  return code in TROUBLE_TEXT ? troubleText(code as TroubleCode).what : m.bench_run_failed({ code });
};

export const caseText = ({ case: id }: Pick<Cell, 'case'>): string => LIFE_CYCLES[id].title();

export const modelText = (id: string): string => {
  const entry: RegistryEntry | undefined = models.all.find((model) => model.id === id);
  return entry?.title[locale.written] ?? id;
};

export function engineText({ backend, threads }: Pick<Cell, 'backend' | 'threads'>): string {
  const name = BACKEND_TEXT[backend]();
  if (backend !== 'wasm') return name;
  return threads === 0
    ? `${name} · ${m.bench_threads_auto()}`
    : `${name} · ${m.bench_threads({ n: count(threads) })}`;
}

/** The chip that a cell's camera is slowed down to; empty where it is not. */
export const slowedText = ({ slowed }: Cell): string =>
  slowed ? m.bench_slowed({ chip: slowed.chip, fps: decimal(slowed.maxFps) }) : '';

export const phaseText = (phase: Phase | 'frames', frames: number): string =>
  phase === 'frames' ? m.bench_phase_frames({ n: count(frames) }) : PHASE_TEXT[phase]();

/** Which kernels the runtime on the CPU had, as a report says it. */
export const KERNELS_TEXT = {
  exchanged: m.bench_runtime_exchanged,
  published: m.bench_runtime_published,
  unknown: m.bench_runtime_unknown,
} as const;
