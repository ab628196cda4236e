/**
 * The camera itself: opens a source, loads a model, runs frames through the stations, and stops with a wipe.
 *
 * Everything it has to say leaves as a record through the gate; its methods return nothing. A fault leaves the camera
 * usable: the source or model that failed is dropped, buffers are zeroed, counts and configuration stay.
 */
import * as v from 'valibot';
import { parse } from './checks.ts';
import {
  CaseConfig,
  CaseOrder,
  EngineChoice,
  MostFps,
  Polygon,
  type CameraApi,
  type CaseId,
  type Role,
  type SourceSpec,
} from './contract.ts';
import { Fault } from './faults.ts';
import { FramePool } from './frames/pool.ts';
import type { FrameSource, SourceEvents } from './frames/source.ts';
import { ThinnedSource } from './frames/sources/thinned.ts';
import { Ledger } from './ledger.ts';
import { Look } from './look.ts';
import { Models } from './models.ts';
import type { DeviceParts } from './parts.ts';
import type { Pipeline } from './pipelines/pipeline.ts';
import { processFrame, type MaskPainter, type Stations } from './processor.ts';
import { statusRecord, type Status } from './status.ts';
import { Stepper } from './stepper.ts';
import { Timing } from './timing.ts';
import { nextTurn } from './turn.ts';

/** One frame in work and one being stepped through or just arriving: more are never needed at once. */
const BUFFERS = 2;
/** How often the ledger and the timing are reported, in milliseconds. */
const REPORT_MS = 1000;

