/** What the page may send to the camera: cases, commands, engines. The camera checks it like all input. */
import * as v from 'valibot';
import { AttributesConfig } from './cases/attributes.ts';
import { CountingConfig } from './cases/counting.ts';
import { BackgroundCommand, CrowdingConfig } from './cases/crowding.ts';
import { DeskCommand, RepeatVisitsConfig } from './cases/repeat-visits.ts';
import { StreetscapeConfig } from './cases/streetscape.ts';
import { TrajectoriesConfig } from './cases/trajectories.ts';
import { modelId, ROLES } from './enums.ts';

export const CaseConfig = v.variant('case', [
  AttributesConfig,
  TrajectoriesConfig,
  RepeatVisitsConfig,
  CountingConfig,
  StreetscapeConfig,
  CrowdingConfig,
]);
export type CaseConfig = v.InferOutput<typeof CaseConfig>;

/** One-off commands of a case, beside the processing of frames. */
export const CaseCommand = v.variant('case', [DeskCommand, BackgroundCommand]);
export type CaseCommand = v.InferOutput<typeof CaseCommand>;

export const BackendChoice = v.picklist(['auto', 'wasm', 'webgpu']);
export type BackendChoice = v.InferOutput<typeof BackendChoice>;

/** Maximum frame rate of a camera, in pictures a second. */
export const MaxFps = v.pipe(v.number(), v.gtValue(0), v.maxValue(240));

export const EngineChoice = v.strictObject({
  model: modelId,
  /** The model's role; absent: object detection. */
  role: v.optional(v.picklist(ROLES)),
  backend: BackendChoice,
  /** Number of threads; 0: the fastest number as measured, at most cores - 1. */
  threads: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
  /** Input size in pixels; absent: chosen from the source's aspect. */
  width: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  height: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  /** The longer side of an input that takes the source's shape; a model of one fixed size keeps it. */
  longSide: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
});
export type EngineChoice = v.InferOutput<typeof EngineChoice>;
