/** Our shapes against those ONNX Runtime computes, for every value inside every model. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { readCards } from '../../../../models/build/cards.ts';
import { make } from '../../../../models/build/make.ts';
import { PLACES } from '../../../../models/build/paths.ts';
import { sourceOf } from '../../../../models/build/sources.ts';
import { trueInputs, type Model } from '../../../../lib/onnx/model.ts';
import { readModel } from '../../../../lib/onnx/read.ts';
import { inferShapes } from '../../../../lib/onnx/shapes.ts';
import { session, SHARED_MODELS } from '../../models/tools.ts';

/** Every float value as an output, so that the runtime tells its shape. */
function exposed(model: Model, values: ReturnType<typeof inferShapes>): Model {
  const names = model.graph.nodes.flatMap(({ outputs }) => outputs).filter((name) => name !== '');
  const floats = names.filter((name) => values.get(name)?.type === 'float32');
  return {
    ...model,
    graph: { ...model.graph, outputs: floats.map((name) => ({ name, type: 'float32', dims: null })) },
  };
}

async function disagreements(model: Model, size: number[]): Promise<string[]> {
  const [input] = trueInputs(model.graph);
  const values = inferShapes(model, { [input!.name]: size });
  const all = exposed(model, values);
  const ready = await session(all);
  const count = size.reduce((a, b) => a * b, 1);
  const feed =
    input!.type === 'uint8'
      ? new ort.Tensor('uint8', new Uint8Array(count), size)
      : new ort.Tensor('float32', new Float32Array(count), size);
  const outputs = await ready.run({ [input!.name]: feed });
  await ready.release();
  expect(Object.keys(outputs).length).toBe(all.graph.outputs.length);
  return Object.entries(outputs).flatMap(([name, { dims }]) => {
    const ours = values.get(name)!.dims.join();
    return ours === dims.join() ? [] : [`${name}: ${ours}, runtime ${dims.join()}`];
  });
}

/** One card of each graph: those not preferred share the graph of one that is. */
describe('carried models', async () => {
  const cards = (await readCards()).filter(({ preferred, make }) => preferred && make.from === 'tfjs');
  it.each(cards.map((card) => ({ id: card.id, card })))('$id', async ({ card }) => {
    const { bytes } = make(card, (await sourceOf(card, PLACES))!);
    const { width, height, multipleOf } = card.input;
    const sizes = [[height, width], ...(multipleOf === undefined ? [] : [[multipleOf, 3 * multipleOf]])];
    for (const sides of sizes) expect(await disagreements(readModel(bytes), [1, ...sides, 4])).toEqual([]);
  });
});

const folder = join(SHARED_MODELS, 'onnx');
const present = existsSync(folder);
if (!present) console.log(`no models at ${folder}: shapes are compared on the carried ones only`);

describe.skipIf(!present)(`optional models${present ? '' : `: no models at ${folder}`}`, () => {
  it.each((present ? readdirSync(folder) : ['any']).map((file) => ({ file })))('$file', async ({ file }) => {
    const model = readModel(new Uint8Array(readFileSync(join(folder, file))));
    const open = [1, 3, 96, 160];
    const size = trueInputs(model.graph)[0]!.dims!.map((dim, i) =>
      typeof dim === 'number' ? dim : open[i]!,
    );
    expect(await disagreements(model, size)).toEqual([]);
  });
});
