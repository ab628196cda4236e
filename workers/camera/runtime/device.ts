/**
 * The camera itself: opens a source, loads a model, runs frames through the stations, and stops with a wipe.
 *
 * Everything it has to say leaves as a record through the gate; its methods return nothing. A fault leaves the camera
 * usable: the source or model that failed is dropped, buffers are zeroed, counts and configuration stay.
 */
import * as v from 'valibot';
import { eachStep } from '../isolation/each-step.ts';
import { parseInput } from '../isolation/parse-input.ts';
import {
  CaseConfig,
  CaseCommand,
  EngineChoice,
  MaxFps,
  PictureShape,
  Polygon,
  type CameraApi,
  type CaseId,
  type SourceSpec,
} from '../../../contract/index.ts';
import { Fault } from '../isolation/fault.ts';
import { FramePool } from '../frames/pool.ts';
import type { FrameSource, Shape, SourceEvents, SourceFrame } from '../frames/source.ts';
import { RateLimitedSource } from '../frames/sources/rate-limited.ts';
import { CaseAccount } from '../ledger/case-account.ts';
import { Ledger } from '../ledger/ledger.ts';
import { TiledDetector } from './tiled-detection.ts';
import { FrameLoop } from './frame-loop.ts';
import { ModelSet } from './model-set.ts';
import type { DeviceDeps } from './device-deps.ts';
import { processFrame, type MaskPainter, type FrameContext } from './frame-processor.ts';
import { Reporter } from '../ledger/reporter.ts';
import type { Described, Status } from '../ledger/status-record.ts';
import { GeometryGuard } from './geometry-guard.ts';
import { GovernedCases } from './governed-cases.ts';
import { prove } from './proof/prove.ts';
import { StallWatch } from './stall-watch.ts';
import { Stepper } from './stepper.ts';
import { Timing } from '../ledger/timing.ts';

const WHOLE_PICTURE: Polygon = {
  id: 'all',
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
};

/** One frame in work and one being stepped through or just arriving: more are never needed at once. */
const BUFFERS = 2;

