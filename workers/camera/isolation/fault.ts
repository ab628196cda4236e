import type { FaultCode } from '../../../contract/index.ts';

/**
 * A fault with a text for the visitor. The page finds the text by the code; the message here is for developers and
 * never leaves the worker.
 */
export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    options?: { cause?: unknown; subject?: string },
  ) {
    super(message, options);
    this.name = 'Fault';
    this.subject = options?.subject;
  }
  /** A short id the page itself chose (a line, a model), if the fault is about one. */
  readonly subject: string | undefined;
}
