/** Small .tflite files and bundles for tests, written by the flatbuffers library. */
import { Builder, type Offset } from 'flatbuffers';

interface Sketch {
  /** BuiltinOperator; 32 is CUSTOM. */
  op: number;
  custom?: string;
  x: number[];
  weights: number[];
  y: number[];
}

/** A model of one operation: x and float weights in, y out. */
export function tfliteOf({ op, custom, x, weights, y }: Sketch): Uint8Array {
  const b = new Builder(1024);
  const ints = (values: number[]) => {
    b.startVector(4, values.length, 4);
    for (const value of values.toReversed()) b.addInt32(value);
    return b.endVector();
  };
  const offsets = (values: Offset[]) => {
    b.startVector(4, values.length, 4);
    for (const value of values.toReversed()) b.addOffset(value);
    return b.endVector();
  };
  const table = (fields: number, add: () => void) => {
    b.startObject(fields);
    add();
    return b.endObject();
  };
  const count = weights.reduce((a, c) => a * c, 1);
  const data = b.createByteVector(new Uint8Array(count * 4).fill(1));
  const empty = table(1, () => {});
  const filled = table(1, () => b.addFieldOffset(0, data, 0));
  const tensor = (shape: number[], buffer: number) => {
    const dims = ints(shape);
    return table(4, () => {
      b.addFieldOffset(0, dims, 0);
      b.addFieldInt32(2, buffer, 0);
    });
  };
  const tensors = offsets([tensor(x, 0), tensor(weights, 1), tensor(y, 0)]);
  const [reads, makes] = [ints([0, 1]), ints([2])];
  const operator = table(3, () => {
    b.addFieldOffset(1, reads, 0);
    b.addFieldOffset(2, makes, 0);
  });
  const operators = offsets([operator]);
  const [inputs, outputs] = [ints([0]), ints([2])];
  const graph = table(4, () => {
    b.addFieldOffset(0, tensors, 0);
    b.addFieldOffset(1, inputs, 0);
    b.addFieldOffset(2, outputs, 0);
    b.addFieldOffset(3, operators, 0);
  });
  const name = custom === undefined ? 0 : b.createString(custom);
  const code = table(4, () => {
    b.addFieldInt8(0, op, 0);
    b.addFieldOffset(1, name, 0);
    b.addFieldInt32(3, op, 0);
  });
  const [codes, graphs, buffers] = [offsets([code]), offsets([graph]), offsets([empty, filled])];
  const model = table(5, () => {
    b.addFieldInt32(0, 3, 0);
    b.addFieldOffset(1, codes, 0);
    b.addFieldOffset(2, graphs, 0);
    b.addFieldOffset(4, buffers, 0);
  });
  b.finish(model, 'TFL3');
  return b.asUint8Array().slice();
}

/** A zip; `method` 0 is stored. Check sums are left out: the reader does not use them. */
export function zipOf(files: Record<string, Uint8Array>, method = 0): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const header = (size: number, write: (view: DataView) => void) => {
    const bytes = new Uint8Array(size);
    write(new DataView(bytes.buffer));
    return bytes;
  };
  for (const [name, bytes] of Object.entries(files)) {
    const text = new TextEncoder().encode(name);
    const local = header(30, (view) => {
      view.setUint32(0, 0x04034b50, true);
      view.setUint16(8, method, true);
      view.setUint32(18, bytes.length, true);
      view.setUint32(22, bytes.length, true);
      view.setUint16(26, text.length, true);
    });
    const entry = header(46, (view) => {
      view.setUint32(0, 0x02014b50, true);
      view.setUint16(10, method, true);
      view.setUint32(20, bytes.length, true);
      view.setUint32(24, bytes.length, true);
      view.setUint16(28, text.length, true);
      view.setUint32(42, at, true);
    });
    parts.push(local, text, bytes);
    directory.push(entry, text);
    at += 30 + text.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = header(22, (view) => {
    view.setUint32(0, 0x06054b50, true);
    view.setUint16(10, Object.keys(files).length, true);
    view.setUint32(12, size, true);
    view.setUint32(16, at, true);
  });
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}
