/** The line to the disk outside: the camera's keys are numbers, the disk's are the browser's own objects. */
import type { DiskAnswer, DiskContents, DiskQuestion } from '../isolation/disk-message.ts';
import type { KeyHandle } from '../isolation/lending.ts';
import type { KeyRing } from './key-ring.ts';

export class DiskLine {
  readonly #waiting = new Map<number, (answer: { value?: unknown; fault?: string }) => void>();
  #last = 0;
  readonly #port: MessagePort | undefined;
  readonly #keys: KeyRing;

  /**
   * @param port absent where the operator keeps nothing beyond the camera's life
   * @param lost called when the disk was taken away
   */
  constructor(port: MessagePort | undefined, keys: KeyRing, lost: () => void) {
    this.#port = port;
    this.#keys = keys;

    if (!port) return;
    port.onmessage = ({ data }: MessageEvent<DiskAnswer<CryptoKey>>) => {
      if ('lost' in data) return lost();
      const { id, ...answer } = data;
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    };
  }

  async ask(question: DiskQuestion<KeyHandle>): Promise<{ value?: unknown; fault?: string }> {
    const port = this.#port;
    if (!port) return { fault: 'vault-unavailable' };
    const id = ++this.#last;
    const answered = new Promise<{ value?: unknown; fault?: string }>((resolve) =>
      this.#waiting.set(id, resolve),
    );
    const outside: DiskQuestion<CryptoKey> =
      question.disk === 'put'
        ? { disk: 'put', day: { ...question.day, key: this.#keys.get(question.day.key) } }
        : question;
    port.postMessage({ id, ...outside });
    const answer = await answered;
    const contents = answer.value as DiskContents<CryptoKey> | undefined;
    if (!contents) return answer;
    const days = contents.days.map((day) => ({ ...day, key: this.#keys.add(day.key) }));
    return { value: { ...contents, days } };
  }
}
