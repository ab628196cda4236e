/**
 * The one client of the camera: opens the sealed frame and takes it away, passes commands in, and holds the last of each
 * record that came out. It never sees a pixel: the canvas behind the glass is inside the frame.
 */
import * as Comlink from 'comlink';
import type {
  CameraApi,
  CaseConfig,
  CaseId,
  CaseCommand,
  EngineChoice,
  OutRecord,
  OutRecordOf,
  PictureShape,
  Polygon,
} from '../../contract/index.ts';
import { admit, FloodGauge } from './admit.ts';
import { LastRecords } from './last-records.svelte.ts';
import { SealedFrame, type FrameEars } from './sealed-frame.ts';
import type { CameraFrame, CameraSetup, OpenedSource, OpenFrame } from './setup.ts';
import { keepsOnDevice, Supplies } from './supplies.ts';
import { takeNote, tuned } from './tuning.ts';
import { codeOf, isRefusal, Troubles } from './troubles.svelte.ts';

/** `off`: there is no frame at all, so no memory that could hold a picture. */
export type Power = 'off' | 'starting' | 'on' | 'stopping';

export interface CameraOptions {
  /** For tests; the real frame otherwise. */
  readonly openFrame?: OpenFrame;
  /** For tests; the usual bound on records otherwise. */
  readonly flood?: () => FloodGauge;
  /** How long to wait for `wiped` before the frame is taken away anyway, in milliseconds. */
  readonly wipeWithinMs?: number;
  /** The worker broke down, or was silent for so long that it was given up; the camera is off. */
  readonly onCrash?: () => void;
  /** Records of the cases; house-keeping records are kept by the client itself. */
  readonly onRecord?: (record: OutRecord, bytes: number) => void;
  /** The camera has just been switched off; its last ledger and status can still be read. */
  readonly onOff?: () => void;
}

export class Camera {
  power = $state<Power>('off');
  /** Whether "prove it" is under way. */
  proving = $state(false);
  glass = $state<'clear' | 'opaque'>('clear');
  /** Whether the source came to its end by itself since the last start. */
  ended = $state(false);
  /**
   * Whether the camera itself has said that it is wiped. Nothing else counts: a frame that is gone has taken its memory with
   * it, but what was destroyed before is not known.
   */
  wiped = $state(false);
  /** Whether the camera has not answered the frame's heartbeat for some seconds. */
  silent = $state(false);

