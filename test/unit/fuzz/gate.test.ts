/** Records at the gate, and messages at the page, the camera and the frame: only what the contract says gets through. */
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { OutRecord } from '../../../contract/index.ts';
import { Begin, FrameCommand, FrameWord } from '../../../contract/sealed-frame.ts';
import { admit, sizeOf } from '../../../src/camera/admit.ts';
import { guardedEndpoint } from '../../../workers/camera/isolation/endpoint.ts';
import { Fault } from '../../../workers/camera/isolation/fault.ts';
import { Gate } from '../../../workers/camera/isolation/gate.ts';
import { fromSchema } from './from-schema.ts';
import { ALIEN, mutated } from './mutate.ts';
import { TIMEOUT_MS, tries } from './runs.ts';

const records = fromSchema(OutRecord) as fc.Arbitrary<OutRecord>;

/** Sends a value through a gate. @returns what left */
function sent(value: unknown): { left: unknown[]; tally: Gate['tally']; fault?: Fault } {
  const left: unknown[] = [];
  const gate = new Gate((message) => void left.push(message));
  try {
    gate.send(value as OutRecord);
    return { left, tally: gate.tally };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { left, tally: gate.tally, fault: error };
  }
}

/** Whether a value is plain data: what JSON carries, and nothing beside it. */
function isPlain(value: unknown): boolean {
  if (value === undefined || value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Reflect.ownKeys(value).every(
    (key) =>
      (isList && key === 'length') ||
      (typeof key === 'string' && isPlain((value as Record<string, unknown>)[key])),
  );
}

it(
  'a record that fits leaves as plain data, is counted by its bytes and admitted by the page; others are refused',
  () => {
    const passed = new Set<string>();
    fc.assert(
      fc.property(records, (record) => {
        const { left, tally, fault } = sent(record);
        // Only a picture that was iconised leaves, and none of these was.
        if (record.type === 'picture' || !v.is(OutRecord, record))
          return void expect([fault?.code, left]).toEqual(['gate-refused', []]);
        passed.add(record.type);
        expect(fault).toBeUndefined();
        expect(left).toHaveLength(1);
        expect(isPlain(left[0])).toBe(true);
        expect(admit(structuredClone(left[0]))).toMatchObject({ is: 'record', bytes: tally.bytes });
        expect(tally.bytes).toBe(sizeOf((left[0] as { record: OutRecord }).record));
      }),
      tries(),
    );
    // Else the property would say nothing.
    expect(passed.size).toBeGreaterThan(10);
  },
  TIMEOUT_MS,
);

it(
  'a record that nearly fits is refused whole, or leaves as plain data that the contract names',
  () => {
    fc.assert(
      fc.property(mutated(records), (value) => {
        const { left, tally, fault } = sent(value);
        expect(left.length + tally.refused).toBe(1);
        if (fault) return void expect(fault.code).toBe('gate-refused');
        expect(isPlain(left[0])).toBe(true);
        expect(v.is(OutRecord, (left[0] as { record: unknown }).record)).toBe(true);
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);

it(
  'what arrives at the page is a record, an answer without content, or refused; nothing throws',
  () => {
    const envelope = mutated(fc.record({ record: records }));
    fc.assert(
      fc.property(fc.oneof(ALIEN, fc.anything(), envelope), (message) => {
        const arrival = admit(message);
        if (arrival.is === 'record') expect(isPlain(arrival.record)).toBe(true);
        else expect(['answer', 'refused']).toContain(arrival.is);
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);

it(
  'a message that is no plain call of a known method is not heard by the camera',
  () => {
    const message = fc.record(
      {
        id: fc.string(),
        type: fc.constantFrom('APPLY', 'GET', 'SET', 'CONSTRUCT', 'ENDPOINT', 'RELEASE', 'HANDLER'),
        path: fc.oneof(
          fc.array(fc.constantFrom('start', 'prove', 'constructor', '__proto__', 'call', 'bind'), {
            maxLength: 3,
          }),
          fc.constant('start'),
        ),
        argumentList: fc.array(fc.anything(), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(message, fc.anything()), (data) => {
        const scope = new EventTarget();
        const heard: unknown[] = [];
        const endpoint = guardedEndpoint(new Gate(() => {}), scope);
        endpoint.addEventListener('message', (event) => heard.push((event as MessageEvent).data));
        scope.dispatchEvent(new MessageEvent('message', { data }));
        for (const call of heard) {
          expect(call).toMatchObject({ type: 'APPLY' });
          expect(['start', 'prove']).toContain((call as { path: string[] }).path[0]);
          expect((call as { path: string[] }).path).toHaveLength(1);
        }
      }),
      {
        ...tries(),
        // Found by this property: the second step led from a method to the function that makes functions.
        examples: [[{ id: '1', type: 'APPLY', path: ['start', 'constructor'], argumentList: [] }]],
      },
    );
  },
  TIMEOUT_MS,
);

it(
  'what crosses the border of the frame is taken only as the contract has it',
  () => {
    const border = [Begin, FrameWord].map((schema) => mutated(fromSchema(schema)));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), ALIEN, ...border), (message) => {
        for (const schema of [Begin, FrameCommand, FrameWord]) {
          const parsed = v.safeParse(schema as v.GenericSchema, message);
          // Bytes go in, and never come out.
          if (parsed.success && schema !== FrameCommand) expect(isPlain(parsed.output)).toBe(true);
        }
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);
