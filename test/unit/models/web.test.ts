/** The carried models in the runtime that the site uses: they load, give what their cards state, and log no warning. */
import fs from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type * as Ort from 'onnxruntime-web/wasm';
import { readCards } from '../../../models/build/cards.ts';
import { make } from '../../../models/build/make.ts';
import { PLACES } from '../../../models/build/paths.ts';
import { sourceOf } from '../../../models/build/sources.ts';
import { float32Tensor } from '../../../lib/onnx/tensors.ts';
import { writeModel } from '../../../lib/onnx/write.ts';
import { graphOf } from './graphs.ts';

// In Node the runtime's own log goes past the console, straight to the file descriptor.
const write = vi.spyOn(fs, 'writeSync').mockImplementation(() => 0);
const consoles = (['warn', 'error'] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation(() => {}),
);
const spies = [write, ...consoles];
const warnings = () => spies.flatMap((spy) => (spy.mock.calls as unknown[][]).map((call) => call.join(' ')));
const ort: typeof Ort = await import('onnxruntime-web/wasm');
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'warning';

afterAll(() => spies.forEach((spy) => spy.mockRestore()));

async function run(
  bytes: Uint8Array,
  height: number,
  width: number,
): Promise<Record<string, readonly number[]>> {
  spies.forEach((spy) => spy.mockClear());
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    freeDimensionOverrides: { height, width },
  });
  const picture = new ort.Tensor('uint8', new Uint8Array(height * width * 4), [1, height, width, 4]);
  const outputs = await session.run({ input: picture });
  await session.release();
  return Object.fromEntries(Object.entries(outputs).map(([name, { dims }]) => [name, dims]));
}

describe('in onnxruntime-web', async () => {
  it('a warning is heard', async () => {
    const model = graphOf({
      inputs: { input: { type: 'uint8', dims: [1, 'height', 'width', 4] } },
      nodes: [['Cast', ['input'], ['out'], { to: 1 }]],
      outputs: ['out'],
    });
    model.graph.initialisers.push(float32Tensor('nobody-reads-this', [1], [0]));
    await run(writeModel(model), 4, 4);
    expect(warnings().join()).toContain('nobody-reads-this');
  });

  const cards = (await readCards()).filter(({ preferred, make }) => preferred && make.from === 'tfjs');
  it.each(cards.map((card) => ({ id: card.id, card })))('$id runs without one', async ({ card }) => {
    const { bytes } = make(card, (await sourceOf(card, PLACES))!);
    const { width, height, multipleOf } = card.input;
    const sizes =
      multipleOf === undefined
        ? [[height, width]]
        : [
            [64, 96],
            [96, 64],
          ];
    for (const [h, w] of sizes as [number, number][]) {
      const found = await run(bytes, h, w);
      expect(warnings()).toEqual([]);
      expect(Object.keys(found).sort()).toEqual(Object.keys(card.outputs).sort());
      if (card.family === 'centernet') {
        expect(found['hm']).toEqual([1, card.classes.length, h / 4, w / 4]);
        expect(found['wh']).toEqual([1, 4, h / 4, w / 4]);
      }
      if (card.family === 'blazeface') {
        const cells = (stride: number) => (h / stride) * (w / stride);
        expect(found['cls16']).toEqual([1, 2 * cells(16), 1]);
        expect(found['reg8']).toEqual([1, 6 * cells(32), 16]);
      }
    }
  });
});
