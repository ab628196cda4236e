import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OnnxError, type OnnxReason } from '../../../../lib/onnx/errors.ts';
import type { Model } from '../../../../lib/onnx/model.ts';
import { ProtoWriter } from '../../../../lib/onnx/protobuf.ts';
import { readModel } from '../../../../lib/onnx/read.ts';
import { elements, float32Tensor, halved, int64Tensor } from '../../../../lib/onnx/tensors.ts';
import { writeModel } from '../../../../lib/onnx/write.ts';
import { graphOf } from '../../models/graphs.ts';
import { noise, SHARED_MODELS } from '../../models/tools.ts';

/** One of everything the format has and we use. */
const everything: Model = {
  irVersion: 8,
  producer: 'test',
  opsets: { '': 17, 'com.microsoft': 1 },
  graph: {
    name: 'everything',
    nodes: [
      {
        name: 'n',
        op: 'Thing',
        domain: 'com.microsoft',
        inputs: ['x', '', 'w'],
        outputs: ['y', 'z'],
        attributes: {
          int: { kind: 'int', value: -3 },
          end: { kind: 'int', value: Number.MAX_SAFE_INTEGER },
          float: { kind: 'float', value: 0.5 },
          string: { kind: 'string', value: '入力' },
          ints: { kind: 'ints', value: [1, -1, 0] },
          floats: { kind: 'floats', value: [1, 2.5] },
          strings: { kind: 'strings', value: ['a', ''] },
          tensor: { kind: 'tensor', value: int64Tensor('', [7]) },
        },
      },
    ],
    initialisers: [float32Tensor('w', [2, 1], [1, 2]), halved(float32Tensor('h', [2], [1, 0.5]))!],
    inputs: [{ name: 'x', type: 'uint8', dims: [1, 'height', null, 4] }],
    outputs: [
      { name: 'y', type: 'float32', dims: [1, 2] },
      { name: 'z', type: 'float32', dims: null },
    ],
    values: [{ name: 'v', type: 'int64', dims: [] }],
  },
};

describe('reading what was written', () => {
  it('gives the same model', () => {
    const read = readModel(writeModel(everything));
    const plain = (model: Model) =>
      JSON.parse(JSON.stringify(model, (_, v) => (v instanceof Uint8Array ? [...v] : v))) as unknown;
    expect(plain(read)).toEqual(plain(everything));
  });

  it('gives the same bytes', () => {
    const bytes = writeModel(everything);
    expect(writeModel(readModel(bytes))).toEqual(bytes);
  });

  it('reads constants written as lists like those written as raw bytes', () => {
    const tensor = (fill: (writer: ProtoWriter) => ProtoWriter, type: number, count = 2) =>
      fill(new ProtoWriter().int(1, count).int(2, type)).string(8, 'c');
    const read = (writer: ProtoWriter) => {
      const graph = new ProtoWriter().message(5, writer);
      const model = new ProtoWriter().int(1, 8).message(7, graph).finish();
      return Array.from(elements(readModel(model).graph.initialisers[0]!)!);
    };
    expect(read(tensor((w) => w.float(4, 1.5).float(4, -1), 1))).toEqual([1.5, -1]);
    expect(read(tensor((w) => w.int(7, 3).int(7, -4), 7))).toEqual([3, -4]);
    expect(read(tensor((w) => w.int(5, 3).int(5, -4), 6))).toEqual([3, -4]);
    expect(read(tensor((w) => w.int(5, 0x3c00).int(5, 0xc000), 10))).toEqual([1, -2]);
    expect(read(tensor((w) => w.int(5, 255).int(5, 0), 2))).toEqual([255, 0]);
    expect(read(tensor((w) => w.int(5, -1).int(5, 5), 3))).toEqual([-1, 5]);
    expect(read(tensor((w) => w.bytes(10, new Uint8Array(Float64Array.of(0.1, 2).buffer)), 11))).toEqual([
      0.1, 2,
    ]);
  });
});

