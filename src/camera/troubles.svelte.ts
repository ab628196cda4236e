/** What went wrong with the camera, as codes for the message catalogue. */
import { FAULTS, type FaultCode } from '../../contract/index.ts';

/** What can go wrong as the page knows it: the camera's own codes, and a worker that broke down. */
export type TroubleCode = FaultCode | PageCode;

/** What only the page can know: about the frame, and about what is handed into it. */
const PAGE_CODES = [
  'worker-crashed',
  'worker-restarted',
  'camera-silent',
  'part-changed',
  'not-reachable',
  'gate-flooded',
  'walls-missing',
  'framed',
] as const;
type PageCode = (typeof PAGE_CODES)[number];

export interface Trouble {
  readonly id: number;
  readonly code: TroubleCode;
  /** `error`: the camera has stopped; `warning`: it goes on. */
  readonly severity: 'warning' | 'error';
  readonly subject?: string;
}

/** Faults of an order, not of the camera. */
const REFUSALS: ReadonlySet<TroubleCode> = new Set<FaultCode>([
  'config-invalid',
  'line-too-short',
  'zone-too-small',
  'calibration-degenerate',
  'place-not-empty',
  'place-moving',
]);

export const isRefusal = (code: TroubleCode): boolean => REFUSALS.has(code);

const isCode = (code: unknown): code is TroubleCode =>
  [...FAULTS, ...PAGE_CODES].some((known) => known === code);

/** Finds the fault code in whatever was thrown: a `Fault`-like error of the page, or the gate's reduced answer. */
export function codeOf(error: unknown, otherwise: TroubleCode = 'internal'): TroubleCode {
  if (typeof error === 'object' && error !== null) {
    if ('code' in error && isCode(error.code)) return error.code;
    if ('message' in error && isCode(error.message)) return error.message;
  }
  return otherwise;
}

export class Troubles {
  list = $state.raw<readonly Trouble[]>([]);
  #next = 0;

  /** Enters a trouble; the same one again takes the place of the first. */
  report(code: TroubleCode, severity: Trouble['severity'], subject?: string): void {
    const trouble: Trouble = {
      id: this.#next++,
      code,
      severity,
      ...(subject !== undefined && { subject }),
    };
    const others = this.list.filter((known) => known.code !== code || known.subject !== subject);
    this.list = [...others, trouble];
  }

  /** The one that stopped the camera, if any. */
  get error(): Trouble | undefined {
    return this.list.find(({ severity }) => severity === 'error');
  }

  dismissCode(code: TroubleCode): void {
    if (this.list.some((trouble) => trouble.code === code))
      this.list = this.list.filter((trouble) => trouble.code !== code);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((trouble) => trouble.id !== id);
  }

  /** Takes away what was said about refused orders, once one was accepted. */
  dismissRefusals(): void {
    if (this.list.some(({ code }) => isRefusal(code))) {
      this.list = this.list.filter(({ code }) => !isRefusal(code));
    }
  }

  clear(): void {
    this.list = [];
  }
}
