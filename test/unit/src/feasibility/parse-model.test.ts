import { describe, expect, it, vi } from 'vitest';
import { float32Tensor } from '../../../../lib/onnx/tensors.ts';
import { writeModel } from '../../../../lib/onnx/write.ts';
import { ProtoWriter } from '../../../../lib/onnx/protobuf.ts';
import {
  bytesOf,
  examine,
  FileError,
  LARGEST_FILE,
  parse,
  type FileFault,
} from '../../../../workers/feasibility/parse-model.ts';
import { Reader, type ReadWorker } from '../../../../src/feasibility/model-worker-client.ts';
import type { ReadAnswer, ReadRequest } from '../../../../workers/feasibility/messages.ts';
import { graphOf, type Sketch } from '../../models/graphs.ts';

const SIDE = { width: 64, height: 32 };
const sketch = (parts: Partial<Sketch> = {}) =>
  writeModel(
    graphOf({
      inputs: { x: [1, 3, 'h', 'w'] },
      constants: { w: { dims: [4, 3, 1, 1] } },
      nodes: [['Conv', ['x', 'w'], ['y']]],
      outputs: ['y'],
      ...parts,
    }),
  );

function faultOf(bytes: Uint8Array): FileFault | undefined {
  try {
    examine(parse(bytes), SIDE);
  } catch (error) {
    if (error instanceof FileError) return error.fault;
    throw error;
  }
  return undefined;
}

const external = new ProtoWriter()
  .int(1, 8)
  .message(
    7,
    new ProtoWriter().message(5, new ProtoWriter().int(1, 1).int(2, 1).string(8, 'weights').int(14, 1)),
  )
  .finish();

describe('a file', () => {
  it('is taken apart at the size asked for, where that is open', () => {
    const { anatomy, open } = examine(parse(sketch()), SIDE);
    expect(open).toBe(true);
    expect(anatomy).toMatchObject({ picture: SIDE, parameters: 12, macs: 64 * 32 * 12 });
  });

  it.each<{ says: string; bytes: Uint8Array; fault: object }>([
    { says: 'text', bytes: new TextEncoder().encode('%PDF-1.7 hello'), fault: { code: 'not-onnx' } },
    {
      says: 'noise',
      bytes: Uint8Array.from({ length: 500 }, (_, i) => (i * 73) % 251),
      fault: { code: 'not-onnx' },
    },
    {
      says: 'a file that ends too early',
      bytes: sketch({ constants: { w: float32Tensor('w', [4, 3, 1, 1], Array<number>(12).fill(1)) } }).slice(
        0,
        -40,
      ),
      fault: { code: 'truncated' },
    },
    {
      says: 'unknown operations, all of them named',
      bytes: sketch({
        nodes: [
          ['Conv', ['x', 'w'], ['c']],
          ['NonMaxSuppression', ['c'], ['d']],
          ['GridSample', ['d'], ['y']],
        ],
      }),
      fault: { code: 'unknown-operators', ops: ['GridSample', 'NonMaxSuppression'] },
    },
    { says: 'weights in another file', bytes: external, fault: { code: 'external-data' } },
    {
      says: 'a graph that contradicts itself',
      bytes: sketch({ nodes: [['Conv', ['nobody', 'w'], ['y']]] }),
      fault: { code: 'malformed' },
    },
    {
      says: 'an input no picture fits',
      bytes: sketch({ inputs: { x: [1, 5, 'h', 'w'] } }),
      fault: { code: 'malformed' },
    },
  ])('$says is refused with a code', ({ bytes, fault }) => {
    expect(faultOf(bytes)).toMatchObject(fault);
  });

  it('cut anywhere is refused or read, and breaks nothing', () => {
    const whole = sketch();
    for (let length = 0; length < whole.length; length++) {
      const fault = faultOf(whole.slice(0, length));
      if (fault) expect(fault.code).toMatch(/^(not-onnx|truncated|malformed|unsupported|wrong-shape)$/);
    }
  });

  it('of half a gigabyte is refused before a byte of it is read', async () => {
    const arrayBuffer = vi.fn();
    const file = { size: 500e6, arrayBuffer } as unknown as Blob;
    expect(file.size).toBeGreaterThan(LARGEST_FILE);
    await expect(bytesOf(file)).rejects.toMatchObject({ fault: { code: 'too-large', bytes: 500e6 } });
    expect(arrayBuffer).not.toHaveBeenCalled();
  });

  it('that is empty or may not be read is told from one that is broken', async () => {
    await expect(bytesOf(new Blob([]))).rejects.toMatchObject({ fault: { code: 'empty' } });
    const locked = { size: 1, arrayBuffer: () => Promise.reject(new DOMException('no', 'NotReadableError')) };
    await expect(bytesOf(locked as unknown as Blob)).rejects.toMatchObject({ fault: { code: 'unreadable' } });
  });
});

