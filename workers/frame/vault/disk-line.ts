/** The line to the disk outside the frame. */
import type { DiskAnswer, DiskContents, DiskQuestion } from '../../isolation/disk-message.ts';
import { FAULTS, type FaultCode } from '../../../contract/index.ts';
import { VaultFault } from './vault-fault.ts';

type Reply = { readonly value?: DiskContents | undefined; readonly fault?: string };

export class DiskLine {
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #last = 0;
  readonly #port: MessagePort | undefined;

  /**
   * @param port absent where the operator keeps nothing beyond the camera's life
   * @param lost called when the storage was taken away
   */
  constructor(port: MessagePort | undefined, lost: () => void) {
    this.#port = port;
    if (!port) return;
    port.onmessage = ({ data }: MessageEvent<DiskAnswer>) => {
      if ('lost' in data) return lost();
      const { id, ...reply } = data;
      this.#waiting.get(id)?.(reply);
      this.#waiting.delete(id);
    };
  }

  /** @throws {VaultFault} what the disk says */
  async ask(question: DiskQuestion): Promise<DiskContents> {
    const port = this.#port;
    if (!port) throw new VaultFault('vault-unavailable');
    const id = ++this.#last;
    const replied = new Promise<Reply>((resolve) => this.#waiting.set(id, resolve));
    port.postMessage({ id, ...question });
    const { value, fault } = await replied;
    if (fault !== undefined)
      throw new VaultFault(FAULTS.find((code: FaultCode) => code === fault) ?? 'vault-unavailable');
    return value ?? {};
  }
}
