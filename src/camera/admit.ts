/**
 * The page's side of the gate: what arrives from the camera is checked once more, by the same contract. The camera's
 * own gate should have refused anything else already, so a violation here means that the camera is not to be trusted.
 */
import * as v from 'valibot';
import { OutRecord } from '../../contract/index.ts';

const Envelope = v.strictObject({ record: OutRecord });
/** Comlink's answer to a call: every method of the camera resolves to nothing. */
const Done = v.strictObject({ id: v.string(), type: v.literal('RAW'), value: v.undefined() });
/** Comlink's answer to a call that failed. */
const Failed = v.looseObject({ id: v.string(), type: v.literal('HANDLER'), name: v.literal('throw') });

/** Bytes of records a camera may send in a second, measured over ten: ten times what any case was seen to send. */
export const MAX_BYTES_PER_SECOND = 2_000_000;
const WINDOW_MS = 10_000;

/** Bounds what can leave the camera even in records that fit the contract. */
export class FloodGauge {
  #since = -Infinity;
  #bytes = 0;
  readonly #now: () => number;
  readonly #maxBytesPerSecond: number;

  constructor(now: () => number = () => performance.now(), maxBytesPerSecond = MAX_BYTES_PER_SECOND) {
    this.#now = now;
    this.#maxBytesPerSecond = maxBytesPerSecond;
  }

  /** @returns whether so much is more than a camera can have to say */
  exceeds(bytes: number): boolean {
    const now = this.#now();
    if (now - this.#since > WINDOW_MS) {
      this.#since = now;
      this.#bytes = 0;
    }
    this.#bytes += bytes;
    return this.#bytes > this.#maxBytesPerSecond * (WINDOW_MS / 1000);
  }
}

export type Arrival =
  { is: 'record'; record: OutRecord; bytes: number } | { is: 'answer' } | { is: 'refused' };

const encoder = new TextEncoder();

/** Size of a record as JSON in UTF-8, which is how the gate counts too. */
export const sizeOf = (record: OutRecord): number => encoder.encode(JSON.stringify(record)).byteLength;

/** Sorts one message of the worker: a record that fits the contract, an answer without content, or neither. */
export function admit(message: unknown): Arrival {
  const envelope = v.safeParse(Envelope, message);
  if (envelope.success) {
    return { is: 'record', record: envelope.output.record, bytes: sizeOf(envelope.output.record) };
  }
  return v.is(Done, message) || v.is(Failed, message) ? { is: 'answer' } : { is: 'refused' };
}
