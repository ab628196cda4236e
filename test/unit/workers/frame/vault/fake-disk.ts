/** The disk outside the frame as a thief would like it: it keeps a copy of all that was ever written. */
import type { DiskAnswer, DiskBlock, DiskQuestion } from '../../../../../workers/isolation/disk-message.ts';
import { FILE_BYTES } from '../../../../../workers/frame/vault/key-file-format.ts';
import { DeviceVault } from '../../../../../workers/frame/vault/device-vault.ts';
import { DiskLine } from '../../../../../workers/frame/vault/disk-line.ts';
import { KeyRing } from '../../../../../workers/frame/key-ring.ts';

type Written = Extract<DiskQuestion, { disk: 'write' }>;

export class FakeDisk {
  readonly file = new Uint8Array(FILE_BYTES);
  readonly blocks = new Map<string, DiskBlock>();
  /** Everything that was ever written. */
  readonly writes: Written[] = [];
  readonly kept: DiskBlock[] = [];
  /** Faults by question. */
  readonly faults: Partial<Record<DiskQuestion['disk'], string>> = {};
  opened = 0;
  outdated = 0;

  /** A frame with its own keys, on this disk. */
  frame(): { vault: DeviceVault; keys: KeyRing; close(): void } {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = ({ data }: MessageEvent<DiskQuestion & { id: number }>) => {
      const answer: DiskAnswer = this.faults[data.disk]
        ? { id: data.id, fault: this.faults[data.disk]! }
        : { id: data.id, value: this.#do(data) };
      port2.postMessage(answer);
    };
    const keys = new KeyRing();
    return {
      vault: new DeviceVault(new DiskLine(port1, () => {}), keys),
      keys,
      close: () => port1.close(),
    };
  }

  #do(question: DiskQuestion) {
    switch (question.disk) {
      case 'open':
        this.opened++;
        return { file: this.file.slice(), outdated: this.outdated };
      case 'read':
        return { blocks: [...this.blocks.values()] };
      case 'write':
        this.file.set(question.bytes, question.at);
        this.writes.push(question);
        return undefined;
      case 'keep':
        this.blocks.set(question.block.id, question.block);
        this.kept.push(question.block);
        return undefined;
      case 'drop':
        for (const id of question.ids) this.blocks.delete(id);
        return undefined;
      case 'close':
        this.opened--;
        return undefined;
    }
  }
}
