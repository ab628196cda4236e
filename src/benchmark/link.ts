/**
 * A plan in the address, `#/bench?plan=...`: the command line and device farms start a measurement with it. Either
 * `quick` or `full`, or JSON: a plan as in a report, or choices from which this page makes a plan.
 */
import * as v from 'valibot';
import { CASES, modelId } from '../../contract/index.ts';
import { cellsOf, readyPlan, type EngineKey, type AvailableModels, type Surroundings } from './plan.ts';
import { Plan } from './report.ts';

const engineKey = v.custom<EngineKey>(
  (key) => typeof key === 'string' && /^(wasm-([0-9]|1[0-6])|webgpu)$/.test(key),
);

const Wished = v.strictObject({
  frames: Plan.entries.frames,
  rounds: Plan.entries.rounds,
  cases: v.pipe(v.array(v.picklist(CASES)), v.minLength(1)),
  models: v.optional(v.array(modelId), []),
  engines: v.optional(v.pipe(v.array(engineKey), v.minLength(1)), ['wasm-0']),
  longSides: v.optional(v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1)), [0]),
});
export type Wished = v.InferInput<typeof Wished>;

/** The address's part that is asked for, if there is one. */
export const planInHash = (hash: string): string | null =>
  new URLSearchParams(hash.split('?')[1] ?? '').get('plan');

/** @throws {Error} when it is neither, or leads to no cell */
export function linkedPlan(text: string, offer: AvailableModels, around: Surroundings): Plan {
  if (text === 'quick' || text === 'full') return v.parse(Plan, readyPlan(text, offer, around));
  const data: unknown = JSON.parse(text);
  if (v.is(Plan, data)) return v.parse(Plan, data);
  const { frames, rounds, ...wishes } = v.parse(Wished, data);
  return v.parse(Plan, { name: 'own', frames, rounds, cells: cellsOf(wishes, offer) });
}
