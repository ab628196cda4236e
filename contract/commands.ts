/** What the page may tell the camera besides cases: engines and rates. Checked like anything from outside. */
import * as v from 'valibot';
import { modelId, ROLES } from './enums.ts';

export const BackendChoice = v.picklist(['auto', 'wasm', 'webgpu']);
export type BackendChoice = v.InferOutput<typeof BackendChoice>;

/** Pictures a second a camera takes at most. */
export const MaxFps = v.pipe(v.number(), v.gtValue(0), v.maxValue(240));

export const EngineChoice = v.strictObject({
  model: modelId,
  /** What the model is for; absent: finding objects. */
  role: v.optional(v.picklist(ROLES)),
  backend: BackendChoice,
  /** 0: as many as measure fastest, at most cores - 1. */
  threads: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
  /** Input size in pixels; absent: chosen from the source's aspect. */
  width: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  height: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  /** The longer side of an input that takes the source's shape; a model of one fixed size keeps it. */
  longSide: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  /** Whether the model is run once before it is said to be ready; absent: yes. Without it the first picture takes longer. */
  warmUp: v.optional(v.boolean()),
});
export type EngineChoice = v.InferOutput<typeof EngineChoice>;
