import { beforeEach, describe, expect, it } from 'vitest';
import type { OutRecord } from '../../../../../contract/index.ts';
import { Fault } from '../../../../../workers/camera/isolation/fault.ts';
import { Gate } from '../../../../../workers/camera/isolation/gate.ts';
import { countRecord } from '../runtime/fakes.ts';

let posted: unknown[];
let gate: Gate;
beforeEach(() => {
  posted = [];
  gate = new Gate((message) => posted.push(message));
});

const count = countRecord(0) as Extract<OutRecord, { type: 'count' }>;

describe('records', () => {
  it('lets a record of the contract out and counts its bytes as JSON', () => {
    gate.send(count);
    expect(posted).toEqual([{ record: count }]);
    expect(gate.tally).toMatchObject({ records: 1, caseRecords: 1, bytes: JSON.stringify(count).length });
  });

  it('counts house-keeping apart from what the cases produced', () => {
    gate.send({ type: 'fault', code: 'internal', severity: 'warning' });
    expect(gate.tally).toMatchObject({ records: 1, caseRecords: 0, caseBytes: 0 });
  });

  it.each([
    { says: 'a field the contract does not know', record: { ...count, trackId: 7 } },
    { says: 'pixels in an unknown field', record: { ...count, crop: new Uint8ClampedArray(16) } },
    { says: 'pixels in a known field', record: { ...count, line: new Uint8Array(4) } },
    { says: 'free text where an identifier belongs', record: { ...count, line: 'Mr Yamada, 35 years' } },
    { says: 'a long identifier that could carry data', record: { ...count, line: 'a'.repeat(17) } },
    { says: 'an unknown kind', record: { ...count, kind: 'face' } },
    { says: 'a time finer than a tenth of a second', record: { ...count, atS: 1.2345 } },
    { says: 'a speed finer than a whole number', record: { ...count, speedKmh: 4.2 } },
    { says: 'a number that is not finite', record: { ...count, atS: Infinity } },
    { says: 'an unknown type', record: { type: 'picture', bytes: new ArrayBuffer(8) } },
    {
      says: 'a fault with a text',
      record: { type: 'fault', code: 'internal', severity: 'error', text: 'x' },
    },
    { says: 'nothing', record: undefined },
    { says: 'a bitmap in place of a record', record: new ArrayBuffer(64) },
  ])('refuses $says', ({ record }) => {
    expect(() => gate.send(record as unknown as OutRecord)).toThrowError(Fault);
    expect(posted).toEqual([]);
    expect(gate.tally).toMatchObject({ records: 0, bytes: 0, refused: 1 });
  });
});

describe("Comlink's answers", () => {
  it('lets "done" out', () => {
    gate.answer({ id: 'a', type: 'RAW', value: undefined });
    expect(posted).toEqual([{ id: 'a', type: 'RAW', value: undefined }]);
  });

  it('reduces a failure to its code: a message could carry anything', () => {
    const value = {
      isError: true,
      value: { name: 'Fault', message: 'pixel 0 was 119', code: 'gpu-lost', stack: 'x' },
    };
    gate.answer({ id: 'a', type: 'HANDLER', name: 'throw', value });
    expect(posted).toEqual([
      {
        id: 'a',
        type: 'HANDLER',
        name: 'throw',
        value: { isError: true, value: { name: 'Fault', message: 'gpu-lost', stack: '' } },
      },
    ]);
  });

  it('says "internal" for an error it does not know', () => {
    const value = { isError: true, value: { name: 'Error', message: 'pixel 0 was 119' } };
    gate.answer({ id: 'a', type: 'HANDLER', name: 'throw', value });
    expect(JSON.stringify(posted)).not.toContain('119');
    expect(JSON.stringify(posted)).toContain('internal');
  });

  it.each([
    { says: 'a return value', message: { id: 'a', type: 'RAW', value: [1, 2, 3] } },
    { says: 'pixels read through a getter', message: { id: 'a', type: 'RAW', value: new Uint8Array(9) } },
    { says: 'a proxied object', message: { id: 'a', type: 'HANDLER', name: 'proxy', value: {} } },
  ])('refuses $says and tells the caller so', ({ message }) => {
    gate.answer(message);
    expect(gate.tally.refused).toBe(1);
    expect(JSON.stringify(posted)).toContain('gate-refused');
    expect(posted).toHaveLength(1);
    expect(posted[0]).toHaveProperty('type', 'HANDLER');
  });
});
