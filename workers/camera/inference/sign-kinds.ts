/** Reads which kind of traffic sign a box shows, by our own classifier (`models/train/signs`). */
import { Fault } from '../isolation/fault.ts';
import type { Picture } from '../frames/frame.ts';
import type { Box } from '../vision/geometry/detection.ts';
import { output } from './decoders/decoder.ts';
import type { ModelCard } from './detector.ts';
import type { Engine, EngineInfo, StageClock } from './engine.ts';
import { ModelInput } from './resize.ts';
import { SerialQueue } from './serial-queue.ts';

/** The square that is read is longer by this than the box's longer side; as in training (`kind_crops.py`). */
const MARGIN = 1.2;

export interface SignKindReader extends EngineInfo {
  /** Kinds by index; the probabilities hold one more, for no sign at all. */
  readonly kinds: readonly string[];
  /** Bytes of picture held during `read`, for the ledger. */
  readonly inputBytes: number;
  /**
   * The crop is zeroed before this settles. Calls take turns.
   * @returns probabilities by kind, the last that it is no sign
   * @throws {Fault} of the engine, or 'model-wrong-shape'
   */
  read(picture: Picture, box: Box, clock: StageClock): Promise<Float32Array>;
  wipe(): Promise<void>;
  release(): Promise<void>;
}

/** @throws {Fault} 'model-unsupported' when the card's family is another */
export function createSignKindReader({ id, family, classes }: ModelCard, engine: Engine): SignKindReader {
  if (family !== 'sign-kinds')
    throw new Fault('model-unsupported', `${family} is not sign-kinds`, { subject: id });
  const { model, backend, threads, width, height } = engine;
  const input = new ModelInput({ width, height, pad: 0, fit: 'stretch', align: 'top-left' });
  const turns = new SerialQueue();

  async function read(picture: Picture, box: Box, clock: StageClock): Promise<Float32Array> {
    try {
      clock.prepare(() => input.fill(picture, squareAround(box)));
      const outputs = await clock.infer(() => engine.run(input.pixels));
      // A copy: the engine zeroes its outputs with the next run.
      return output(outputs, 'kinds', [1, classes.length + 1]).data.slice();
    } finally {
      input.wipe();
    }
  }

  return {
    ...{ model, backend, threads, width, height },
    kinds: classes,
    get inputBytes() {
      return input.bytes;
    },
    read: (picture, box, clock) => turns.take(() => read(picture, box, clock)),
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

function squareAround([x0, y0, x1, y1]: Box) {
  const side = Math.max(x1 - x0, y1 - y0) * MARGIN;
  return { x: (x0 + x1 - side) / 2, y: (y0 + y1 - side) / 2, width: side, height: side };
}
