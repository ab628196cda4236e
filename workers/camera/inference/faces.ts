/**
 * Readers of a face: age and sex, or a descriptor. They are two networks in two files, so that a caller who needs age
 * and sex holds no network that could give a descriptor (design, section 5).
 */
import { Fault } from '../isolation/fault.ts';
import type { Picture } from '../frames/frame.ts';
import { averageOf } from '../vision/faces/descriptors.ts';
import { cropOf, sharpness, type CropOptions, type Face } from '../vision/faces/faces.ts';
import { output } from './decoders/decoder.ts';
import type { ModelCard } from './detector.ts';
import type { Engine, EngineInfo, Outputs, StageClock } from './engine.ts';
import { FaceInput } from './face-input.ts';
import { SerialQueue } from './serial-queue.ts';

/** Age classes of the network, in years: 1, 2, ... 100. */
export const AGES = 100;
/** Length of a descriptor. */
export const DESCRIPTOR_LENGTH = 1024;

/** Of a face's crop; see `sharpness` in `workers/camera/vision/faces/faces.ts`. */
interface Sharp {
  readonly sharpness: number;
}

export interface FaceAttributes extends Sharp {
  /** Probability of each year of age, from 1; the caller owns it. */
  readonly ages: Float32Array;
  /** Probability of male, 0..1. */
  readonly male: number;
}

export interface FaceDescription extends Sharp {
  /** Length 1, compared by cosine. The caller owns it and must zero it after use. */
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
 * Tighter than for a descriptor: on UTKFace, ages are some .2 years better with 1.2 than with 1.0 or with the descriptor's
 * crop.
 */
const ATTRIBUTE_CROP: CropOptions = { scale: 1.2, raise: 0 };

/**
 * Reads age and sex.
 * @throws {Fault} 'model-unsupported' when the card's family is another
 */
export function createAttributeReader(
  card: ModelCard,
  engine: Engine,
  crop: CropOptions = ATTRIBUTE_CROP,
): FaceReader<FaceAttributes> {
  return readerAround(card, engine, crop, async (input, clock) => {
    const outputs = await clock.infer(() => engine.run(input.pixels));
    return {
      ages: numbers(outputs, 'age', AGES),
      male: numbers(outputs, 'gender', 1)[0]!,
      sharpness: sharpnessOf(input),
    };
  });
}

export interface DescriptorOptions extends CropOptions {
  /** Averages the face's descriptor with that of its mirror image: more stable, for twice the time. */
  readonly mirrored?: boolean;
}

/**
 * Reads descriptors.
 * @throws {Fault} 'model-unsupported' when the card's family is another
 */
export function createDescriptorReader(
  card: ModelCard,
  engine: Engine,
  { mirrored = true, ...crop }: DescriptorOptions = {},
): FaceReader<FaceDescription> {
  return readerAround(card, engine, crop, async (input, clock) => {
    const views: Float32Array[] = [];
    const look = async () =>
      views.push(numbers(await clock.infer(() => engine.run(input.pixels)), 'desc', DESCRIPTOR_LENGTH));
    try {
      await look();
      if (mirrored) {
        input.mirror();
        await look();
      }
      return { descriptor: averageOf(views), sharpness: sharpnessOf(input) };
    } finally {
      for (const view of views) view.fill(0);
    }
  });
}

const sharpnessOf = ({ pixels, side }: FaceInput) => sharpness(pixels, side, side);

/** A copy: the engine zeroes its outputs with the next run. */
const numbers = (outputs: Outputs, name: string, count: number) =>
  output(outputs, name, [1, count]).data.slice();

/** The common part of both readers: the crop, the queue, the wipe. */
function readerAround<T>(
  { id, family, input: { pad } }: ModelCard,
  engine: Engine,
  crop: CropOptions,
  look: (input: FaceInput, clock: StageClock) => Promise<T>,
): FaceReader<T> {
  if (family !== 'faceres') throw new Fault('model-unsupported', `${family} reads no faces`, { subject: id });
  const { model, backend, threads, width, height } = engine;
  if (width !== height) throw new RangeError(`faces are square, not ${width} x ${height}`);
  const input = new FaceInput(width, pad);
  const turns = new SerialQueue();

  async function read(picture: Picture, face: Face, clock: StageClock): Promise<T> {
    try {
      clock.prepare(() => input.fill(picture, cropOf(face, crop)));
      return await look(input, clock);
    } finally {
      input.wipe();
    }
  }

  return {
    ...{ model, backend, threads, width, height },
    get inputBytes() {
      return input.bytes;
    },
    // The input buffer is shared: one face after the other.
    read: (picture, face, clock) => turns.take(() => read(picture, face, clock)),
    wipe: async () => {
      await turns.over();
      input.wipe();
      await engine.wipe();
    },
    release: async () => {
      await turns.over();
      input.wipe();
      await engine.release();
    },
  };
}
