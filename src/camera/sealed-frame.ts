/**
 * The page's side of the sealed frame: makes it, hands parts in, asks whether it is alive, and takes it away.
 *
 * The frame has an origin of its own that nothing else shares, and in Chromium a process of its own: the page cannot look
 * into it, and it cannot reach anything (its policy names no address). What leaves it are the records of the gate, on one port.
 */
import { frameHash, frameScript, parts } from 'virtual:incam-sealed';
import * as v from 'valibot';
import { FrameWord, Ready, type FrameCommand, type PassphraseTexts } from '../../contract/sealed-frame.ts';
import { PartFault, takePart } from './fetch-part.ts';
import { beforePageChange } from './page-change.ts';
import { Pulse, type Work } from './pulse.ts';
import { frameHtml } from './trusted-html.ts';

/** How often the frame is asked whether it is there, in milliseconds. */
const PING_MS = 400;
/** A frame that has not said it is ready by then does not come up. In milliseconds. */
const READY_MS = 20_000;

/** What the frame may do is nothing: no address, no style, no frame, no form; code only from its own memory. */
const POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${frameHash}' blob: 'wasm-unsafe-eval'`,
  'worker-src blob: data:',
  'connect-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export interface FrameEars {
  /** The frame, or the camera in it, has not been heard of for more than two seconds; or again has. */
  silent(silent: boolean): void;
  /** It broke down, or has not answered for so long that it is given up. */
  gone(): void;
}

/** Name of the runtime's binary with our own kernels. */
const RUNTIME = Object.keys(parts).find((name) => /^models\/ort-[\d.]+\.wasm$/.test(name));

/** What every camera needs, and what each engine needs besides. */
export const CORE_PARTS = ['camera', 'models/registry.json'] as const;
export const ENGINE_PARTS = {
  ort: ['ort-wasm', 'ort-thread', 'thread-lockdown', ...(RUNTIME ? [RUNTIME] : [])],
  webgpu: ['gpu-host', 'ort-webgpu-binary'],
  mediapipe: ['mediapipe', 'mediapipe-loader', 'mediapipe-binary'],
  scene: ['live-scene', 'shape-builder'],
} as const;

export class SealedFrame {
  readonly #element: HTMLIFrameElement;
  readonly #control: MessagePort;
  readonly #handing = new Map<string, { promise: Promise<void>; done: () => void; refused: () => void }>();
  readonly #scenes = new Set<() => void>();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #ears: FrameEars;
  readonly #forgetPage: () => void;
  #records: MessagePort | undefined;
  #disk: Worker | undefined;
  #diskPort: MessagePort | undefined;
  /** The operator is asked for the vault's passphrase: resolves when that is over. */
  #asking: { readonly over: Promise<void>; readonly end: () => void } | undefined;
  #pings = 0;
  readonly #pulse = new Pulse();
  #silent = false;
  #closed = false;

  private constructor(element: HTMLIFrameElement, control: MessagePort, ears: FrameEars) {
    this.#element = element;
    this.#control = control;
    this.#ears = ears;
    control.onmessage = ({ data }) => this.#hear(data);
    this.#timer = setInterval(() => this.#ping(), PING_MS);
    this.#forgetPage = beforePageChange(this.#rescue);
  }