describe('files that are something else', () => {
  const text = (value: string) => new TextEncoder().encode(value);
  const whole = writeModel(everything);
  const withGraph = (graph: ProtoWriter) => new ProtoWriter().int(1, 8).message(7, graph).finish();
  const constant = (build: (writer: ProtoWriter) => ProtoWriter) =>
    withGraph(new ProtoWriter().message(5, build(new ProtoWriter())));
  it.each<{ says: string; bytes: Uint8Array; reason: OnnxReason }>([
    { says: 'an empty file', bytes: new Uint8Array(), reason: 'not-onnx' },
    { says: 'a text', bytes: text('hello, this is not a model'), reason: 'not-onnx' },
    { says: 'a web page', bytes: text('<!doctype html><title>404</title>'), reason: 'not-onnx' },
    { says: 'JSON', bytes: text('{"format":"graph-model"}'), reason: 'not-onnx' },
    { says: 'a PNG', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), reason: 'not-onnx' },
    { says: 'a JPEG', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), reason: 'not-onnx' },
    { says: 'a zip', bytes: text('PK\u0003\u0004 and so on'), reason: 'not-onnx' },
    { says: 'zeros', bytes: new Uint8Array(64), reason: 'not-onnx' },
    { says: 'a protobuf without a graph', bytes: new ProtoWriter().int(1, 8).finish(), reason: 'not-onnx' },
    {
      says: 'a graph without a version',
      bytes: new ProtoWriter().message(7, new ProtoWriter()).finish(),
      reason: 'not-onnx',
    },
    { says: 'half a model', bytes: whole.subarray(0, whole.length >> 1), reason: 'truncated' },
    {
      says: 'a constant of 4 TB in 4 bytes',
      bytes: constant((w) =>
        w
          .int(1, 2 ** 40)
          .int(2, 1)
          .bytes(9, new Uint8Array(4)),
      ),
      reason: 'malformed',
    },
    {
      says: 'a constant of negative size',
      bytes: constant((w) => w.int(1, -1).int(2, 1).bytes(9, new Uint8Array(0))),
      reason: 'malformed',
    },
    {
      says: 'a constant of strings',
      bytes: constant((w) => w.int(1, 1).int(2, 8).bytes(6, text('a'))),
      reason: 'number-format',
    },
    {
      says: 'a constant kept in another file',
      bytes: constant((w) => w.int(1, 1).int(2, 1).int(14, 1)),
      reason: 'external-data',
    },
    {
      says: 'a graph inside a node',
      bytes: withGraph(
        new ProtoWriter().message(
          1,
          new ProtoWriter().message(
            5,
            new ProtoWriter().string(1, 'then').message(6, new ProtoWriter()).int(20, 5),
          ),
        ),
      ),
      reason: 'control-flow',
    },
  ])('$says is refused as $reason', ({ bytes, reason }) => {
    expect(() => readModel(bytes)).toThrow(
      expect.objectContaining({ name: 'OnnxError', reason }) as OnnxError,
    );
  });

  it('never breaks in another way, wherever the file ends or a byte is wrong', () => {
    const fails = (bytes: Uint8Array) => {
      try {
        readModel(bytes);
        return undefined;
      } catch (error) {
        return error instanceof OnnxError ? undefined : error;
      }
    };
    const others: unknown[] = [];
    for (let length = 0; length < whole.length; length++) others.push(fails(whole.subarray(0, length)));
    const next = noise(3);
    for (let i = 0; i < 5000; i++) {
      const broken = whole.slice();
      for (let k = 0; k < 3; k++) broken[Math.floor(next() * broken.length)] = Math.floor(next() * 256);
      others.push(fails(broken));
    }
    expect(others.filter(Boolean)).toEqual([]);
  });
});

describe('real files', () => {
  const folder = join(SHARED_MODELS, 'onnx');
  const there = existsSync(folder);
  if (!there) console.log(`no models at ${folder}: real files are not read`);
  it.runIf(there)('keep all they have', () => {
    for (const file of readdirSync(folder)) {
      const model = readModel(new Uint8Array(readFileSync(join(folder, file))));
      expect(model.graph.nodes.length, file).toBeGreaterThan(50);
      const again = readModel(writeModel(model));
      expect(again.graph.nodes, file).toEqual(model.graph.nodes);
      const same = model.graph.initialisers.filter((tensor, i) => {
        const other = again.graph.initialisers[i];
        return (
          other && other.name === tensor.name && Buffer.from(other.bytes).equals(Buffer.from(tensor.bytes))
        );
      });
      expect(same.length, file).toBe(again.graph.initialisers.length);
    }
  });
});

it('keeps attributes of files so old that they do not name their types', () => {
  const attribute = new ProtoWriter().string(1, 'axis').int(3, 2);
  const node = new ProtoWriter().string(4, 'Softmax').message(5, attribute);
  const bytes = new ProtoWriter().int(1, 3).message(7, new ProtoWriter().message(1, node)).finish();
  expect(readModel(bytes).graph.nodes[0]?.attributes).toEqual({ axis: { kind: 'int', value: 2 } });
});

it('leaves out a domain called ai.onnx, which is ONNX itself', () => {
  const model = graphOf({ inputs: { x: [1] }, nodes: [['Relu', ['x'], ['y']]], outputs: ['y'] });
  model.opsets = { 'ai.onnx': 13 };
  model.graph.nodes[0]!.domain = 'ai.onnx';
  const read = readModel(writeModel(model));
  expect(read.opsets).toEqual({ '': 13 });
  expect(read.graph.nodes[0]?.domain).toBe('');
});
