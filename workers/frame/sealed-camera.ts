/** The frame's contents: parts held to their hashes, the camera's worker, the live scene, and what is lent. */
import type { FrameCommand, FrameWord, PassphraseTexts } from '../../contract/sealed-frame.ts';
import { blobUrl, moduleWorker } from './code-url.ts';
import { LentDecoders } from './decoders.ts';
import { adapterKind } from '../../lib/gpu-adapter.ts';
import { KeyRing } from './key-ring.ts';
import type { CameraStart, FromCamera, Question, ToCamera } from '../isolation/lending.ts';
import { scriptUrl } from '../isolation/script-url.ts';
import { PartStore } from './part-store.ts';
import { DeviceVault } from './vault/device-vault.ts';
import { DiskLine } from './vault/disk-line.ts';
import { askPassphrase } from './vault/passphrase-form.ts';

/** Parts that stay on this side: what is started from here. */
const OWN = new Set(['camera', 'live-scene', 'shape-builder', 'gpu-host']);

export class SealedCamera {
  readonly #parts: PartStore;
  readonly #keys = new KeyRing();
  readonly #decoders = new LentDecoders((message, transfer) => this.#tell(message, transfer));
  #lender: MessagePort | undefined;
  #vault: DeviceVault | undefined;
  #scene: { worker: Worker } | undefined;
  /** Parts that came before the camera was started. */
  #waiting: { part: string; bytes: ArrayBuffer }[] = [];
  #heard = false;
  /** Commands are carried out one after another: checking a part takes a moment. */
  #queue: Promise<void> = Promise.resolve();
  readonly #say: (word: FrameWord) => void;

  constructor(hashes: Readonly<Record<string, string>>, say: (word: FrameWord) => void) {
    this.#say = say;

    this.#parts = new PartStore(hashes);
  }

  take(command: FrameCommand, ports: readonly MessagePort[]): void {
    if (command.do === 'ping') {
      this.#say({ is: 'pong', n: command.n, camera: this.#heard });
      this.#heard = false;
      return;
    }
    this.#queue = this.#queue
      .then(() => this.#carryOut(command, ports))
      .catch(() => this.#say({ is: 'crashed' }));
  }

  async #carryOut(command: FrameCommand, ports: readonly MessagePort[]): Promise<void> {
    switch (command.do) {
      case 'hand':
        return this.#hold(command.name, command.bytes);
      case 'start':
        return this.#start(ports[0]!, ports[1]);
      case 'scene':
        return this.#startScene(ports[0]!, ports[1]!);
      case 'end-scene':
        this.#scene?.worker.terminate();
        this.#scene = undefined;
        return;
      case 'unlock-vault':
        // Not awaited: other commands go on while the operator types.
        void this.#unlockVault(command.texts);
        return;
      case 'lock-vault':
        return this.#vault?.lock();
    }
  }

  async #unlockVault(texts: PassphraseTexts): Promise<void> {
    const vault = this.#vault;
    try {
      if (!vault || vault.unlocked) return;
      const kind = await vault.prepare();
      this.#say({ is: 'asking' });
      if (!(await askPassphrase(kind, texts, (passphrase) => vault.unlock(passphrase)))) await vault.lock();
    } catch {
      // The camera is told by the vault when it asks for it.
    } finally {
      this.#say({ is: 'asked' });
    }
  }