describe('the reading worker, as the page has it', () => {
  function rig() {
    const workers: (ReadWorker & { orders: ReadRequest[]; ended: boolean })[] = [];
    const reader = new Reader(() => {
      const worker = {
        orders: [] as ReadRequest[],
        ended: false,
        onmessage: null,
        onerror: null,
        postMessage: (order: ReadRequest) => worker.orders.push(order),
        terminate: () => (worker.ended = true),
      } as unknown as (typeof workers)[number];
      workers.push(worker);
      return worker;
    });
    const answer = (i: number, data: ReadAnswer) =>
      workers[i]!.onmessage!.call(workers[i] as unknown as Worker, { data } as MessageEvent);
    return { reader, workers, answer };
  }
  const finding = examine(parse(sketch()), SIDE);
  const file = new Blob(['x']);

  it('answers a question', async () => {
    const { reader, workers, answer } = rig();
    const asked = reader.ask(SIDE, file);
    answer(0, { id: workers[0]!.orders[0]!.id, finding });
    await expect(asked).resolves.toBe(finding);
  });

  it('tells what is wrong', async () => {
    const { reader, workers, answer } = rig();
    const asked = reader.ask(SIDE, file);
    answer(0, { id: workers[0]!.orders[0]!.id, fault: { code: 'empty' } });
    await expect(asked).rejects.toMatchObject({ fault: { code: 'empty' } });
  });

  it('gives up the question before for the next, and ends a worker that is at another file', async () => {
    const { reader, workers, answer } = rig();
    const first = reader.ask(SIDE, file);
    const second = reader.ask(SIDE, file);
    await expect(first).resolves.toBeUndefined();
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    answer(1, { id: workers[1]!.orders[0]!.id, finding });
    await expect(second).resolves.toBe(finding);
  });

  it('asks the same worker again for another size, and hears no answer to the old one', async () => {
    const { reader, workers, answer } = rig();
    const first = reader.ask(SIDE, file);
    answer(0, { id: workers[0]!.orders[0]!.id, finding });
    await first;
    const second = reader.ask({ width: 32, height: 32 });
    expect(workers).toHaveLength(1);
    expect(workers[0]!.orders[1]).not.toHaveProperty('file');
    answer(0, { id: workers[0]!.orders[0]!.id, fault: { code: 'empty' } });
    answer(0, { id: workers[0]!.orders[1]!.id, finding });
    await expect(second).resolves.toBe(finding);
  });

  it('does not even hand over an oversized file', async () => {
    const { reader, workers } = rig();
    await expect(reader.ask(SIDE, { size: 500e6 } as Blob)).rejects.toMatchObject({
      fault: { code: 'too-large' },
    });
    expect(workers).toHaveLength(0);
  });

  it('ends a worker that breaks or does not come to an end', async () => {
    const { reader, workers } = rig();
    const asked = reader.ask(SIDE, file);
    workers[0]!.onerror!.call(workers[0] as unknown as Worker, { preventDefault() {} } as ErrorEvent);
    await expect(asked).rejects.toMatchObject({ fault: { code: 'unreadable' } });
    vi.useFakeTimers();
    try {
      const endless = reader.ask(SIDE, file);
      const refused = expect(endless).rejects.toMatchObject({ fault: { code: 'took-too-long' } });
      await vi.advanceTimersByTimeAsync(60_000);
      await refused;
    } finally {
      vi.useRealTimers();
    }
    expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
  });
});
