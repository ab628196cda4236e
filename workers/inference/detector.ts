import type { RegistryEntry } from '../../models/registry.ts';
import { Fault } from '../faults.ts';
import type { Picture } from '../frames/frame.ts';
import type { Detection } from '../vision/detection.ts';
import { boxToSource, pointToSource, type Placement, type Region } from '../vision/letterbox.ts';
import { nms } from '../vision/nms.ts';
import { DECODERS } from './decoders/index.ts';
import type { Detector, Engine, StageClock } from './engine.ts';
import { ModelInput } from './resize.ts';

export interface DetectorOptions {
  /**
   * Candidates below this score are left out, 0..1; the card's threshold by default. Trackers that look at doubtful
   * detections as well ask for less.
   */
  readonly minScore?: number | undefined;
  /** Boxes of one class that overlap more than this (IoU, 0..1) are one object; the card's by default. */
  readonly maxIou?: number | undefined;
}

/** For cards that say nothing. */
const DEFAULT_SCORE = 0.3;
const DEFAULT_IOU = 0.45;

/**
 * Makes a detector of an engine that holds the card's model.
 * @throws {Fault} 'model-unsupported' when the card's family does not detect anything
 * @throws {RangeError} when an option is out of range
 */
export function createDetector(
  entry: RegistryEntry,
  engine: Engine,
  options: DetectorOptions = {},
): Detector {
  const decode = DECODERS[entry.family];
  if (!decode)
    throw new Fault(
      'model-unsupported',
      `there is no decoder for ${entry.family}, only ${Object.keys(DECODERS).join(', ')}`,
      {
        subject: entry.id,
      },
    );
  const minScore = fraction('minScore', options.minScore ?? entry.thresholds?.score ?? DEFAULT_SCORE);
  const maxIou = fraction('maxIou', options.maxIou ?? entry.thresholds?.nms ?? DEFAULT_IOU);
  const { model, backend, threads, width, height } = engine;
  const labels = entry.classes;
  const input = new ModelInput({ ...entry.input, width, height });
  let turn: Promise<unknown> = Promise.resolve();

  async function detect(picture: Picture, clock: StageClock, region?: Region): Promise<Detection[]> {
    try {
      const placement = clock.prepare(() => input.fill(picture, region));
      return await clock.infer(async () => {
        const outputs = await engine.run(input.pixels);
        const found = decode!(outputs, { width, height, labels, minScore });
        return nms(found, maxIou).map((detection) => toSource(detection, placement));
      });
    } finally {
      input.wipe();
    }
  }

  return {
    model,
    backend,
    threads,
    width,
    height,
    labels,
    get inputBytes() {
      return input.bytes;
    },
    detect: (picture, clock, region) => {
      // The input buffer is shared: one picture after the other.
      const result = turn.then(() => detect(picture, clock, region));
      turn = result.catch(() => {});
      return result;
    },
    wipe: async () => {
      input.wipe();
      await engine.wipe();
    },
    release: () => engine.release(),
  };
}

function toSource(detection: Detection, placement: Placement): Detection {
  const { keypoints } = detection;
  return {
    ...detection,
    box: boxToSource(placement, detection.box),
    ...(keypoints && { keypoints: keypoints.map(([x, y]) => pointToSource(placement, x, y)) }),
  };
}

function fraction(name: string, value: number): number {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be 0..1, not ${value}`);
  return value;
}
