/** The last record of each house-keeping type that came out of the camera, and what arrived since the last start. */
import type { CaseId, OutRecord, OutRecordOf } from '../../contract/index.ts';

const IDLE: OutRecordOf<'status'> = { type: 'status', state: 'idle', glass: 'clear', engines: [] };

/** What has arrived before anything has. */
const NOTHING = { records: 0, bytes: 0, caseRecords: 0, caseBytes: 0 };

export class LastRecords {
  status = $state.raw<OutRecordOf<'status'>>(IDLE);
  timing = $state.raw<OutRecordOf<'timing'> | undefined>();
  /** The last account; stays readable after the camera is off. */
  ledger = $state.raw<OutRecordOf<'ledger'> | undefined>();
  /** What disclosure control has in force, by case, as the camera says. */
  disclosure = $state.raw<Readonly<Partial<Record<CaseId, OutRecordOf<'disclosure'>>>>>({});
  progress = $state.raw<OutRecordOf<'progress'> | undefined>();
  /** Stages of the frame now being stepped through, in order. */
  steps = $state.raw<readonly OutRecordOf<'step'>[]>([]);
  /** "Prove it", the latest one: what was found at each step, in order. */
  proofs = $state.raw<readonly OutRecordOf<'proof'>[]>([]);
  /** What arrived since the last start, counted on this side of the gate. */
  arrived = $state.raw(NOTHING);
  /** The same at the moment of the last ledger: beside what the ledger says, it is one figure from one moment. */
  arrivedByLedger = $state.raw(NOTHING);

  /** Forgets what the run before has told. */
  clear(glass: 'clear' | 'opaque'): void {
    this.steps = [];
    this.proofs = [];
    this.progress = undefined;
    this.disclosure = {};
    this.timing = undefined;
    this.ledger = undefined;
    this.arrived = this.arrivedByLedger = NOTHING;
    this.status = { ...IDLE, glass };
  }

  /**
   * Counts a record, and keeps it where it is about the camera itself.
   * @returns whether it is a case's own
   */
  take(record: OutRecord, bytes: number): boolean {
    const fromCase = this.#keep(record);
    const { arrived } = this;
    this.arrived = {
      records: arrived.records + 1,
      bytes: arrived.bytes + bytes,
      caseRecords: arrived.caseRecords + (fromCase ? 1 : 0),
      caseBytes: arrived.caseBytes + (fromCase ? bytes : 0),
    };
    return fromCase;
  }

  #keep(record: OutRecord): boolean {
    switch (record.type) {
      case 'status':
        this.status = record;
        return false;
      case 'timing':
        this.timing = record;
        return false;
      case 'ledger':
        this.ledger = record;
        this.arrivedByLedger = this.arrived;
        return false;
      case 'disclosure':
        this.disclosure = { ...this.disclosure, [record.about]: record };
        return false;
      case 'progress':
        this.progress = record;
        return false;
      case 'step':
        this.steps = this.steps.at(-1)?.frame === record.frame ? [...this.steps, record] : [record];
        return false;
      case 'proof':
        this.proofs = [...this.proofs, record];
        return false;
      case 'fault':
        return false;
      default:
        return true;
    }
  }
}
