/**
 * The one way out of the camera.
 *
 * Every record is validated against `contract.ts` before it is posted; what does not fit is refused, counted and
 * reported as a fault. Comlink's answers take the same way and may say only "done" or "failed with this code": a getter
 * or a return value cannot carry anything. Guidebook duties 8 (nothing but what is needed) and 12 (use range).
 */
import * as v from 'valibot';
import { FAULTS, OutRecord, type CaseId, type FaultCode, type OutRecordOf } from '../../../contract/index.ts';
import { Fault } from './fault.ts';
import { isSealed } from '../vision/anonymize/seal.ts';

/** How a message physically leaves; captured once by `lockdown` before anything else runs. */
export type Post = (message: unknown) => void;

/** What went out through the gate in a case's name. */
export type CaseTally = Pick<OutRecordOf<'ledger'>['cases'][number], 'records' | 'bytes' | 'pictures'>;

/** What the gate has let through so far. */
export interface GateTally {
  records: number;
  bytes: number;
  pictures: number;
  caseRecords: number;
  caseBytes: number;
  refused: number;
  /** The same for each case that has said anything. */
  cases: Partial<Record<CaseId, CaseTally>>;
}

/** Comlink's own envelope for an answer; the value must be nothing. */
const Answer = v.strictObject({ id: v.string(), type: v.literal('RAW'), value: v.undefined() });
const Failure = v.object({
  id: v.string(),
  type: v.literal('HANDLER'),
  name: v.literal('throw'),
  value: v.object({ isError: v.boolean(), value: v.unknown() }),
});

export class Gate {
  readonly #post: Post;
  readonly #tally: GateTally = {
    records: 0,
    bytes: 0,
    pictures: 0,
    caseRecords: 0,
    caseBytes: 0,
    refused: 0,
    cases: {},
  };

  constructor(post: Post) {
    this.#post = post;
  }

  get tally(): Readonly<GateTally> {
    return this.#tally;
  }

  /**
   * Lets one record out.
   * @throws {Fault} 'gate-refused' when the record does not fit the contract; nothing was posted then
   */
  send(record: OutRecord): void {
    const checked = v.safeParse(OutRecord, record);
    if (!checked.success) {
      this.#tally.refused++;
      const where = v.getDotPath(checked.issues[0]) ?? '(root)';
      throw new Fault('gate-refused', `record refused at ${where}: ${checked.issues[0].message}`);
    }
    // A picture leaves only if it was made by iconising; its form alone proves nothing.
    if (record.type === 'picture' && !isSealed(record)) {
      this.#tally.refused++;
      throw new Fault('gate-refused', 'a picture that was not iconised');
    }
    // JSON is what a network would carry, and what the page shows the visitor.
    const bytes = utf8Length(JSON.stringify(checked.output));
    this.#tally.records++;
    this.#tally.bytes += bytes;
    if ('case' in checked.output) this.#enter(checked.output, bytes);
    this.#post({ record: checked.output });
  }

  /** Enters a case's own record; the others are house-keeping. */
  #enter({ case: id, type }: Extract<OutRecord, { case: CaseId }>, bytes: number): void {
    const pictures = type === 'picture' ? 1 : 0;
    this.#tally.caseRecords++;
    this.#tally.caseBytes += bytes;
    this.#tally.pictures += pictures;
    const before = this.#tally.cases[id];
    this.#tally.cases[id] = {
      records: (before?.records ?? 0) + 1,
      bytes: (before?.bytes ?? 0) + bytes,
      pictures: (before?.pictures ?? 0) + pictures,
    };
  }

  /** Tells a page that feeds frames one by one that it may send the next; carries nothing else. */
  acknowledge(port: MessagePort): void {
    MessagePort.prototype.postMessage.call(port, 'next');
  }

  /** What Comlink posts through: empty answers pass, failures are reduced to a fault code, the rest is refused. */
  answer(message: unknown): void {
    const done = v.safeParse(Answer, message);
    if (done.success) return this.#post(done.output);
    const failed = v.safeParse(Failure, message);
    if (failed.success) {
      const { id, type, name } = failed.output;
      const code = faultCode(failed.output.value.value);
      return this.#post({
        id,
        type,
        name,
        value: { isError: true, value: { name: 'Fault', message: code, stack: '' } },
      });
    }
    this.#tally.refused++;
    const id = v.safeParse(v.object({ id: v.string() }), message);
    if (id.success) {
      const value = { isError: true, value: { name: 'Fault', message: 'gate-refused', stack: '' } };
      this.#post({ id: id.output.id, type: 'HANDLER', name: 'throw', value });
    }
  }
}

/** The only thing an error may say outside: its code. */
function faultCode(error: unknown): FaultCode {
  const parsed = v.safeParse(v.object({ code: v.picklist(FAULTS) }), error);
  if (parsed.success) return parsed.output.code;
  const message = v.safeParse(v.object({ message: v.picklist(FAULTS) }), error);
  return message.success ? message.output.message : 'internal';
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
