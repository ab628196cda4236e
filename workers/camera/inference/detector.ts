import type { Card, InputContract } from '../../../models/registry.ts';
import { Fault } from '../isolation/fault.ts';
import type { Picture } from '../frames/frame.ts';
import type { Detection } from '../vision/geometry/detection.ts';
import { boxToSource, pointToSource, type Placement, type Region } from '../vision/geometry/letterbox.ts';
import { nms } from '../vision/tracking/nms.ts';
import type { Decoder } from './decoders/decoder.ts';
import { DECODERS } from './decoders/index.ts';
import type { Detector, Engine, EngineInfo, StageClock } from './engine.ts';
import { plausible } from './plausible.ts';
import { ModelInput } from './resize.ts';
import { SerialQueue } from './serial-queue.ts';

/** The parts of a model card that a run needs. */
export type ModelCard = Pick<Card, 'id' | 'family' | 'engine' | 'input' | 'classes' | 'thresholds'>;

export interface DetectorOptions {
  /**
   * Candidates below this score are left out, 0..1; the card's threshold by default. Trackers that also use uncertain
   * detections pass a lower one.
   */
  readonly minScore?: number | undefined;
  /** Boxes of one class that overlap more than this (IoU, 0..1) are one object; the card's by default. */
  readonly maxIou?: number | undefined;
}

/** For cards without thresholds. */
const DEFAULT_SCORE = 0.3;
const DEFAULT_IOU = 0.45;

/**
 * Makes a detector of an engine that holds the card's model.
 * @throws {Fault} 'model-unsupported' when the card's family does not detect anything
 * @throws {RangeError} when an option is out of range
 */
export function createDetector(card: ModelCard, engine: Engine, options: DetectorOptions = {}): Detector {
  const labels = card.classes;
  const decode = decoderOf(card);
  const { minScore, maxIou } = thresholds(card, options);
  const { model, backend, threads, width, height } = engine;
  return detectorAround({ model, backend, threads, width, height, labels }, card.input, {
    find: async (rgba) => {
      const found = decode(await engine.run(rgba), { width, height, labels, minScore });
      return nms(plausible(found, { width, height }), maxIou);
    },
    wipe: () => engine.wipe(),
    release: () => engine.release(),
  });
}

/** @throws {Fault} 'model-unsupported' when the card's family does not detect anything */
export function decoderOf({ id, family }: Pick<ModelCard, 'id' | 'family'>): Decoder {
  const decode = DECODERS[family];
  if (decode) return decode;
  const known = Object.keys(DECODERS).join(', ');
  throw new Fault('model-unsupported', `there is no decoder for ${family}, only ${known}`, { subject: id });
}

/** @throws {RangeError} when an option is out of range */
export function thresholds(card: Pick<ModelCard, 'thresholds'>, options: DetectorOptions) {
  return {
    minScore: fraction('minScore', options.minScore ?? card.thresholds?.score ?? DEFAULT_SCORE),
    maxIou: fraction('maxIou', options.maxIou ?? card.thresholds?.nms ?? DEFAULT_IOU),
  };
}

function fraction(name: string, value: number): number {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be 0..1, not ${value}`);
  return value;
}

/** The part of a detector that differs from engine to engine. */
export interface Finder {
  /** Detections in pixels of the model input, best first. */
  find(rgba: Uint8Array): Promise<Detection[]>;
  wipe(): Promise<void>;
  release(): Promise<void>;
}

/** The common part of all detectors: the input buffer, the mapping back to the source, the queue. */
export function detectorAround(
  info: EngineInfo & Pick<Detector, 'labels'>,
  { fit, align, pad }: Pick<InputContract, 'fit' | 'align' | 'pad'>,
  finder: Finder,
): Detector {
  const { width, height } = info;
  const input = new ModelInput({ width, height, fit, align, pad });
  const turns = new SerialQueue();

  async function detect(picture: Picture, clock: StageClock, region?: Region): Promise<Detection[]> {
    try {
      const placement = clock.prepare(() => input.fill(picture, region));
      const found = await clock.infer(() => finder.find(input.pixels));
      return found.map((detection) => toSource(detection, placement));
    } finally {
      input.wipe();
    }
  }

  return {
    ...info,
    get inputBytes() {
      return input.bytes;
    },
    // The input buffer is shared: one picture after the other.
    detect: (picture, clock, region) => turns.take(() => detect(picture, clock, region)),
    wipe: async () => {
      await turns.over();
      input.wipe();
      await finder.wipe();
    },
    release: async () => {
      await turns.over();
      await finder.release();
    },
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
