/**
 * The one client of the camera worker: switches it on and off, passes commands in, and holds the last of each record
 * that came out. It never sees a pixel: the canvas behind the glass is handed over and cannot be read back.
 */
import * as Comlink from 'comlink';
import {
  type CameraApi,
  type CaseConfig,
  type CaseId,
  type CaseCommand,
  type EngineChoice,
  type OutRecord,
  type OutRecordOf,
  type PictureShape,
  type Polygon,
  type SourceSpec,
} from '../../contract/index.ts';
import { admit } from './admit.ts';
import { takeNote, tuned } from './tuning.ts';
import { Silence } from './silence.svelte.ts';
import { codeOf, isRefusal, Troubles } from './troubles.svelte.ts';

/** `off`: there is no worker at all, so no memory that could hold a picture. */
export type Power = 'off' | 'starting' | 'on' | 'stopping';

/** A source ready to be handed to the worker, and how to let the device go afterwards. */
export interface OpenedSource {
  readonly spec: SourceSpec;
  readonly transfer?: Transferable[];
  /** Switches the device off; may be called twice. */
  close?(): void;
}

/** Everything a camera needs before its first frame. */
export interface CameraSetup {
  /** One for each role that the cases need. */
  readonly engines: readonly EngineChoice[];
  /** A model file of the reader's own, with the card that describes it; in place of the first engine's. */
  readonly modelFile?: { readonly file: Blob; readonly card: unknown };
  readonly cases: CaseConfig[];
  readonly masks: Polygon[];
  /** Opens the device or names the file; may throw a fault. */
  readonly source: () => Promise<OpenedSource>;
  /** Takes at most so many pictures a second, as a slower chip would. */
  readonly maxFps?: number | undefined;
}

export interface CameraOptions {
  /** For tests; the real worker otherwise. */
  readonly createWorker?: () => Worker;
  /** How long to wait for `wiped` before the worker is terminated anyway, in milliseconds. */
  readonly wipeWithinMs?: number;
  /** The worker broke down, or was silent for so long that it was given up; the camera is off. */
  readonly onCrash?: () => void;
  /** Records of the cases; house-keeping records are kept by the client itself. */
  readonly onRecord?: (record: OutRecord, bytes: number) => void;
}

const createCameraWorker = () =>
  new Worker(new URL('../../workers/camera/main.ts', import.meta.url), {
    type: 'module',
    name: 'incam-camera',
  });

const IDLE: OutRecordOf<'status'> = { type: 'status', state: 'idle', glass: 'clear', engines: [] };

export class Camera {
  power = $state<Power>('off');
  status = $state.raw<OutRecordOf<'status'>>(IDLE);
  timing = $state.raw<OutRecordOf<'timing'> | undefined>();
  /** The last account; stays readable after the camera is off. */
  ledger = $state.raw<OutRecordOf<'ledger'> | undefined>();
  progress = $state.raw<OutRecordOf<'progress'> | undefined>();
  /** Stages of the frame now being stepped through, in order. */
  steps = $state.raw<readonly OutRecordOf<'step'>[]>([]);
  /** What arrived since the last start, counted on this side of the gate. */
  arrived = $state.raw({ records: 0, bytes: 0, caseRecords: 0, caseBytes: 0 });
  glass = $state<'clear' | 'opaque'>('clear');
  /** Whether the source came to its end by itself since the last start. */
  ended = $state(false);
  /** Grows with every start: a canvas can be handed over only once, so the view makes a fresh one for each. */
  generation = $state(0);

  readonly troubles = new Troubles();
  readonly #silence = new Silence();
  readonly #options: CameraOptions;
  #worker: Worker | undefined;
  #api: Comlink.Remote<CameraApi> | undefined;
  #canvas: HTMLCanvasElement | undefined;
  #opened: OpenedSource | undefined;
  #wiped: (() => void) | undefined;
  #gone: (() => void) | undefined;

  constructor(options: CameraOptions = {}) {
    this.#options = options;
  }

  /** The first of the models at work: the detector. */
  get engine(): OutRecordOf<'status'>['engines'][number] | undefined {
    return this.status.engines[0];
  }

  /** Whether frames are being taken. */
  get running(): boolean {
    return this.power === 'on' && this.status.state === 'running';
  }

  /** Whether a running camera has said nothing for some seconds. */
  get silent(): boolean {
    return this.#silence.silent;
  }

