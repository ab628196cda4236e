/**
 * What the camera reads from a face: its age, its sex, or a descriptor. Three networks in three files, so that a case holds
 * only what it is for: the one for ages gives no sex, the one for the sex no age, and neither a descriptor (design,
 * section 5).
 */
import { Fault } from '../isolation/fault.ts';
import type { Picture } from '../frames/frame.ts';
import {
  chipOf,
  cropOf,
  sharpness,
  type CropOptions,
  type Face,
  type FaceCrop,
} from '../vision/faces/faces.ts';
import { normalise } from '../vision/faces/descriptors.ts';
import { output } from './decoders/decoder.ts';
import type { ModelCard } from './detector.ts';
import type { Engine, EngineInfo, Outputs, StageClock } from './engine.ts';
import { FaceInput } from './face-input.ts';
import { SerialQueue } from './serial-queue.ts';

/** Numbers of a descriptor. */
export const DESCRIPTOR_LENGTH = 128;

/** Of a face's crop; see `sharpness` in `vision/faces/faces.ts`. */
interface Sharp {
  readonly sharpness: number;
}

export interface FaceAge extends Sharp {
  /** Years, as the network says it: not calibrated. */
  readonly years: number;
}

export interface FaceSex extends Sharp {
  /** Probability of male, 0..1, as the network says it: not calibrated. */
  readonly male: number;
}

export interface FaceDescription extends Sharp {
  /** Length 1. The caller owns it and must zero it after use. */
  readonly descriptor: Float32Array;
}

/** Reads one face of a picture. */
export interface FaceReader<T> extends EngineInfo {
  /** Bytes of picture the reader holds between `prepare` and the end of `read`, for the ledger. */
  readonly inputBytes: number;
  /**
   * The reader's copy of the face is zeroed before this settles, whether it succeeds or not. Calls take turns.
   * @throws {Fault} of the engine, or 'model-wrong-shape' when the outputs do not fit the network
   * @throws {RangeError} when the box has no area
   */
  read(picture: Picture, face: Face, clock: StageClock): Promise<T>;
  wipe(): Promise<void>;
  release(): Promise<void>;
}

/**
 * The age network errs by how tightly a face is cut out: on one half of FairFace (135 faces) by 2.8 years outside the true
 * band with 1.1 times the box, 3.3 with 1.0 or 1.3, 5.3 with 1.6. Two crops that differ in size and height are averaged.
 */
const AGE_CROPS: readonly CropOptions[] = [
  { scale: 1.1, raise: 0 },
  { scale: 1.2, raise: 0.1 },
];

/** On FairFace and UTKFace, sexes are read about equally well from 1.2 to 1.6 times the box. */
const SEX_CROP: CropOptions = { scale: 1.2, raise: 0 };

type Cut = (face: Face) => FaceCrop;
const cutAs =
  (options: CropOptions): Cut =>
  (face) =>
    cropOf(face, options);

/**
 * Reads ages, as the mean over several crops of the same face.
 * @throws {Fault} 'model-unsupported' when the card's family is another
 */
export function createAgeReader(
  card: ModelCard,
  engine: Engine,
  crops: readonly CropOptions[] = AGE_CROPS,
): FaceReader<FaceAge> {
  return readerAround(card, 'tiny-xception', engine, crops.map(cutAs), async (inputs, run) => {
    let sum = 0;
    for (const input of inputs) sum += numbers(await run(input), 'age', 1)[0]!;
    return { years: sum / inputs.length };
  });
}

/**
 * Reads sexes.
 * @throws {Fault} 'model-unsupported' when the card's family is another
 */
export function createSexReader(
  card: ModelCard,
  engine: Engine,
  crop: CropOptions = SEX_CROP,
): FaceReader<FaceSex> {
  return readerAround(card, 'faceres', engine, [cutAs(crop)], async ([input], run) => ({
    male: numbers(await run(input!), 'gender', 1)[0]!,
  }));
}

/**
 * Reads descriptors.
 * @param cut the square of the picture that is read
 * @throws {Fault} 'model-unsupported' when the card's family is another
 */
export function createDescriptorReader(
  card: ModelCard,
  engine: Engine,
  cut: Cut = chipOf,
): FaceReader<FaceDescription> {
  return readerAround(card, 'dlib-resnet', engine, [cut], async ([input], run) => {
    const descriptor = numbers(await run(input!), 'desc', DESCRIPTOR_LENGTH);
    if (descriptor.every((x) => x === 0)) throw new Fault('model-nan', 'desc has no direction');
    return { descriptor: normalise(descriptor) };
  });
}

/**
 * A copy: the engine zeroes its outputs with the next run.
 * @throws {Fault} 'model-wrong-shape', or 'model-nan' when one of them is infinite or no number: nothing can be made of it
 */
function numbers(outputs: Outputs, name: string, count: number): Float32Array {
  const { data } = output(outputs, name, [1, count]);
  if (!data.every(Number.isFinite)) throw new Fault('model-nan', `${name} is not finite`);
  return data.slice();
}

/** The common part of all readers: the crops, the queue, the wipe. */
function readerAround<T>(
  { id, family, input: { pad } }: ModelCard,
  expected: ModelCard['family'],
  engine: Engine,
  cuts: readonly Cut[],
  look: (inputs: readonly FaceInput[], run: (input: FaceInput) => Promise<Outputs>) => Promise<T>,
): FaceReader<T & Sharp> {
  if (family !== expected) {
    throw new Fault('model-unsupported', `${family} is not ${expected}`, { subject: id });
  }
  const { model, backend, threads, width, height } = engine;
  if (width !== height) throw new RangeError(`faces are square, not ${width} x ${height}`);
  const inputs = cuts.map(() => new FaceInput(width, pad));
  const wipe = () => inputs.forEach((input) => input.wipe());
  const turns = new SerialQueue();

  async function read(picture: Picture, face: Face, clock: StageClock): Promise<T & Sharp> {
    try {
      clock.prepare(() => inputs.forEach((input, i) => input.fill(picture, cuts[i]!(face))));
      const found = await look(inputs, (input) => clock.infer(() => engine.run(input.pixels)));
      const [first] = inputs as [FaceInput];
      return { ...found, sharpness: sharpness(first.pixels, first.side, first.side) };
    } finally {
      wipe();
    }
  }

  return {
    ...{ model, backend, threads, width, height },
    get inputBytes() {
      return inputs.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    // The input buffers are shared: one face after the other.
    read: (picture, face, clock) => turns.take(() => read(picture, face, clock)),
    wipe: async () => {
      await turns.over();
      wipe();
      await engine.wipe();
    },
    release: async () => {
      await turns.over();
      wipe();
      await engine.release();
    },
  };
}