export class CameraDevice implements CameraApi {
  readonly #ledger = new Ledger(BUFFERS);
  readonly #pool = new FramePool(BUFFERS, this.#ledger);
  readonly #timing = new Timing();
  readonly #look = new Look(this.#ledger);
  readonly #stepper = new Stepper();
  readonly #pipelines = new Map<CaseId, Pipeline>();
  #masks: MaskPainter;
  #state: Status['state'] = 'idle';
  #glass: Status['glass'] = 'clear';
  #source: FrameSource | undefined;
  #frames = 0;
  #positionS = 0;
  readonly #models: Models;
  #loop: { abort: AbortController; done: Promise<void> } | undefined;
  #reportedMs = 0;
  /** API calls run one after another, whatever the page does. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: DeviceParts) {
    this.#masks = parts.createMasks([]);
    this.#models = new Models(parts, (record) => parts.gate.send(record));
  }

  attachPreview(canvas: OffscreenCanvas): Promise<void> {
    return this.#serialise(async () => this.#accountPreview(() => this.parts.preview.attach(canvas)));
  }

  load(choice: EngineChoice): Promise<void> {
    return this.#serialise(() => this.#exchangeModel(choice));
  }

  loadFile(data: Blob, card: unknown, choice: EngineChoice): Promise<void> {
    return this.#serialise(() => this.#exchangeModel(choice, { data, card }));
  }

  open(spec: SourceSpec, mostFps?: number): Promise<void> {
    return this.#serialise(async () => {
      const limit = parse(v.optional(MostFps), mostFps);
      await this.#halt();
      await this.#closeSource();
      this.#setState('loading');
      try {
        const events: SourceEvents = {
          unseen: (bytes) => this.#ledger.frameUnseen(bytes),
          held: (frames, bytes) => this.#ledger.sourceHolds(frames, bytes),
          acknowledge: (port) => this.parts.gate.acknowledge(port),
        };
        const source = await this.parts.openSource(spec, events);
        this.#source = limit === undefined ? source : new ThinnedSource(source, limit, events);
        this.#frames = 0;
        this.#positionS = 0;
        this.#timing.reset();
        for (const pipeline of this.#pipelines.values()) pipeline.reset();
        await this.#loadChosen();
      } finally {
        this.#setState(this.#source ? 'ready' : 'idle');
      }
    });
  }

  configure(cases: CaseConfig[]): Promise<void> {
    return this.#serialise(async () => {
      const configs = parse(v.array(CaseConfig), cases);
      const created = configs
        .filter((config) => !this.#pipelines.has(config.case))
        .map((config) => this.parts.createPipeline(config, this.#ledger.account(config.case)));
      for (const config of configs) this.#pipelines.get(config.case)?.configure(config);
      for (const pipeline of created) this.#pipelines.set(pipeline.case, pipeline);
      // A case that is switched off is wiped (guidebook 5.2: each purpose has its own data).
      for (const [id, pipeline] of this.#pipelines) {
        if (configs.some((config) => config.case === id)) continue;
        pipeline.reset();
        await pipeline.close?.();
        this.#pipelines.delete(id);
      }
      // Models that no case needs any more are wiped and let go; those newly needed are got before the next frame.
      if (this.#loop) await this.#withoutLoop(() => this.#loadChosen());
    }, 'warning');
  }

  order(order: CaseOrder): Promise<void> {
    return this.#serialise(async () => {
      const checked = parse(CaseOrder, order);
      const records = await this.#pipelines.get(checked.case)?.order?.(checked);
      for (const record of records ?? []) this.parts.gate.send(record);
    }, 'warning');
  }

  setMasks(masks: Polygon[]): Promise<void> {
    return this.#serialise(async () => {
      this.#masks = this.parts.createMasks(parse(v.array(Polygon), masks));
    }, 'warning');
  }

  setGlass(glass: 'clear' | 'opaque'): Promise<void> {
    return this.#serialise(async () => {
      this.#glass = glass;
      this.#accountPreview(() => this.parts.preview.setGlass(glass));
      this.#report();
      this.#sendStatus();
    });
  }

  start(): Promise<void> {
    return this.#serialise(async () => {
      if (this.#loop) return;
      await this.#ready();
      await this.#stepper.finish();
      this.#startLoop();
    });
  }

  pause(): Promise<void> {
    return this.#serialise(async () => {
      if (!this.#loop) return;
      await this.#halt();
      // The source may have ended in that very moment.
      if (this.#state === 'running') this.#setState('paused');
    });
  }

  step(): Promise<void> {
    return this.#serialise(async () => {
      await this.#halt();
      if (this.#stepper.stepping) await this.#stepper.advance();
      else {
        await this.#ready();
        // Before the frame is taken: on its way from the source to the pool it is in nobody's account.
        this.#setState('paused');
        const frame = await this.#source?.next(new AbortController().signal);
        if (!frame) {
          await this.#finish();
          this.#setState('ended');
          return;
        }
        this.#positionS = frame.timestampUs / 1e6;
        const stations = this.#stations();
        await this.#stepper.begin(() => processFrame(frame, this.#frames++, stations));
      }
      this.#report();
    });
  }

  reset(caseId: CaseId): Promise<void> {
    return this.#serialise(async () => this.#pipelines.get(caseId)?.reset());
  }

  stop(): Promise<void> {
    return this.#serialise(async () => {
      await this.#halt();
      await this.#closeSource();
      await this.#finish();
      for (const pipeline of this.#pipelines.values()) {
        pipeline.reset();
        await pipeline.close?.();
      }
      await this.#models.release();
      this.#accountPreview(() => this.parts.preview.wipe());
      this.#pool.wipe();
      this.#ledger.wiped();
      this.#setState('wiped');
    });
  }

  /**
   * Runs `work` after whatever is under way; what goes wrong leaves as a fault record: a warning where the camera goes
   * on as before.
   */
  #serialise(work: () => Promise<void>, severity: 'warning' | 'error' = 'error'): Promise<void> {
    const result = this.#queue.then(work).catch((error: unknown) => this.#fail(error, severity));
    this.#queue = result;
    return result;
  }

  #startLoop(): void {
    const abort = new AbortController();
    this.#source?.setPaused?.(false);
    this.#setState('running');
    this.#loop = { abort, done: this.#run(abort.signal) };
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        const frame = await this.#source?.next(signal);
        if (signal.aborted) {
          frame?.close();
          break;
        }
        if (!frame) {
          await this.#finish();
          // Whoever halts the loop in this very moment says what becomes of it.
          if (signal.aborted) break;
          this.#loop = undefined;
          this.#setState('ended');
          break;
        }
        this.#positionS = frame.timestampUs / 1e6;
        await processFrame(frame, this.#frames++, this.#stations());
        if (performance.now() - this.#reportedMs >= REPORT_MS) {
          this.#report();
          this.#sendStatus();
        }
        // Inference blocks this thread; without a real turn of the event loop a pause would never be heard.
        await nextTurn();
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#loop = undefined;
      this.#fail(error, 'error');
      await this.#closeSource();
      // A detector whose device is gone answers nothing any more; the next start makes another.
      if (error instanceof Fault && error.code === 'gpu-lost') await this.#models.release();
      this.#setState('stopped');
    }
  }

  /** Counts that were still waiting to be settled are not lost with the source. */
  async #finish(): Promise<void> {
    for (const pipeline of this.#pipelines.values()) {
      for (const record of await pipeline.finish()) this.parts.gate.send(record);
    }
  }

  #stations(): Stations {
    const { gate, preview, observe } = this.parts;
    return {
      pool: this.#pool,
      masks: this.#masks,
      models: {
        objects: this.#models.objects.loaded?.detector,
        faces: this.#models.faces.loaded?.detector,
        attributes: this.#models.attributes.loaded?.reader,
        descriptor: this.#models.descriptor.loaded?.reader,
      },
      pipelines: [...this.#pipelines.values()],
      look: this.#look,
      live: this.#source?.live ?? false,
      preview,
      gate,
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
    await this.#models.ready(this.#needed, this.#aspect);
  }

  /** The roles that the cases on this camera need models for. */
  get #needed(): ReadonlySet<Role> {
    return new Set([...this.#pipelines.values()].flatMap(({ needs }) => [...needs]));
  }

  /** Gets ready what is needed and was chosen; what was not chosen is missed only at the start. */
  async #loadChosen(): Promise<void> {
    const chosen = [...this.#needed].filter((role) => this.#models.chosen(role));
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
    const wanted = parse(EngineChoice, choice);
    const running = this.#loop !== undefined;
    const before = this.#state;
    await this.#halt();
    await this.#stepper.cancel(new Fault('internal', 'the model was changed'));
    this.#setState('loading');
    try {
      await this.#models.choose(wanted, file);
      await this.#loadChosen();
    } finally {
      this.#setState(before === 'running' ? 'paused' : before);
    }
    if (running) this.#startLoop();
  }

  /** Stops the loop, and a step under way, between two frames; what is half done is destroyed. */
  async #halt(): Promise<void> {
    const loop = this.#loop;
    this.#loop = undefined;
    if (loop) {
      loop.abort.abort();
      await loop.done;
      this.#source?.setPaused?.(true);
      this.#report();
    }
  }

  async #closeSource(): Promise<void> {
    await this.#stepper.cancel(new Fault('internal', 'the source was closed'));
    await this.#source?.close();
    this.#source = undefined;
  }

  #accountPreview(change: () => void): void {
    const before = this.parts.preview.bytes;
    change();
    this.#ledger.pixelsDestroyed(before);
    this.#ledger.pixelsMade(this.parts.preview.bytes);
  }

  #fail(error: unknown, severity: 'warning' | 'error'): void {
    const fault = error instanceof Fault ? error : new Fault('internal', String(error), { cause: error });
    this.parts.gate.send({
      type: 'fault',
      code: fault.code,
      severity,
      ...(fault.subject !== undefined && { subject: fault.subject }),
    });
    this.#report();
  }

  #report(): void {
    this.#reportedMs = performance.now();
    this.parts.gate.send(this.#timing.snapshot());
    this.parts.gate.send(this.#ledger.snapshot(this.parts.gate.tally));
  }

  #setState(state: Status['state']): void {
    this.#state = state;
    this.#report();
    this.#sendStatus();
  }

  #sendStatus(): void {
    this.parts.gate.send(
      statusRecord(this.#state, this.#glass, this.#source, this.#positionS, this.#models.engines()),
    );
  }
}
