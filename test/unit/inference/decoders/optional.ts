/**
 * Public models as their authors export them, run natively: they take normalised numbers, channels first, and what
 * their cards say is done here instead of in the graph.
 */
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { COCO_CLASSES } from '../../../../models/coco.ts';
import { createDetector, type ModelCard } from '../../../../workers/inference/detector.ts';
import type { Detector, Engine } from '../../../../workers/inference/engine.ts';
import { SHARED } from '../pictures.ts';

type Input = Pick<ModelCard['input'], 'width' | 'height'> & Partial<ModelCard['input']>;

const card = (
  family: ModelCard['family'],
  classes: readonly string[],
  input: Input,
  score: number,
): ModelCard => ({
  id: family,
  family,
  engine: 'ort',
  classes: [...classes],
  thresholds: { score, nms: 0.45 },
  input: {
    fit: 'letterbox',
    align: 'top-left',
    pad: 0,
    channels: 'bgr',
    mean: [0, 0, 0],
    std: [1, 1, 1],
    ...input,
  },
});

/** File below ../shared, and the card that belongs to it. */
export const OPTIONAL = {
  yolox: {
    file: 'models/onnx/yolox_nano.onnx',
    card: card('yolox', COCO_CLASSES, { width: 416, height: 416, pad: 114 }, 0.3),
  },
  nanodet: {
    file: 'models/onnx/nanodet_m_320.onnx',
    card: card(
      'nanodet',
      COCO_CLASSES,
      { width: 320, height: 320, mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395] },
      0.35,
    ),
  },
  fastestdet: {
    file: 'models/onnx/FastestDet.onnx',
    card: card(
      'fastestdet',
      COCO_CLASSES,
      { width: 352, height: 352, fit: 'stretch', std: [255, 255, 255] },
      0.5,
    ),
  },
  yunet: {
    file: 'models/onnx/yunet_n_dynamic.onnx',
    card: card('yunet', ['face'], { width: 320, height: 320 }, 0.6),
  },
  rfb: {
    file: 'models/onnx/version-RFB-320.onnx',
    card: card(
      'rfb',
      ['face'],
      {
        width: 320,
        height: 240,
        channels: 'rgb',
        mean: [127, 127, 127],
        std: [128, 128, 128],
        fit: 'stretch',
      },
      0.7,
    ),
  },
} as const;

export async function optionalDetector(name: keyof typeof OPTIONAL): Promise<Detector> {
  const { file, card } = OPTIONAL[name];
  const session = await ort.InferenceSession.create(join(SHARED, file), {
    intraOpNumThreads: 2,
    logSeverityLevel: 4,
  });
  const { width, height, mean, std, channels } = card.input;
  const engine: Engine = {
    model: card.id,
    backend: 'wasm',
    threads: 2,
    width,
    height,
    run: async (rgba) => {
      const values = new Float32Array(3 * width * height);
      for (let channel = 0; channel < 3; channel++) {
        const from = channels === 'bgr' ? 2 - channel : channel;
        for (let i = 0; i < width * height; i++)
          values[channel * width * height + i] = (rgba[4 * i + from]! - mean[channel]!) / std[channel]!;
      }
      const input = new ort.Tensor('float32', values, [1, 3, height, width]);
      const results = await session.run({ [session.inputNames[0]!]: input });
      return new Map(
        Object.entries(results).map(([key, { dims, data }]) => [key, { dims, data: data as Float32Array }]),
      );
    },
    wipe: async () => {},
    release: () => session.release(),
  };
  return createDetector(card, engine);
}