  /** Pictures a second now; undefined before the first report, and of a camera that is not on. */
  get rate(): number | undefined {
    if (this.power !== 'on') return undefined;
    return this.silent ? 0 : this.timing?.fps;
  }

  /** The view's canvas; to be called with a fresh element for each generation. */
  set canvas(canvas: HTMLCanvasElement | undefined) {
    this.#canvas = canvas;
  }

  /**
   * Switches a fresh camera on and starts it. Resolves when it runs, has failed, or was switched off before it ran;
   * failures are in `troubles`.
   */
  async start(setup: CameraSetup): Promise<void> {
    if (this.power !== 'off') throw new Error('the camera is already on');
    this.power = 'starting';
    this.troubles.clear();
    this.steps = [];
    this.ended = false;
    this.progress = undefined;
    this.timing = undefined;
    this.ledger = undefined;
    this.arrived = { records: 0, bytes: 0, caseRecords: 0, caseBytes: 0 };
    this.status = { ...IDLE, glass: this.glass };
    const api = this.#powerOn();
    const gone = new Promise<void>((resolve) => (this.#gone = resolve));
    /**
     * Runs one step of the start; nothing more is done once an error has stopped the camera. A worker that is no
     * longer there never answers: whoever switched it off is not to wait for that.
     */
    const unlessFailed = async (work: () => Promise<unknown>) => {
      if (this.#api === api && !this.troubles.error) await Promise.race([work(), gone]);
    };
    try {
      await unlessFailed(() => this.#attachCanvas(api));
      await unlessFailed(() => api.setGlass(this.glass));
      await unlessFailed(() => api.configure(setup.cases));
      // Masks before the source: not even the first frame is seen without them.
      await unlessFailed(() => api.setMasks(setup.masks));
      // The source before the model, whose input takes the shape of the picture.
      await unlessFailed(() => this.#open(api, setup));
      for (const [i, wished] of setup.engines.entries()) {
        const file = i === 0 ? setup.modelFile : undefined;
        const engine = tuned(wished);
        await unlessFailed(() => (file ? api.loadFile(file.file, file.card, engine) : api.load(engine)));
      }
      await unlessFailed(() => api.start());
    } catch (error) {
      this.troubles.report(codeOf(error), 'error');
    }
    if (this.#api !== api) return;
    takeNote(setup.engines, this.status.engines);
    if (this.troubles.error) return this.stop();
    this.power = 'on';
    // A clip of a few frames may be over before the last step was answered.
    if (this.ended) await this.stop();
  }

  pause(): Promise<void> {
    return this.#tell((api) => api.pause());
  }

  resume(): Promise<void> {
    this.steps = [];
    return this.#tell((api) => api.start());
  }

  /** Walks one frame one stage further; what is there after the stage arrives in `steps`. */
  step(): Promise<void> {
    return this.#tell((api) => api.step());
  }

  configure(cases: CaseConfig[]): Promise<void> {
    return this.#tell((api) => api.configure(cases));
  }

  /** Gets a model ready for a case that is to be switched on while the camera runs. */
  load(engine: EngineChoice): Promise<void> {
    return this.#tell((api) => api.load(engine));
  }

  command(command: CaseCommand): Promise<void> {
    return this.#tell((api) => api.command(command));
  }

  /** @param drawnOn the pictures' shape that the drawing was made anew for, after it changed */
  setMasks(masks: Polygon[], drawnOn?: PictureShape): Promise<void> {
    return this.#tell((api) => api.setMasks(masks, drawnOn));
  }

  setGlass(glass: 'clear' | 'opaque'): Promise<void> {
    this.glass = glass;
    return this.#tell((api) => api.setGlass(glass));
  }

  reset(caseId: CaseId): Promise<void> {
    return this.#tell((api) => api.reset(caseId));
  }

  /** Ends the source, waits until the camera has wiped itself, then takes its memory away altogether. */
  async stop(): Promise<void> {
    const api = this.#api;
    if (!api || this.power === 'stopping') return;
    this.power = 'stopping';
    const wiped = new Promise<void>((resolve) => (this.#wiped = resolve));
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, this.#options.wipeWithinMs ?? 10_000));
    const stopped = api.stop().then(
      () => wiped,
      (error: unknown) => this.troubles.report(codeOf(error), 'warning'),
    );
    await Promise.race([stopped, tooLong]);
    if (this.#api === api) this.#powerOff();
  }

  #powerOn(): Comlink.Remote<CameraApi> {
    const worker = (this.#options.createWorker ?? createCameraWorker)();
    worker.addEventListener('message', (event: MessageEvent) => this.#receive(worker, event.data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#crash(worker);
    });
    worker.addEventListener('messageerror', () => this.#refuse(worker));
    this.#worker = worker;
    this.#silence.watch(() => this.#crash(worker));
    return (this.#api = Comlink.wrap<CameraApi>(worker));
  }

  #powerOff(): void {
    this.#silence.end();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#api = undefined;
    this.#wiped = undefined;
    this.#opened?.close?.();
    this.#opened = undefined;
    this.#canvas = undefined;
    this.generation++;
    this.power = 'off';
    this.#gone?.();
  }

  async #attachCanvas(api: Comlink.Remote<CameraApi>): Promise<void> {
    if (!this.#canvas) return;
    const canvas = this.#canvas.transferControlToOffscreen();
    await api.attachPreview(Comlink.transfer(canvas, [canvas]));
  }

  async #open(api: Comlink.Remote<CameraApi>, setup: CameraSetup): Promise<void> {
    const opened = await setup.source();
    if (this.#api !== api) return opened.close?.();
    this.#opened = opened;
    await api.open(Comlink.transfer(opened.spec, opened.transfer ?? []), setup.maxFps);
  }

  /** Passes a command to a camera that is on; a camera that is off takes none. */
  async #tell(send: (api: Comlink.Remote<CameraApi>) => Promise<void>): Promise<void> {
    const api = this.#api;
    if (!api || this.power !== 'on') return;
    try {
      await send(api);
    } catch (error) {
      if (this.#api === api) this.troubles.report(codeOf(error), 'warning');
    }
  }

  #receive(worker: Worker, message: unknown): void {
    if (worker !== this.#worker) return;
    this.#silence.heard();
    const arrival = admit(message);
    if (arrival.is === 'answer') return;
    if (arrival.is === 'refused') return this.#refuse(worker);
    const { record, bytes } = arrival;
    const fromCase = this.#keep(record);
    this.arrived = {
      records: this.arrived.records + 1,
      bytes: this.arrived.bytes + bytes,
      caseRecords: this.arrived.caseRecords + (fromCase ? 1 : 0),
      caseBytes: this.arrived.caseBytes + (fromCase ? bytes : 0),
    };
    if (fromCase) this.#options.onRecord?.(record, bytes);
  }

  /** Keeps the last house-keeping record of each type. @returns whether the record is a case's own */
  #keep(record: OutRecord): boolean {
    switch (record.type) {
      case 'status':
        this.#onStatus(record);
        return false;
      case 'timing':
        this.timing = record;
        return false;
      case 'ledger':
        this.ledger = record;
        return false;
      case 'progress':
        this.progress = record;
        return false;
      case 'step':
        this.steps = this.steps.at(-1)?.frame === record.frame ? [...this.steps, record] : [record];
        return false;
      case 'fault':
        this.#onFault(record);
        return false;
      default:
        return true;
    }
  }

  #onStatus(status: OutRecordOf<'status'>): void {
    this.status = status;
    this.#silence.expect(status.state === 'running');
    if (status.state === 'wiped') this.#wiped?.();
    if (status.state !== 'ended') return;
    this.ended = true;
    // A file that has ended leaves nothing to look at: the memory is wiped at once, not when somebody thinks of it.
    if (this.power === 'on') void this.stop();
  }

  #onFault({ code, severity, subject }: OutRecordOf<'fault'>): void {
    // A line that does not fit is refused, and the camera goes on with those it has.
    const harmless = this.power === 'on' && isRefusal(code);
    this.troubles.report(code, harmless ? 'warning' : severity, subject);
    if (severity === 'error' && !harmless && this.power === 'on') void this.stop();
  }

  /** Something left the camera that may not: no orderly stop for a camera that cannot be trusted. */
  #refuse(worker: Worker): void {
    if (worker !== this.#worker) return;
    this.#powerOff();
    this.troubles.report('gate-refused', 'error');
  }

  #crash(worker: Worker): void {
    if (worker !== this.#worker) return;
    this.#powerOff();
    this.troubles.report('worker-crashed', 'error');
    this.#options.onCrash?.();
  }
}
