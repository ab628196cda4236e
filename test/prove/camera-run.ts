/** One run of the built site's camera on one source, with looks at all memory of the browser at the moments that matter. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import * as v from 'valibot';
import { OutRecord, type CaseId } from '../../contract/index.ts';
import { chooser, control, of, reach } from '../site/drive.ts';
import { openSite, watch, type Watch } from '../site/watch.ts';
import { CHROMIUM_ARGS, ensureChromium, SOFTWARE_GPU } from '../tools/chromium.ts';
import { look, lookInFiles, type Look } from './look.ts';
import { BrowserProcesses, MARKER_BYTES, type ProcessKind } from './processes.ts';
import type { SourceId } from './sources.ts';
import type { Copies, Traces } from './traces.ts';

export const ENGINES = ['wasm', 'mediapipe', 'webgpu'] as const;
export type Engine = (typeof ENGINES)[number];
export const MOMENTS = ['between-frames', 'paused', 'after-stop', 'after-60s'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Cases whose detector can be one of MediaPipe's. */
export const WITH_MEDIAPIPE: readonly CaseId[] = ['attributes', 'repeat-visits'];

export interface Run {
  readonly case: CaseId;
  readonly engine: Engine;
  readonly source: SourceId;
  readonly glass: 'clear' | 'opaque';
  /** What the browser is given. */
  readonly file: string;
}

export interface Seen extends Look {
  readonly moment: Moment;
  /** Since the camera was switched off, in seconds. */
  readonly afterS?: number;
  /** What the camera itself says is alive; it says so once a second. */
  readonly ledger?: { readonly alive: number; readonly waiting: number; readonly bytes: number };
}

/** What reached the page in the whole run. */
export interface Received {
  readonly messages: number;
  readonly records: Readonly<Record<string, number>>;
  /** Models at work and what computed them, as the camera told. */
  readonly engines: readonly string[];
  /** Messages with something that can hold pixels, and records that fit no schema. */
  readonly binary: number;
  readonly unfit: number;
}

/** Pictures after which a camera is warm; a graphics device made of software takes seconds for each. */
const WARM_FRAMES = { wasm: 4, mediapipe: 4, webgpu: 2 } as const;
const PATIENCE_MS = { wasm: 100_000, mediapipe: 100_000, webgpu: 240_000 } as const;
/** A process that is to end is given this long. */
const SETTLE_MS = 1500;
const LATER_MS = 60_000;
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

export class CameraRun {
  readonly #profile = mkdtempSync(join(tmpdir(), 'incam-prove-'));
  readonly #processes = new BrowserProcesses(this.#profile);
  #context!: BrowserContext;
  #page!: Page;
  #watch!: Watch;
  #stoppedMs = 0;
  readonly run: Run;
  readonly #canary: Traces;
  readonly #decoy: Traces;

  constructor(run: Run, canary: Traces, decoy: Traces) {
    this.run = run;
    this.#canary = canary;
    this.#decoy = decoy;
  }

