/**
 * The fastest backend and number of threads of each model, as measured on this device, so that a start need not measure
 * again. Kept until the tab is closed, because the device's load changes.
 */
import * as v from 'valibot';
import { modelId, type EngineChoice, type OutRecordOf } from '../../contract/index.ts';

const KEY = 'incam.tuning';
type Engine = OutRecordOf<'status'>['engines'][number];

const Tuning = v.record(
  modelId,
  v.object({
    backend: v.picklist(['wasm', 'webgpu']),
    threads: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  }),
);
type Tuning = v.InferOutput<typeof Tuning>;

function known(): Tuning {
  try {
    return v.parse(Tuning, JSON.parse(sessionStorage.getItem(KEY) ?? '{}'));
  } catch {
    return {};
  }
}

/** The choice with measured values in place of automatic ones. */
export function tuned(choice: EngineChoice): EngineChoice {
  if (choice.threads !== 0 || choice.backend !== 'auto') return choice;
  const before = known()[choice.model];
  return before ? { ...choice, ...before } : choice;
}

/** Stores the result of an automatic choice. A fallback is not stored: its reason must be reported again. */
export function takeNote(choices: readonly EngineChoice[], engines: readonly Engine[]): void {
  const found: Tuning = {};
  for (const { model, backend, threads, fallback } of engines) {
    const asked = choices.find((choice) => choice.model === model);
    if (asked?.threads !== 0 || asked.backend !== 'auto') continue;
    if (backend === 'mediapipe' || (fallback && fallback !== 'no-adapter' && fallback !== 'slower')) continue;
    found[model] = { backend, threads };
  }
  if (Object.keys(found).length === 0) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...known(), ...found }));
  } catch {
    // Without storage, the next start measures again.
  }
}
