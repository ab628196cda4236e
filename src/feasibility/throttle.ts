/** What a camera built on a chip would deliver, for a simulation of it in this browser. */
import type { Anatomy } from '../../lib/onnx/anatomy.ts';
import type { Side } from '../../lib/onnx/picture-sizes.ts';
import type { Chip } from './chip.ts';
import type { LatencyModel } from './latency.ts';
import { judge } from './verdict.ts';

export interface Throttle {
  /** Pictures a second, above 0 and at most `MAX_FPS`. */
  readonly fps: number;
  /** Input of the model, in pixels; sides are multiples of 32. */
  readonly inputSize: Side;
}

/** No camera of a shop or street takes more. */
export const MAX_FPS = 30;

/**
 * @param wantedFps what the case needs; the input shrinks until the chip gives it
 * @returns undefined where the model does not run on the chip, or its speed is unknown
 */
export function throttle(
  chip: Chip,
  anatomy: Anatomy,
  latency: LatencyModel,
  wantedFps: number,
): Throttle | undefined {
  const verdict = judge(chip, anatomy, latency, wantedFps);
  if (!verdict.latency || !verdict.input) return undefined;
  return {
    fps: Math.min(MAX_FPS, 1000 / verdict.latency.ms),
    inputSize: { width: toStep(verdict.input.width), height: toStep(verdict.input.height) },
  };
}

const STEP = 32;
const toStep = (side: number) => Math.max(STEP, Math.round(side / STEP) * STEP);