  /**
   * A view that is left takes what it shows away at once; a camera in it would be gone before it has wiped itself. The frame
   * is moved out of the view, alive, where a browser can do that, and closed when the camera has said that it is wiped.
   */
  readonly #rescue = (): void => {
    const { body } = document as { body: HTMLElement & { moveBefore?(node: Node, before: null): void } };
    if (this.#element.parentElement === body || !body.moveBefore || !this.#element.isConnected) return;
    body.moveBefore(this.#element, null);
    hide(this.#element);
  };

  /**
   * Makes a fresh frame; one is never used twice, because only with the element its process goes.
   * @param place where its picture is shown; absent: nowhere
   * @throws {Error} when it does not come up
   */
  static async open(place: HTMLElement | undefined, ears: FrameEars): Promise<SealedFrame> {
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.allow = 'cross-origin-isolated';
    element.tabIndex = -1;
    element.setAttribute('aria-hidden', 'true');
    element.srcdoc = frameHtml(POLICY, frameScript);
    if (!place) hide(element);
    const ready = new Promise<void>((resolve, reject) => {
      const timeout = setTimeout(() => reject(new Error('the frame does not come up')), READY_MS);
      const onMessage = (event: MessageEvent) => {
        if (event.source !== element.contentWindow || !v.is(Ready, event.data)) return;
        clearTimeout(timeout);
        removeEventListener('message', onMessage);
        resolve();
      };
      addEventListener('message', onMessage);
    });
    (place ?? document.body).append(element);
    try {
      await ready;
    } catch (error) {
      element.remove();
      throw error;
    }
    const { port1, port2 } = new MessageChannel();
    // The frame's origin has no name that a message could be addressed to; this window is the one that said it is ready.
    element.contentWindow!.postMessage({ incam: 'begin' }, '*', [port2]);
    return new SealedFrame(element, port1, ears);
  }

  /** Hands in the camera and starts it. @returns where its records arrive */
  async start(): Promise<MessagePort> {
    await Promise.all(CORE_PARTS.map((name) => this.hand(name)));
    const { port1, port2 } = new MessageChannel();
    this.#records = port1;
    const disk = new MessageChannel();
    this.#diskPort = disk.port1;
    this.#command({ do: 'start' }, [port2, disk.port2]);
    return port1;
  }

  /**
   * Hands one part in, once.
   * @throws {PartFault} when the site does not have it, or the frame refuses it
   */
  hand(name: string, onBytes?: (loaded: number, total: number) => void): Promise<void> {
    const known = this.#handing.get(name);
    if (known) return known.promise;
    let done!: () => void;
    let refused!: () => void;
    const held = new Promise<void>((resolve, reject) => {
      done = resolve;
      refused = () => reject(new PartFault(name, 'changed'));
    });
    const promise = takePart(name, onBytes).then((bytes) => {
      if (this.#closed) return new Promise<void>(() => {});
      this.#command({ do: 'hand', name, bytes }, [bytes]);
      return held;
    });
    promise.catch(() => this.#handing.delete(name));
    this.#handing.set(name, { promise, done, refused });
    return promise;
  }

  /**
   * Starts the live scene in the frame.
   * @param pictures the port on which its pictures leave; its other end is the camera's
   * @param onCrash called when it broke down
   * @returns the port of its records
   */
  async startScene(pictures: MessagePort, onCrash: () => void): Promise<MessagePort> {
    await Promise.all(ENGINE_PARTS.scene.map((name) => this.hand(name)));
    const { port1, port2 } = new MessageChannel();
    this.#scenes.add(onCrash);
    this.#command({ do: 'scene' }, [port2, pictures]);
    return port1;
  }

  endScene(): void {
    this.#scenes.clear();
    if (!this.#closed) this.#command({ do: 'end-scene' });
  }

  /** @param work what the camera is at: then its silence counts as well as the frame's */
  expect(work: Work | undefined): void {
    this.#pulse.expect(work);
  }

  /** Takes the frame away, and with it its process and all that is in it. Safe to call twice. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#forgetPage();
    this.#control.close();
    this.#records?.close();
    this.#disk?.terminate();
    this.#element.remove();
    this.#asking?.end();
  }

  /**
   * Opens case 3's vault on the device: connects the place outside where it is kept, and has the frame ask the operator for the
   * passphrase, which the page never sees. Until then the disk's port has no other end.
   * @returns resolves when the operator has answered, or there was nothing to ask; the camera tells what came of it
   */
  unlockVault(texts: PassphraseTexts): Promise<void> {
    if (this.#closed || !this.#diskPort) return Promise.resolve();
    if (this.#asking) return this.#asking.over;
    if (!this.#disk) {
      this.#disk = diskWorker();
      this.#disk.postMessage(undefined, [this.#diskPort]);
    }
    let end!: () => void;
    const over = new Promise<void>((resolve) => (end = resolve));
    this.#asking = { over, end };
    this.#command({ do: 'unlock-vault', texts });
    return over;
  }

  /** Lets the keys of the vault on the device go; another camera may open it then. */
  lockVault(): void {
    if (this.#disk && !this.#closed) this.#command({ do: 'lock-vault' });
  }

  #command(command: FrameCommand, transfer: Transferable[] = []): void {
    this.#control.postMessage(command, transfer);
  }

  #hear(message: unknown): void {
    const word = v.safeParse(FrameWord, message);
    if (!word.success) return this.#giveUp();
    switch (word.output.is) {
      case 'held':
        return this.#handing.get(word.output.name)?.done();
      case 'refused':
        return this.#handing.get(word.output.name)?.refused();
      case 'pong':
        this.#pulse.answered(word.output.camera);
        return this.#judge();
      case 'asking':
        if (this.#asking) raise(this.#element);
        return;
      case 'asked':
        lower(this.#element);
        this.#asking?.end();
        this.#asking = undefined;
        return;
      case 'crashed':
        return this.#giveUp();
      case 'scene-crashed':
        for (const crashed of this.#scenes) crashed();
    }
  }

  #ping(): void {
    if (!this.#element.isConnected) return this.#giveUp();
    this.#judge();
    this.#pulse.asked(document.hidden);
    this.#command({ do: 'ping', n: ++this.#pings });
  }

  #judge(): void {
    const found = this.#pulse.judge();
    if (found === 'dead') return this.#giveUp();
    const silent = found === 'silent';
    if (silent !== this.#silent) this.#ears.silent((this.#silent = silent));
  }

  #giveUp(): void {
    if (this.#closed) return;
    this.close();
    this.#ears.gone();
  }
}

const diskWorker = () =>
  new Worker(new URL('../../workers/vault-disk/main.ts', import.meta.url), {
    type: 'module',
    name: 'incam-vault-disk',
  });

/**
 * Destroys what is kept on this device, keys first, with no camera on it.
 * @returns whether it is gone; not while another camera has it open
 */
export function eraseVault(): Promise<boolean> {
  const worker = diskWorker();
  const { port1, port2 } = new MessageChannel();
  return new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data?.erased === true);
    worker.onerror = () => resolve(false);
    worker.postMessage('erase', [port2]);
  }).finally(() => {
    port1.close();
    worker.terminate();
  });
}

/** Shows the frame above all else, with the keyboard: the operator types into it. It must not be moved, which would reload it. */
function raise(element: HTMLIFrameElement): void {
  const size = {
    width: 'min(30rem, 100vw)',
    height: 'min(27rem, 100vh)',
    maxWidth: 'none',
    maxHeight: 'none',
  };
  const place = { position: 'fixed', inset: '0', margin: 'auto', zIndex: '10', visibility: 'visible' };
  const edge = {
    border: '0',
    padding: '0',
    borderRadius: '12px',
    boxShadow: '0 0 0 100vmax rgb(0 0 0 / 60%)',
  };
  element.dataset['style'] = element.style.cssText;
  element.popover = 'manual';
  Object.assign(element.style, { ...size, ...place, ...edge, display: 'block', pointerEvents: 'auto' });
  element.showPopover?.();
  element.removeAttribute('aria-hidden');
  element.tabIndex = 0;
  element.focus();
}

function lower(element: HTMLIFrameElement): void {
  const before = element.dataset['style'];
  if (before === undefined) return;
  delete element.dataset['style'];
  element.style.cssText = before;
  element.popover = null;
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
}

/** Present, but nowhere to be seen. */
function hide({ style }: HTMLElement): void {
  const corner = { position: 'fixed', inset: 'auto 0 0 auto', width: '1px', height: '1px' };
  Object.assign(style, { ...corner, border: '0', pointerEvents: 'none' });
}