  readonly troubles = new Troubles();
  readonly #last = new LastRecords();
  readonly #supplies = new Supplies((progress) => {
    if (this.power === 'starting') this.#last.progress = progress;
  });
  readonly #options: CameraOptions;
  #frame: CameraFrame | undefined;
  #flood = new FloodGauge();
  #api: Comlink.Remote<CameraApi> | undefined;
  /** The start under way or running; another one is another camera. */
  #run: object | undefined;
  #opened: OpenedSource | undefined;
  #onWiped: (() => void) | undefined;
  #gone: (() => void) | undefined;
  #proofOff: (() => void) | undefined;

  constructor(options: CameraOptions = {}) {
    this.#options = options;
  }

  get status(): OutRecordOf<'status'> {
    return this.#last.status;
  }

  get timing(): OutRecordOf<'timing'> | undefined {
    return this.#last.timing;
  }

  /** The last account; stays readable after the camera is off. */
  get ledger(): OutRecordOf<'ledger'> | undefined {
    return this.#last.ledger;
  }

  /** What disclosure control has in force, by case, as the camera says. */
  get disclosure(): LastRecords['disclosure'] {
    return this.#last.disclosure;
  }

  get progress(): OutRecordOf<'progress'> | undefined {
    return this.#last.progress;
  }

  /** Stages of the frame now being stepped through, in order. */
  get steps(): readonly OutRecordOf<'step'>[] {
    return this.#last.steps;
  }

  /** "Prove it", the latest one: what was found at each step, in order. */
  get proofs(): readonly OutRecordOf<'proof'>[] {
    return this.#last.proofs;
  }

  /** What arrived since the last start, counted on this side of the gate. */
  get arrived(): LastRecords['arrived'] {
    return this.#last.arrived;
  }

  /** The same at the moment of the last ledger. */
  get arrivedByLedger(): LastRecords['arrived'] {
    return this.#last.arrivedByLedger;
  }

  /** The first of the models at work: the detector. */
  get engine(): OutRecordOf<'status'>['engines'][number] | undefined {
    return this.status.engines[0];
  }

  /** Whether frames are being taken. */
  get running(): boolean {
    return this.power === 'on' && this.status.state === 'running';
  }

  /** Pictures a second now; undefined before the first report, and of a camera that is not on. */
  get rate(): number | undefined {
    if (this.power !== 'on') return undefined;
    return this.silent ? 0 : this.timing?.fps;
  }

  /** Where the view shows the frame; absent: nowhere. To be set before the start. */
  place: HTMLElement | undefined;

  /**
   * Switches a fresh camera on and starts it. Resolves when it runs, has failed, or was switched off before it ran;
   * failures are in `troubles`.
   */
  async start(setup: CameraSetup): Promise<void> {
    if (this.power !== 'off') throw new Error('the camera is already on');
    this.power = 'starting';
    this.troubles.clear();
    this.#last.clear(this.glass);
    this.ended = false;
    this.wiped = false;
    this.#flood = this.#options.flood?.() ?? new FloodGauge();
    const run = (this.#run = {});
    const gone = new Promise<void>((resolve) => (this.#gone = resolve));
    void this.#supplies.fetchAhead(setup.engines, () => this.#run !== run || this.#frame !== undefined);
    await Promise.race([this.#powerOn(run), gone]);
    const api = this.#api;
    const frame = this.#frame;
    if (this.#run !== run) return;
    if (!api || !frame) return this.#powerOff();
    // All that is known to be needed is fetched at once, while the source opens.
    const handing = setup.engines.map((engine) => this.#supplies.handEngine(frame, engine));
    for (const handed of handing) handed.catch(() => {});
    const isOn = () => this.#api === api;
    for (const engine of setup.engines) void this.#supplies.prepare(frame, api, engine, isOn);
    /**
     * Runs one step of the start; nothing more is done once an error has stopped the camera. A worker that is no
     * longer there never answers: the caller that switched it off is not to wait for that.
     */
    const unlessFailed = async (work: () => Promise<unknown>) => {
      if (isOn() && !this.troubles.error) await Promise.race([work(), gone]);
    };
    try {
      await unlessFailed(() => api.setGlass(this.glass));
      await unlessFailed(() => this.#supplies.handCases(frame, setup.cases));
      await unlessFailed(() => api.configure(setup.cases));
      // Masks before the source: not even the first frame is seen without them.
      await unlessFailed(() => api.setMasks(setup.masks));
      // The source before the model, whose input takes the shape of the picture.
      await unlessFailed(() => this.#open(api, frame, setup));
      for (const [i, wished] of setup.engines.entries()) {
        const file = i === 0 ? setup.modelFile : undefined;
        const engine = tuned(wished);
        if (!file) await unlessFailed(() => handing[i]!);
        // The site's own models need no trial: the first picture is their first run, and comes sooner.
        const load = () =>
          file ? api.loadFile(file.file, file.card, engine) : api.load({ ...engine, warmUp: false });
        await unlessFailed(load);
      }
      await unlessFailed(() => api.start());
    } catch (error) {
      this.troubles.report(codeOf(error), 'error');
    }
    if (this.#api !== api) return;
    takeNote(setup.engines, this.status.engines);
    // Switched off while it started: the stop under way ends it, and 'stopping' is not to become 'on' again.
    if (this.power !== 'starting') return gone;
    if (this.troubles.error) return this.stop();
    this.power = 'on';
    // A clip of a few frames may be over before the last step was answered.
    if (this.ended) await this.stop();
  }

  pause(): Promise<void> {
    return this.#tell((api) => api.pause());
  }

  resume(): Promise<void> {
    this.#last.steps = [];
    return this.#tell((api) => api.start());
  }

  /** Walks one frame one stage further; what is there after the stage arrives in `steps`. */
  step(): Promise<void> {
    return this.#tell((api) => api.step());
  }

  /** Sends a made-up picture through the camera and has it searched for; what was found arrives in `proofs`. */
  async prove(): Promise<void> {
    if (this.proving) return;
    this.#last.proofs = [];
    this.proving = true;
    // A camera that is switched off in the middle of it never answers.
    const off = new Promise<void>((resolve) => (this.#proofOff = resolve));
    await Promise.race([this.#tell((api) => api.prove()), off]);
    this.proving = false;
  }

  configure(cases: CaseConfig[]): Promise<void> {
    return this.#tell(async (api, frame) => {
      await this.#supplies.handCases(frame, cases);
      await api.configure(cases);
      // Not before the camera has left it.
      if (!keepsOnDevice(cases)) frame.lockVault();
    });
  }

  /** Gets a model ready for a case that is to be switched on while the camera runs. */
  load(engine: EngineChoice): Promise<void> {
    return this.#tell(async (api, frame) => {
      await this.#supplies.handEngine(frame, engine);
      await api.load(engine);
    });
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
    if (this.power === 'off' || this.power === 'stopping') return;
    if (!api) return this.#powerOff();
    this.power = 'stopping';
    const wiped = new Promise<void>((resolve) => (this.#onWiped = resolve));
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, this.#options.wipeWithinMs ?? 10_000));
    const stopped = api.stop().then(
      () => wiped,
      (error: unknown) => this.troubles.report(codeOf(error), 'warning'),
    );
    await Promise.race([stopped, tooLong]);
    if (this.#api === api) this.#powerOff();
  }

  async #powerOn(run: object): Promise<void> {
    const ears: FrameEars = {
      silent: (silent) => {
        if (this.#run !== run) return;
        this.silent = silent;
        if (silent) this.troubles.report('camera-silent', 'warning');
        else this.troubles.dismissCode('camera-silent');
      },
      gone: () => this.#crash(run),
    };
    let frame: CameraFrame | undefined;
    try {
      frame = await (this.#options.openFrame ?? openSealedFrame)(this.place, ears);
      const records = this.#run === run ? await frame.start() : undefined;
      if (this.#run !== run || !records) return frame.close();
      records.addEventListener('message', (event) => this.#receive(run, (event as MessageEvent).data));
      records.addEventListener('messageerror', () => this.#refuse(run));
      this.#frame = frame;
      this.#api = Comlink.wrap<CameraApi>(records);
      records.start?.();
    } catch (error) {
      frame?.close();
      if (this.#run === run) this.troubles.report(codeOf(error, 'worker-crashed'), 'error');
    }
  }

  #powerOff(): void {
    this.#frame?.close();
    this.#frame = undefined;
    this.#api = undefined;
    this.#run = undefined;
    this.#onWiped = undefined;
    this.#opened?.close?.();
    this.#opened = undefined;
    this.silent = false;
    this.troubles.dismissCode('camera-silent');
    this.power = 'off';
    this.#proofOff?.();
    this.#gone?.();
    this.#options.onOff?.();
  }

  async #open(api: Comlink.Remote<CameraApi>, frame: CameraFrame, setup: CameraSetup): Promise<void> {
    const opened = await setup.source(frame);
    if (this.#api !== api) return opened.close?.();
    this.#opened = opened;
    if (opened.spec.kind === 'sample') await frame.hand(opened.spec.path);
    await api.open(Comlink.transfer(opened.spec, opened.transfer ?? []), setup.maxFps);
  }

  /** Passes a command to a camera that is on; a camera that is off takes none. */
  async #tell(send: (api: Comlink.Remote<CameraApi>, frame: CameraFrame) => Promise<void>): Promise<void> {
    const api = this.#api;
    if (!api || !this.#frame || this.power !== 'on') return;
    try {
      await send(api, this.#frame);
    } catch (error) {
      if (this.#api === api) this.troubles.report(codeOf(error), 'warning');
    }
  }

  #receive(run: object, message: unknown): void {
    if (run !== this.#run) return;
    const arrival = admit(message);
    if (arrival.is === 'answer') return;
    if (arrival.is === 'refused') return this.#refuse(run);
    const { record, bytes } = arrival;
    if (this.#flood.exceeds(bytes)) return this.#refuse(run, 'gate-flooded');
    const fromCase = this.#last.take(record, bytes);
    if (fromCase) return this.#options.onRecord?.(record, bytes);
    if (record.type === 'status') this.#onStatus(record);
    if (record.type === 'fault') this.#onFault(record);
  }

  #onStatus({ state }: OutRecordOf<'status'>): void {
    this.#frame?.expect(state === 'running' || state === 'loading' ? state : undefined);
    if (state === 'wiped') {
      this.wiped = true;
      this.#onWiped?.();
    }
    if (state !== 'ended') return;
    this.ended = true;
    // A file that has ended leaves nothing to look at: the memory is wiped at once, not when the visitor thinks of it.
    if (this.power === 'on') void this.stop();
  }

  #onFault({ code, severity, subject }: OutRecordOf<'fault'>): void {
    // A line that does not fit is refused, and the camera goes on with those it has.
    const harmless = this.power === 'on' && isRefusal(code);
    this.troubles.report(code, harmless ? 'warning' : severity, subject);
    if (severity === 'error' && !harmless && this.power === 'on') void this.stop();
  }

  /** Something left the camera that may not: no orderly stop for a camera that cannot be trusted. */
  #refuse(run: object, code: 'gate-refused' | 'gate-flooded' = 'gate-refused'): void {
    if (run !== this.#run) return;
    this.#powerOff();
    this.troubles.report(code, 'error');
  }

  #crash(run: object): void {
    if (run !== this.#run) return;
    // One that is being switched off is gone early: that it has not said so is told by `wiped`.
    const expected = this.power === 'stopping';
    this.#powerOff();
    if (expected) return;
    this.troubles.report('worker-crashed', 'error');
    this.#options.onCrash?.();
  }
}

const openSealedFrame: OpenFrame = (place, ears) => SealedFrame.open(place, ears);