  async #hold(name: string, bytes: ArrayBuffer): Promise<void> {
    if (!(await this.#parts.accepts(name, bytes))) return this.#say({ is: 'refused', name });
    if (OWN.has(name)) this.#parts.keep(name, bytes);
    else if (this.#lender) this.#tell({ part: name, bytes }, [bytes]);
    else this.#waiting.push({ part: name, bytes });
    this.#say({ is: 'held', name });
  }

  #start(records: MessagePort, disk: MessagePort | undefined): void {
    const line = new DiskLine(disk, () => this.#tell({ vault: 'lost' }));
    this.#vault = new DeviceVault(line, this.#keys);
    const canvas = document.createElement('canvas');
    Object.assign(canvas.style, { display: 'block', width: '100%', height: '100%', objectFit: 'contain' });
    Object.assign(document.body.style, { margin: '0', background: '#000', overflow: 'hidden' });
    document.documentElement.style.height = document.body.style.height = '100%';
    document.body.append(canvas);
    const offscreen = canvas.transferControlToOffscreen();
    const { port1, port2 } = new MessageChannel();
    this.#lender = port1;
    port1.onmessage = ({ data }: MessageEvent<FromCamera>) => this.#hear(data);
    const worker = moduleWorker(blobUrl(this.#parts.get('camera')), 'incam-camera');
    const crashed = (event: Event) => {
      // What went wrong stays inside: an error's text could carry anything.
      event.preventDefault();
      this.#say({ is: 'crashed' });
    };
    worker.addEventListener('error', crashed);
    worker.addEventListener('messageerror', crashed);
    const start: CameraStart = { records, lender: port2, canvas: offscreen };
    worker.postMessage(start, [records, port2, offscreen]);
    for (const part of this.#waiting.splice(0)) this.#tell(part, [part.bytes]);
  }

  #startScene(records: MessagePort, pictures: MessagePort): void {
    this.#scene?.worker.terminate();
    const worker = moduleWorker(blobUrl(this.#parts.get('live-scene')), 'incam-scene');
    this.#scene = { worker };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#say({ is: 'scene-crashed' });
    });
    const builder = blobUrl(this.#parts.get('shape-builder'));
    worker.postMessage({ start: { builder }, records, pictures }, [records, pictures]);
  }

  #tell(message: ToCamera, transfer: Transferable[] = []): void {
    this.#lender?.postMessage(message, transfer);
  }

  #hear(message: FromCamera): void {
    this.#heard = true;
    if ('ask' in message) {
      const { id } = message;
      this.#answer(message).then(
        (value) =>
          this.#tell(
            { id, value },
            value instanceof MessagePort || value instanceof ArrayBuffer ? [value] : [],
          ),
        () => this.#tell({ id, failed: true }),
      );
      return;
    }
    switch (message.tell) {
      case 'open-decoder':
        return this.#decoders.open(message.decoder, message.config);
      case 'decode':
        return this.#decoders.decode(message.decoder, message.chunk);
      case 'close-decoder':
        return this.#decoders.close(message.decoder);
      case 'painted':
        requestAnimationFrame(() => {});
    }
  }

  async #answer(question: Question): Promise<unknown> {
    switch (question.ask) {
      case 'supported':
        return (await VideoDecoder.isConfigSupported(question.config)).supported === true;
      case 'flush':
        return this.#decoders.flush(question.decoder);
      case 'digest':
        return crypto.subtle.digest('SHA-256', question.bytes);
      case 'new-key':
        return this.#keys.make();
      case 'drop-key':
        return this.#keys.drop(question.key);
      case 'encrypt':
      case 'decrypt': {
        const { ask, key, iv, context, bytes } = question;
        const algorithm = { name: 'AES-GCM', iv, additionalData: context };
        const result = await crypto.subtle[ask](algorithm, this.#keys.get(key), bytes);
        // What came here to be sealed is not left here in the clear.
        new Uint8Array(bytes as ArrayBuffer).fill(0);
        return result;
      }
      case 'vault':
        return this.#vault!.answer(question.question);
      case 'adapter':
        return adapterKind();
      case 'gpu-host':
        return this.#startGpuHost();
    }
  }

  #startGpuHost(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    // A data: worker is a secure context, which a blob worker is not; it has no address either, and shares no memory.
    const code = new TextDecoder().decode(this.#parts.get('gpu-host'));
    const url = `data:text/javascript,${encodeURIComponent(code)}`;
    const worker = new Worker(scriptUrl(url), { type: 'module', name: 'incam-gpu' });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      port1.close();
    });
    worker.postMessage(undefined, [port1]);
    return port2;
  }
}
