/** Reports state, times, ledger and faults through the gate, at every change and once a second. */
import { Fault } from '../isolation/fault.ts';
import type { Gate } from '../isolation/gate.ts';
import type { Ledger } from './ledger.ts';
import { statusRecord, type Described, type Status } from './status-record.ts';
import type { Timing } from './timing.ts';

/** How often the ledger and the timing are reported while nothing changes, in milliseconds. */
const REPORT_MS = 1000;

export class Reporter {
  #state: Status['state'] = 'idle';
  #reportedMs = 0;
  readonly #gate: Gate;
  readonly #ledger: Ledger;
  readonly #timing: Timing;
  readonly #camera: () => Described;

  /** @param camera the rest of the status record, beside the state */
  constructor(gate: Gate, ledger: Ledger, timing: Timing, camera: () => Described) {
    this.#gate = gate;
    this.#ledger = ledger;
    this.#timing = timing;
    this.#camera = camera;
  }

  get state(): Status['state'] {
    return this.#state;
  }

  enter(state: Status['state']): void {
    this.#state = state;
    this.all();
  }

  /** Between two frames: once a second all is reported. */
  everySecond(): void {
    if (performance.now() - this.#reportedMs >= REPORT_MS) this.all();
  }

  all(): void {
    this.figures();
    this.#gate.send(statusRecord(this.#state, this.#camera()));
  }

  /** Times and ledger. */
  figures(): void {
    this.#reportedMs = performance.now();
    this.#gate.send(this.#timing.snapshot());
    this.#gate.send(this.#ledger.snapshot(this.#gate.tally));
  }

  /** @param severity 'warning' where the camera continues */
  fail(error: unknown, severity: 'warning' | 'error'): void {
    const fault = error instanceof Fault ? error : new Fault('internal', String(error), { cause: error });
    this.#gate.send({
      type: 'fault',
      code: fault.code,
      severity,
      ...(fault.subject !== undefined && { subject: fault.subject }),
    });
    this.figures();
  }
}
