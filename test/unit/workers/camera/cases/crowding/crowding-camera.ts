/** Case 6's pipeline on a camera of 160 x 120 pixels, five pictures a second. */
import { CaseAccount } from '../../../../../../workers/camera/ledger/case-account.ts';
import type { CrowdingConfig, OutRecord, OutRecordOf } from '../../../../../../contract/index.ts';
import type { Picture } from '../../../../../../workers/camera/frames/frame.ts';
import {
  CrowdingPipeline,
  type CrowdingTools,
} from '../../../../../../workers/camera/cases/crowding/pipeline.ts';
import type { Seen } from '../../../../../../workers/camera/cases/pipeline.ts';
import type { Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import type { Raster } from '../../../../../../workers/camera/vision/image/raster.ts';

export const WIDTH = 160;
export const HEIGHT = 120;
export const FPS = 5;
export const CONFIG: CrowdingConfig = {
  case: 'crowding',
  everyS: 2,
  facility: 'walkway',
  style: 'figures',
  palette: 'calm',
};
/** Straight from above: 16 pixels across and 12 down are a metre. */
export const ABOVE: NonNullable<CrowdingConfig['calibration']> = {
  points: [
    [0, 1],
    [1, 1],
    [1, 0],
    [0, 0],
  ],
  widthM: 10,
  depthM: 10,
};
export const EVERYWHERE: NonNullable<CrowdingConfig['area']> = {
  id: 'z1',
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
};

export const frame = (fill: (i: number) => number): Picture => {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let i = 0; i < pixels.length; i++) pixels[i] = i % 4 === 3 ? 255 : fill(i);
  return { width: WIDTH, height: HEIGHT, pixels };
};
export const empty = () => frame((i) => (i >> 2) % 97);

export const person = (x: number, y: number, height = 40, score = 0.8): Detection => ({
  box: [x - height / 5, y - height, x + height / 5, y],
  score,
  label: 'person',
});

/** A camera with only this case on it; keeps the pictures that were composed. */
export function camera(config: CrowdingConfig = CONFIG, tools: Partial<CrowdingTools> = {}) {
  let alive = 0;
  const account = new CaseAccount('crowding', (bytes) => (alive += bytes));
  const composed: Raster[] = [];
  const pipeline = new CrowdingPipeline(config, account, {
    load: () => Promise.reject(new Error('no sample')),
    encode: (picture) => {
      composed.push({ ...picture, pixels: picture.pixels.slice() });
      return Promise.resolve({ mime: 'image/png', base64: 'AAAA' });
    },
    ...tools,
  });
  let index = 0;
  async function show(picture: Picture, objects: Detection[]): Promise<OutRecord[]> {
    const seen: Seen = { index, timeS: index / FPS, width: WIDTH, height: HEIGHT, objects, faces: [] };
    index++;
    pipeline.track(seen);
    await pipeline.read(picture, seen);
    // What is encoded beside the frames is ready by the next.
    await Promise.resolve();
    return pipeline.extract(seen);
  }
  return {
    pipeline,
    account,
    composed,
    alive: () => alive,
    show,
    async run(
      seconds: number,
      picture: (s: number) => Picture,
      objects: (s: number) => Detection[] = () => [],
    ) {
      const out: OutRecord[] = [];
      for (let i = 0; i < seconds * FPS; i++) out.push(...(await show(picture(i / FPS), objects(i / FPS))));
      return out;
    },
  };
}

export const size = ({ width, height }: Picture) => [width, height];
/** Vitest compares arrays number by number, which takes seconds for pictures. */
export const sameBytes = (a: Uint8ClampedArray, b: Uint8ClampedArray) =>
  Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
export const crowds = (out: OutRecord[]) => out.filter((r): r is OutRecordOf<'crowd'> => r.type === 'crowd');
export const pictures = (out: OutRecord[]) =>
  out.filter((r): r is OutRecordOf<'picture'> => r.type === 'picture');
