import { describe, expect, it } from 'vitest';
import { OnnxError } from '../../../../lib/onnx/errors.ts';
import { ProtoReader, ProtoWriter, saturate } from '../../../../lib/onnx/protobuf.ts';

describe('integers', () => {
  it.each([
    { says: 'zero', value: 0n, bytes: [0x08, 0x00] },
    { says: 'one byte', value: 127n, bytes: [0x08, 0x7f] },
    { says: 'two bytes', value: 300n, bytes: [0x08, 0xac, 0x02] },
    { says: 'a negative number in ten bytes', value: -1n, bytes: [0x08, ...Array(9).fill(0xff), 0x01] },
    { says: 'the largest', value: 2n ** 63n - 1n, bytes: [0x08, ...Array(8).fill(0xff), 0x7f] },
    { says: 'the smallest', value: -(2n ** 63n), bytes: [0x08, ...Array(9).fill(0x80), 0x01] },
  ])('$says is written and read as the format says', ({ value, bytes }) => {
    const written = new ProtoWriter().int(1, value).finish();
    expect([...written]).toEqual(bytes);
    const reader = new ProtoReader(written);
    expect(reader.next()).toBe(true);
    expect(reader.int64()).toBe(value);
    expect(reader.done).toBe(true);
  });

  it.each([
    { says: 'a safe integer stays', value: -5n, saturated: -5 },
    {
      says: 'the largest int64 becomes the largest safe integer',
      value: 2n ** 63n - 1n,
      saturated: 2 ** 53 - 1,
    },
    { says: 'the smallest likewise', value: -(2n ** 63n), saturated: -(2 ** 53 - 1) },
  ])('$says', ({ value, saturated }) => {
    expect(saturate(value)).toBe(saturated);
  });
});

describe('repeated fields', () => {
  it('reads integers packed and one by one', () => {
    const packed = new ProtoWriter()
      .bytes(1, Uint8Array.of(1, 0xac, 0x02))
      .int(1, 7)
      .finish();
    const reader = new ProtoReader(packed);
    const values: bigint[] = [];
    while (reader.next()) reader.ints(values);
    expect(values).toEqual([1n, 300n, 7n]);
  });

  it('reads floats packed and one by one', () => {
    const packed = new Uint8Array(Float32Array.of(1.5, -2).buffer);
    const reader = new ProtoReader(new ProtoWriter().bytes(1, packed).float(1, 0.25).finish());
    const values: number[] = [];
    while (reader.next()) reader.floats(values);
    expect(values).toEqual([1.5, -2, 0.25]);
  });
});

describe('damage', () => {
  const readAll = (bytes: number[]) => {
    const reader = new ProtoReader(Uint8Array.from(bytes));
    while (reader.next()) reader.skip();
  };
  it.each([
    { says: 'a number that goes on for ever', bytes: [0x08, ...Array(11).fill(0xff)], reason: 'malformed' },
    { says: 'a number that ends too early', bytes: [0x08, 0xff], reason: 'truncated' },
    { says: 'a length beyond the end', bytes: [0x0a, 0x05, 1, 2], reason: 'truncated' },
    { says: 'a length of exabytes', bytes: [0x0a, ...Array(8).fill(0xff), 0x7f], reason: 'truncated' },
    { says: 'a float that ends too early', bytes: [0x0d, 0, 0], reason: 'truncated' },
    { says: 'field number zero', bytes: [0x00, 0x00], reason: 'malformed' },
    { says: 'a group, which protobuf gave up', bytes: [0x0b], reason: 'malformed' },
    { says: 'a wire type that does not exist', bytes: [0x0f], reason: 'malformed' },
  ])('$says is $reason', ({ bytes, reason }) => {
    expect(() => readAll(bytes)).toThrow(expect.objectContaining({ name: 'OnnxError', reason }) as OnnxError);
  });

  it('tells a field of the wrong wire type', () => {
    const reader = new ProtoReader(new ProtoWriter().int(1, 5).finish());
    reader.next();
    expect(() => reader.string()).toThrow(OnnxError);
  });
});