  get #patienceMs(): number {
    return PATIENCE_MS[this.run.engine];
  }

  /** When the look after a minute is due. */
  get dueMs(): number {
    return this.#stoppedMs + LATER_MS;
  }

  /** Starts a browser and the camera in it, and waits until that is warm. @param base address of the built site */
  async start(base: string): Promise<void> {
    const { source, engine, file } = this.run;
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: ensureChromium(),
      viewport: { width: 1280, height: 720 },
      permissions: source === 'webcam' ? ['camera'] : [],
      args: [
        ...CHROMIUM_ARGS,
        ...(engine === 'webgpu' ? SOFTWARE_GPU : []),
        ...(source === 'webcam'
          ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]
          : []),
      ],
    });
    this.#page = this.#context.pages()[0] ?? (await this.#context.newPage());
    this.#watch = await watch(this.#page);
    if (source === 'stills') await this.#page.addInitScript(asStills);
    const { case: id } = this.run;
    await openSite(this.#page, base, id, {
      backend: engine === 'webgpu' ? 'webgpu' : 'wasm',
      threads: 1,
      ...(engine === 'mediapipe' && { models: { [id]: 'mediapipe-face-short' } }),
    });
    await control(this.#page, 'Start').waitFor();
    if (this.run.glass === 'opaque') await this.#page.getByRole('switch', { name: 'Opaque glass' }).click();
    await this.#name('renderer of the page', (expression) => this.#page.evaluate(expression));
    if (source === 'webcam') {
      await this.#page.getByRole('button', { name: 'Webcam', exact: true }).click();
      await control(this.#page, 'Start').click();
    } else await chooser(this.#page).setInputFiles(file);
    await reach(this.#page, 'running', this.#patienceMs);
    const frame = this.#page.frames().find((one) => one.url() === 'about:srcdoc');
    if (!frame) throw new Error('there is no sealed frame');
    await this.#name('renderer of the frame', (expression) => frame.evaluate(expression));
    await this.#page.waitForFunction(
      (wanted) =>
        window.incamWatch
          .messages()
          .some(({ record }) => record?.type === 'timing' && record.frames >= wanted),
      WARM_FRAMES[engine],
      { timeout: this.#patienceMs, polling: 100 },
    );
  }

  /** Looks at the moments in their order; the camera is off afterwards. */
  async *goThrough(moments: readonly Moment[]): AsyncGenerator<Seen> {
    if (moments.includes('between-frames')) {
      await this.#betweenFrames();
      yield this.#look('between-frames');
    }
    if (moments.includes('paused')) {
      await control(this.#page, 'Pause').click();
      await reach(this.#page, 'paused', this.#patienceMs);
      await wait(SETTLE_MS);
      yield this.#look('paused');
    }
    await control(this.#page, 'Stop').click();
    await reach(this.#page, 'wiped', this.#patienceMs);
    await this.#page.waitForFunction(() => !document.querySelector('iframe[sandbox]'), undefined, {
      timeout: this.#patienceMs,
    });
    this.#stoppedMs = Date.now();
    await wait(SETTLE_MS);
    if (moments.includes('after-stop')) yield this.#look('after-stop');
  }

  /** After a minute has gone by since the camera was switched off. */
  async later(): Promise<Seen> {
    await wait(Math.max(0, this.dueMs - Date.now()));
    return this.#look('after-60s');
  }

  /** What the page was told. */
  async received(): Promise<Received> {
    const messages = await this.#watch.messages();
    const records: Record<string, number> = {};
    const engines = new Set<string>();
    let unfit = 0;
    for (const { record } of messages) {
      if (!record) continue;
      records[record.type] = (records[record.type] ?? 0) + 1;
      if (!v.safeParse(OutRecord, record).success) unfit++;
      if (record.type !== 'status') continue;
      for (const { model, backend } of record.engines) engines.add(`${model} by ${backend}`);
    }
    return {
      messages: messages.length,
      records,
      engines: [...engines],
      binary: messages.filter(({ binary }) => binary.length > 0).length,
      unfit,
    };
  }

  /** Ends the browser. @returns what its folder holds of the canary: storage of the site is in it */
  async end(): Promise<{ path: string; copies: Copies }[]> {
    await this.#context?.close();
    try {
      return lookInFiles(this.#profile, this.#canary);
    } finally {
      rmSync(this.#profile, { recursive: true, force: true });
    }
  }

  /** Waits until the camera has told of a picture, which it does when that is destroyed. */
  async #betweenFrames(): Promise<void> {
    const last = async () => of(await this.#watch.records(), 'timing').at(-1)?.frames ?? 0;
    const before = await last();
    await this.#page.waitForFunction(
      (known) =>
        window.incamWatch.messages().some(({ record }) => record?.type === 'timing' && record.frames > known),
      before,
      { timeout: this.#patienceMs, polling: 20 },
    );
  }

  async #look(moment: Moment): Promise<Seen> {
    const seen = look(this.#processes, this.#canary, this.#decoy);
    const afterS = this.#stoppedMs && Math.round((Date.now() - seen.ms - this.#stoppedMs) / 100) / 10;
    const ledger = of(await this.#watch.records(), 'ledger').at(-1);
    return {
      moment,
      ...seen,
      ...(afterS && { afterS }),
      ...(ledger && {
        ledger: {
          alive: ledger.frames.alive,
          waiting: ledger.frames.waiting,
          bytes: ledger.pixelBytes.alive,
        },
      }),
    };
  }

  /** Puts a marker into a document and looks in which renderer it lies. */
  async #name(kind: ProcessKind, evaluate: (expression: string) => Promise<unknown>): Promise<void> {
    const seed = Math.floor(Math.random() * 2 ** 31);
    await evaluate(
      `void (self.incamMarker = Uint8Array.from({ length: ${MARKER_BYTES} }, (_, i) => (Math.imul(${seed} + i, 2654435761) >>> 24) & 255))`,
    );
    if (!this.#processes.name(kind, seed)) throw new Error(`the ${kind} was not found`);
  }
}

/** The page offers no stills; the camera takes them. What the page says of a file is changed on its way. */
function asStills() {
  if (window !== window.top) return;
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: unknown[]) {
    const call = message as { path?: string[]; argumentList?: { value: Record<string, unknown> }[] };
    const argument = call?.path?.[0] === 'open' ? call.argumentList?.[0] : undefined;
    if (argument?.value['kind'] === 'file') {
      const files = Array.from({ length: 300 }, () => argument.value['file']);
      argument.value = { kind: 'stills', files, fps: 1, pace: 'live' };
    }
    return Reflect.apply(postMessage, this, [message, ...rest]);
  };
}