export class CameraDevice implements CameraApi {
  readonly #ledger = new Ledger(BUFFERS);
  readonly #pool = new FramePool(BUFFERS, this.#ledger);
  readonly #timing = new Timing();
  readonly #look = new TiledDetector(this.#ledger);
  readonly #stepper = new Stepper();
  readonly #cases: GovernedCases;
  readonly #reporter: Reporter;
  #masks: MaskPainter;
  #glass: Status['glass'] = 'clear';
  #source: FrameSource | undefined;
  #frames = 0;
  #positionS = 0;
  #time: Described['time'];
  readonly #geometry = new GeometryGuard();
  readonly #coverAll: MaskPainter;
  readonly #stall = new StallWatch({
    changed: (stalled) => this.#stallChanged(stalled),
    waiting: () => this.#reporter.everySecond(),
  });
  readonly #models: ModelSet;
  readonly #loop = new FrameLoop();
  /** API calls run one after another, whatever the page does. */
  #queue: Promise<unknown> = Promise.resolve();
  readonly #parts: DeviceDeps;

  constructor(parts: DeviceDeps) {
    this.#parts = parts;

    this.#masks = parts.createMasks([]);
    this.#coverAll = parts.createMasks([WHOLE_PICTURE]);
    this.#models = new ModelSet(parts, (record) => parts.gate.send(record));
    this.#cases = new GovernedCases(
      (config) => parts.createPipeline(config, this.#ledger.account(config.case)),
      (record) => parts.gate.send(record),
      parts.disclosure,
    );
    this.#reporter = new Reporter(parts.gate, this.#ledger, this.#timing, () => ({
      glass: this.#glass,
      source: this.#source,
      positionS: this.#positionS,
      stalled: this.#stall.stalled,
      reshaped: this.#geometry.reshaped,
      time: this.#time,
      engines: this.#models.engines(),
    }));
  }

  attachPreview(canvas: OffscreenCanvas): Promise<void> {
    return this.#serialise(async () => this.#accountPreview(() => this.#parts.preview.attach(canvas)));
  }

  async prepare(choice: EngineChoice): Promise<void> {
    try {
      await this.#parts.prepareRuntime?.(parseInput(EngineChoice, choice));
    } catch (error) {
      if (error instanceof Fault && error.code === 'config-invalid') this.#reporter.fail(error, 'warning');
    }
  }

  load(choice: EngineChoice): Promise<void> {
    return this.#serialise(() => this.#exchangeModel(choice));
  }

  loadFile(data: Blob, card: unknown, choice: EngineChoice): Promise<void> {
    return this.#serialise(() => this.#exchangeModel(choice, { data, card }));
  }

  open(spec: SourceSpec, maxFps?: number): Promise<void> {
    return this.#serialise(async () => {
      const limit = parseInput(v.optional(MaxFps), maxFps);
      await this.#halt();
      await this.#closeSource();
      this.#reporter.enter('loading');
      try {
        const events: SourceEvents = {
          unseen: (bytes) => {
            this.#stall.alive();
            this.#ledger.frameUnseen(bytes);
          },
          held: (frames, bytes) => {
            this.#stall.alive();
            this.#ledger.sourceHolds(frames, bytes);
          },
          time: (found) => (this.#time = found),
          acknowledge: (port) => this.#parts.gate.acknowledge(port),
        };
        this.#time = undefined;
        this.#stall.reset();
        const source = await this.#parts.openSource(spec, events);
        // A device may give other pictures than it announces; what was drawn was drawn on what it announced before. A
        // file's first picture is the same each time.
        const { kind, width, height } = source;
        this.#geometry.reset(kind === 'webcam' ? { width, height } : undefined);
        this.#source = limit === undefined ? source : new RateLimitedSource(source, limit, events);
        this.#frames = 0;
        this.#positionS = 0;
        this.#timing.reset();
        this.#cases.restart();
        await this.#govern(source.kind);
        await this.#loadChosen();
      } finally {
        this.#reporter.enter(this.#source ? 'ready' : 'idle');
      }
    });
  }

  configure(cases: CaseConfig[]): Promise<void> {
    return this.#serialise(async () => {
      await this.#cases.configure(parseInput(v.array(CaseConfig), cases));
      // Models that no case needs any more are wiped and let go; those newly needed are got before the next frame.
      if (this.#loop.running) await this.#withoutLoop(() => this.#loadChosen());
    }, 'warning');
  }

  command(order: CaseCommand): Promise<void> {
    return this.#serialise(async () => {
      await this.#cases.command(parseInput(CaseCommand, order), this.#positionS);
    }, 'warning');
  }

  setMasks(masks: Polygon[], drawnOn?: Shape): Promise<void> {
    return this.#serialise(async () => {
      const on = parseInput(v.optional(PictureShape), drawnOn);
      this.#masks = this.#parts.createMasks(parseInput(v.array(Polygon), masks));
      this.#geometry.drawn(on);
      if (on) this.#reporter.all();
    }, 'warning');
  }

  setGlass(glass: 'clear' | 'opaque'): Promise<void> {
    return this.#serialise(async () => {
      this.#glass = glass;
      this.#accountPreview(() => this.#parts.preview.setGlass(glass));
      this.#reporter.all();
    });
  }

  start(): Promise<void> {
    return this.#serialise(async () => {
      if (this.#loop.running) return;
      await this.#ready();
      await this.#stepper.finish();
      this.#startLoop();
    });
  }

  pause(): Promise<void> {
    return this.#serialise(async () => {
      if (!this.#loop.running) return;
      await this.#halt();
      // A pause may last: what the models still hold of the last frame does not.
      await this.#models.wipe();
      // The source may have ended in that very moment.
      if (this.#reporter.state === 'running') this.#reporter.enter('paused');
    });
  }

  step(): Promise<void> {
    return this.#serialise(async () => {
      await this.#halt();
      if (this.#stepper.stepping) {
        await this.#stepper.advance();
        if (!this.#stepper.stepping) await this.#models.wipe();
      } else {
        await this.#ready();
        // Before the frame is taken: on its way from the source to the pool it is in no account.
        this.#reporter.enter('paused');
        const frame = await this.#source?.next(new AbortController().signal);
        if (!frame) {
          await this.#cases.finish(this.#positionS);
          this.#reporter.enter('ended');
          return;
        }
        this.#arrived(frame);
        const stations = this.#stations();
        await this.#stepper.begin(() => processFrame(frame, this.#frames++, stations));
      }
      this.#reporter.figures();
    });
  }

  prove(): Promise<void> {
    return this.#serialise(async () => {
      const source = this.#source;
      if (!source) throw new Fault('config-invalid', 'no source is open');
      const { running } = this.#loop;
      await this.#halt();
      await this.#stepper.finish();
      try {
        await this.#ready();
        await prove({
          stations: this.#stations(),
          size: { width: source.width, height: source.height },
          timestampUs: Math.round(this.#positionS * 1e6),
          configs: this.#cases.configs,
          copyCase: (config) =>
            this.#parts.createPipeline(
              config,
              new CaseAccount(config.case, (bytes) =>
                bytes < 0 ? this.#ledger.pixelsDestroyed(-bytes) : this.#ledger.pixelsMade(bytes),
              ),
            ),
          wipe: async () => {
            await this.#models.wipe();
            this.#accountPreview(() => this.#parts.preview.wipe());
          },
          glass: () => this.#parts.preview.memories(),
          tell: (record) => this.#parts.gate.send(record),
        });
      } finally {
        if (running) this.#startLoop();
      }
    }, 'warning');
  }

  reset(caseId: CaseId): Promise<void> {
    return this.#serialise(async () => this.#cases.reset(caseId));
  }

  stop(): Promise<void> {
    return this.#serialise(async () => {
      // What cannot be destroyed keeps nothing else from being destroyed, and "wiped" from being said.
      await eachStep(
        () => this.#halt(),
        () => this.#closeSource(),
        () => this.#cases.finish(this.#positionS),
        () => this.#cases.close(),
        () => this.#models.release(),
        () => this.#accountPreview(() => this.#parts.preview.wipe()),
        () => this.#pool.wipe(),
      );
      this.#ledger.wiped();
      this.#reporter.enter('wiped');
    });
  }

  /**
   * Runs `work` after whatever is under way; what goes wrong leaves as a fault record: a warning where the camera goes
   * on as before.
   */
  #serialise(work: () => Promise<void>, severity: 'warning' | 'error' = 'error'): Promise<void> {
    const result = this.#queue.then(work).catch((error: unknown) => this.#reporter.fail(error, severity));
    this.#queue = result;
    return result;
  }

  #startLoop(): void {
    this.#source?.setPaused?.(false);
    this.#reporter.enter('running');
    this.#loop.start({
      turn: (signal) => this.#turn(signal),
      ended: () => this.#reporter.enter('ended'),
      failed: (error) => this.#breakDown(error),
    });
  }

  /** One frame from the source to its end. @returns whether the source has more */
  async #turn(signal: AbortSignal): Promise<boolean> {
    const frame = await this.#stall.during(async () => this.#source?.next(signal));
    if (signal.aborted) {
      frame?.close();
      return false;
    }
    if (!frame) {
      await this.#cases.finish(this.#positionS);
      return false;
    }
    this.#arrived(frame);
    await processFrame(frame, this.#frames++, this.#stations());
    // The first picture of a source is told at once: that is what the visitor has waited for.
    if (this.#frames === 1) this.#reporter.figures();
    else this.#reporter.everySecond();
    return true;
  }

  #arrived({ timestampUs, shape }: SourceFrame): void {
    this.#positionS = timestampUs / 1e6;
    if (this.#geometry.see(shape)) this.#reporter.all();
  }

  /** The last picture must not stay behind the glass as if it were now. */
  #stallChanged(stalled: boolean): void {
    if (stalled) this.#accountPreview(() => this.#parts.preview.wipe());
    this.#reporter.all();
  }

  async #breakDown(error: unknown): Promise<void> {
    this.#reporter.fail(error, 'error');
    await this.#closeSource();
    // A detector whose device is gone answers nothing any more; the next start makes another.
    if (error instanceof Fault && error.code === 'gpu-lost') await this.#models.release();
    this.#reporter.enter('stopped');
  }

  /**
   * Puts the rules of a source in force.
   * @throws {Fault} 'disclosure-too-fine' where the cases would show single people; the source is closed then
   */
  async #govern(kind: FrameSource['kind']): Promise<void> {
    try {
      await this.#cases.open(kind);
    } catch (error) {
      await this.#closeSource();
      throw error;
    }
  }

  #stations(): FrameContext {
    const { gate, preview, observe } = this.#parts;
    // Pictures of a shape that was not drawn on are covered as a whole, and no case sees them.
    const isDrawnOn = this.#geometry.reshaped === undefined;
    return {
      pool: this.#pool,
      masks: isDrawnOn ? this.#masks : this.#coverAll,
      models: {
        objects: this.#models.objects.loaded?.detector,
        faces: this.#models.faces.loaded?.detector,
        age: this.#models.age.loaded?.reader,
        sex: this.#models.sex.loaded?.reader,
        descriptor: this.#models.descriptor.loaded?.reader,
        signs: this.#models.signs.loaded?.reader,
      },
      pipelines: isDrawnOn ? this.#cases.pipelines : [],
      look: this.#look,
      live: this.#source?.live ?? false,
      preview,
      gate,
      disclosure: this.#cases.disclosure,
      ledger: this.#ledger,
      timing: this.#timing,
      stepper: this.#stepper,
      observe,
    };
  }

  get #aspect(): number | undefined {
    return this.#source && this.#source.width / this.#source.height;
  }

  /** @throws {Fault} when there is no source or no model to run */
  async #ready(): Promise<void> {
    if (!this.#source) throw new Fault('config-invalid', 'no source is open');
    await this.#models.ready(this.#cases.needs, this.#aspect);
  }

  /** Gets ready what is needed and was chosen; what was not chosen is missed only at the start. */
  async #loadChosen(): Promise<void> {
    const chosen = [...this.#cases.needs].filter((role) => this.#models.chosen(role));
    await this.#models.ready(new Set(chosen), this.#aspect);
  }

  /** Does something between two frames. */
  async #withoutLoop(work: () => Promise<void>): Promise<void> {
    await this.#halt();
    await work();
    await this.#ready();
    this.#startLoop();
  }

  async #exchangeModel(choice: EngineChoice, file?: { data: Blob; card: unknown }): Promise<void> {
    const wanted = parseInput(EngineChoice, choice);
    const { running } = this.#loop;
    const before = this.#reporter.state;
    await this.#halt();
    await this.#stepper.cancel(new Fault('internal', 'the model was changed'));
    this.#reporter.enter('loading');
    try {
      await this.#models.choose(wanted, file);
      await this.#loadChosen();
    } finally {
      this.#reporter.enter(before === 'running' ? 'paused' : before);
    }
    if (running) this.#startLoop();
  }

  /** Stops the loop, and a step under way, between two frames; what is half done is destroyed. */
  async #halt(): Promise<void> {
    if (!(await this.#loop.halt())) return;
    this.#source?.setPaused?.(true);
    this.#reporter.figures();
  }

  async #closeSource(): Promise<void> {
    await this.#stepper.cancel(new Fault('internal', 'the source was closed'));
    await this.#source?.close();
    this.#source = undefined;
  }

  #accountPreview(change: () => void): void {
    const before = this.#parts.preview.bytes;
    change();
    this.#ledger.pixelsDestroyed(before);
    this.#ledger.pixelsMade(this.#parts.preview.bytes);
  }
}
