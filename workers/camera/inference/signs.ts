/** Finds traffic signs and looks at each more closely: two networks of our own (`models/train/signs`), one reader. */
import type { SignGroup } from '../../../contract/index.ts';
import type { Picture } from '../frames/frame.ts';
import { eachStep } from '../isolation/each-step.ts';
import type { Box } from '../vision/geometry/detection.ts';
import type { SignSighting } from '../vision/geometry/sign-sighting.ts';
import type { Detector, EngineInfo, StageClock } from './engine.ts';
import type { SignKindReader } from './sign-kinds.ts';

/** Maximum number of signs of one picture that are looked at; the surest ones. A street has few. */
const MAX_SIGNS = 12;

export interface SignReader extends EngineInfo {
  /** Kinds in the classifier's order. */
  readonly kinds: readonly string[];
  /** Bytes of picture held during `read`, for the ledger. */
  readonly inputBytes: number;
  /**
   * Nothing of the picture is kept.
   * @returns in pixels of the picture, surest first
   * @throws {Fault} of the engines, or 'model-wrong-shape'
   */
  read(picture: Picture, clock: StageClock): Promise<SignSighting[]>;
  /** The classifier alone. @returns probabilities by kind, the last that it is no sign */
  readKind(picture: Picture, box: Box, clock: StageClock): Promise<Float32Array>;
  wipe(): Promise<void>;
  release(): Promise<void>;
}

/** @param finder whose labels are groups */
export function createSignReader(finder: Detector, kinds: SignKindReader): SignReader {
  const { model, backend, threads, width, height } = finder;
  return {
    ...{ model, backend, threads, width, height },
    kinds: kinds.kinds,
    get inputBytes() {
      return finder.inputBytes + kinds.inputBytes;
    },
    async read(picture, clock) {
      const sightings: SignSighting[] = [];
      for (const { box, score, label } of (await finder.detect(picture, clock)).slice(0, MAX_SIGNS)) {
        const probabilities = await kinds.read(picture, box, clock);
        sightings.push({ box, score, group: label as SignGroup, probabilities });
      }
      return sightings;
    },
    readKind: (picture, box, clock) => kinds.read(picture, box, clock),
    wipe: () =>
      eachStep(
        () => finder.wipe(),
        () => kinds.wipe(),
      ),
    release: () =>
      eachStep(
        () => finder.release(),
        () => kinds.release(),
      ),
  };
}
