/**
 * A case at work: which source, what is drawn on it, what was kept, and the camera that does it. One session lives as
 * long as the page, so that a look at another page loses nothing.
 */
import type { DeepLink } from '../../app/link.ts';
import { models } from '../../app/models.svelte.ts';
import { engineChoice, settings } from '../../app/settings.svelte.ts';
import { Camera } from '../../camera/client.svelte.ts';
import type { CameraFrame, OpenedSource } from '../../camera/setup.ts';
import { EMPTY, toMasks, type Drawing } from '../../drawing/drawing.ts';
import { isRemembered, Layout } from '../../drawing/layout.svelte.ts';
import {
  BIN_S,
  CASE_CONTRACTS,
  needsOf,
  policyOf,
  type CaseConfig,
  type EngineChoice,
  type PictureShape,
  type Policy,
  type Role,
} from '../../../contract/index.ts';
import { runLog } from '../../guidebook/run-log.svelte.ts';
import { simulation } from '../../camera/throttle.svelte.ts';
import { LiveScene } from '../../live/live.svelte.ts';
import type { CaseSpec, SessionOptions } from './case-spec.ts';
import { openChoice, openWebcam, type OpenWebcam } from './open-choice.ts';
import type { CaseRecords } from './records.svelte.ts';
import { announceSession } from './running.svelte.ts';
import { loadSample, sourceKey, type SampleFile, type SourceChoice } from './source.ts';

/** How long drawing must rest before the camera is told, in milliseconds. */
const SETTLE_MS = 150;
/** How long a broken-down camera rests before a fresh one is started, and how often that is tried, in milliseconds. */
const RESTART_MS = 1000;
const RESTART_EVERY_MS = 60_000;
export class CaseSession<K extends CaseRecords = CaseRecords, S extends SampleFile = SampleFile> {
  readonly spec: CaseSpec<K, S>;
  readonly camera: Camera;
  choice = $state.raw<SourceChoice>({ kind: 'sample' });
  layout = $state.raw() as Layout;
  kept = $state.raw() as K;
  sample = $state.raw<S | undefined>();
  /** Length of a time bin on real footage, in seconds, for cases that have one. */
  binS = $state<number>(BIN_S.default);
  /** The case's world, drawn while it is looked at. */
  readonly live: LiveScene;
  readonly #openWebcam: OpenWebcam;
  /** Kept records of sources that were looked at before; coming back finds them again. */
  readonly #keptBySource: Record<string, K> = {};
  #starting: Promise<void> | undefined;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #restartedMs = -Infinity;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #lastAspect = $state(16 / 9);
  /** The shape that is drawn on, where the pictures changed theirs and it was drawn anew. */
  #shape: PictureShape | undefined;

  constructor(spec: CaseSpec<K, S>, options: SessionOptions = {}) {
    this.spec = spec;
    this.#openWebcam = options.openWebcam ?? openWebcam;
    this.layout = this.#newLayout({ kind: 'sample' }, spec.plain);
    this.kept = spec.newKept();
    this.live = new LiveScene(spec.liveWorld);
    this.camera = new Camera({
      ...options,
      onCrash: () => this.#recover(),
      onRecord: (record, bytes) => {
        this.kept.accept(record, bytes);
        this.live.accept(record);
      },
      onOff: () => {
        if (options.announced === false) return;
        const { ledger, status } = this.camera;
        runLog.note({ ledger, status, source: this.choice.kind, configs: this.configs, now: Date.now() });
      },
    });
    if (options.announced !== false) announceSession(spec.id, this);
  }

  /** Shape of the picture, width / height: of the open source, else of what is known beforehand. */
  get aspect(): number {
    const { source } = this.camera.status;
    if (source && this.camera.power !== 'off') return source.width / source.height;
    if (this.choice.kind === 'sample' && this.sample) return this.sample.width / this.sample.height;
    return this.#lastAspect;
  }

  /** What the camera is told now. */
  get config(): CaseConfig {
    const { sample } = this;
    return this.binned(
      this.spec.configOf(this.layout.current, this.choice.kind === 'sample' ? sample : undefined),
    );
  }

  /** What the camera is, or would be, told on real footage. */
  get realConfig(): CaseConfig {
    return this.config;
  }

  /** Disclosure control as it is, or would be, in force for each case on this source. */
  get policies(): readonly Policy[] {
    return this.configs.map((config) => policyOf(config, this.choice.kind));
  }

  /** @param binS one of the lengths that the contract admits */
  async setBin(binS: number): Promise<void> {
    this.binS = binS;
    await this.tellCamera();
  }

  /** The configuration with the chosen length of a bin. */
  protected binned(config: CaseConfig): CaseConfig {
    const binned = { ...config, binS: this.binS };
    return 'binS' in CASE_CONTRACTS[config.case].config.entries ? binned : config;
  }

  /** All cases that run on this camera; more than one only in multi-use. */
  get configs(): CaseConfig[] {
    return [this.config];
  }

  /** The models that these cases need, detectors first. */
  get roles(): readonly Role[] {
    return needsOf(this.spec.id);
  }

  /** One engine for each model that is needed; what the reader chose, or the default. */
  engines(): EngineChoice[] {
    const simulated = simulation.of(this.spec.id);
    return this.roles.map((role, i) => ({
      ...engineChoice(settings.current, this.modelFor(role, i), role),
      ...(i === 0 && simulated?.engine),
    }));
  }

  /** Reads what is known of the sample clip; without it the clip is offered all the same. */
  async prepare(): Promise<void> {
    if (this.sample) return;
    try {
      this.sample = await this.#loadSample();
    } catch {
      return;
    }
    if (this.choice.kind === 'sample' && !this.layout.canUndo) {
      this.layout = this.#newLayout(this.choice, this.spec.preset(this.sample));
    }
  }

  /** Takes up what a link says of the source, and of what is drawn on it. */
  async follow({ source, drawing }: Pick<DeepLink, 'source' | 'drawing'>): Promise<void> {
    if (source !== undefined && source !== this.choice.kind) await this.choose({ kind: source });
    if (drawing) this.layout.show(drawing);
  }

  /** Turns to another source. A running camera is stopped, wiped, and a fresh one started on the new source. */
  async choose(choice: SourceChoice): Promise<void> {
    const goOn = this.camera.power !== 'off';
    if (goOn) await this.stop();
    this.#keptBySource[this.#keyOf(this.choice)] = this.kept;
    this.choice = choice;
    this.#shape = undefined;
    this.kept = this.#keptBySource[this.#keyOf(choice)] ?? this.spec.newKept();
    // The live scene is the sample's world, seen from the same place.
    const known = choice.kind === 'sample' || choice.kind === 'scene' ? this.sample : undefined;
    this.layout = this.#newLayout(choice, known ? this.spec.preset(known) : this.spec.plain);
    if (goOn || choice.kind === 'file') await this.start();
  }

  async start(): Promise<void> {
    if (this.camera.power !== 'off' || this.#starting) return;
    clearTimeout(this.#restart);
    // The page says so above everything else; whatever fault came of it would name another cause.
    if (globalThis.isSecureContext === false) return;
    this.#starting = this.#start();
    try {
      await this.#starting;
    } finally {
      this.#starting = undefined;
    }
  }

  async #start(): Promise<void> {
    // A fresh camera begins with pictures of the source's own shape.
    if (this.#shape) this.#drawOn(undefined);
    await this.#readRegistry();
    const { modelFile } = settings;
    const kind = this.choice.kind;
    if (kind === 'sample') this.sample ??= await this.#loadSample().catch(() => undefined);
    await this.camera.start({
      engines: this.engines(),
      maxFps: simulation.of(this.spec.id)?.fps,
      ...(modelFile && { modelFile }),
      cases: this.configs,
      masks: toMasks(this.layout.current),
      source: async (frame) => {
        const opened = await this.#open(frame);
        this.kept.beginRun(kind, Date.now());
        return opened;
      },
    });
  }

  /**
   * A live source goes on by itself with a fresh camera, once a minute at most. So does a film of which no picture had been
   * taken yet; another one would be counted twice.
   */
  #recover(): void {
    const { kind } = this.choice;
    const isLive = kind === 'webcam' || kind === 'scene' || kind === 'pattern';
    const isUntouched = !this.camera.ledger?.frames.acquired;
    if ((!isLive && !isUntouched) || Date.now() - this.#restartedMs < RESTART_EVERY_MS) return;
    this.#restart = setTimeout(() => {
      this.#restartedMs = Date.now();
      void this.start().then(() => {
        if (this.camera.power === 'on') this.camera.troubles.report('worker-restarted', 'warning');
      });
    }, RESTART_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    this.#lastAspect = this.aspect;
    await this.camera.stop();
    // A start that this has broken off is over before another one may begin.
    this.live.close();
    await this.#starting;
  }

  /** Forgets what was kept, here and in the camera; the source goes on. */
  async reset(): Promise<void> {
    this.kept.reset();
    this.live.reset();
    await this.camera.reset(this.spec.id);
  }

  /** Back to what was drawn in the beginning; can be undone. */
  restoreDrawing(): void {
    this.layout.change({ ...this.layout.preset, next: this.layout.current.next });
  }

  /** Tells a running camera what has changed: the drawing, or a case's own settings. */
  async tellCamera(): Promise<void> {
    this.live.watch(this.layout.current);
    await this.camera.configure(this.configs);
    await this.camera.setMasks(toMasks(this.layout.current), this.#shape);
  }

  /** Whether something was drawn before on pictures of the shape they have changed to. */
  get isShapeRemembered(): boolean {
    const { reshaped } = this.camera.status.source ?? {};
    return reshaped !== undefined && isRemembered(this.#keyFor(reshaped));
  }

  /** The pictures have changed their shape: takes up what was drawn on the new one, or begins anew with nothing. */
  async drawAnew(): Promise<void> {
    const { reshaped } = this.camera.status.source ?? {};
    if (!reshaped) return;
    this.#drawOn(reshaped);
    await this.tellCamera();
  }

  #drawOn(shape: PictureShape | undefined): void {
    this.#shape = shape;
    const known = this.choice.kind === 'sample' || this.choice.kind === 'scene' ? this.sample : undefined;
    const isOwn = this.#keyFor(shape) === this.#keyOf(this.choice);
    const preset = isOwn ? (known ? this.spec.preset(known) : this.spec.plain) : EMPTY;
    this.layout = new Layout(this.#keyFor(shape), preset, () => this.#drawingChanged());
  }

  /** What is drawn on pictures of another shape than the source's own is remembered apart. */
  #keyFor(shape: PictureShape | undefined): string {
    const { source } = this.camera.status;
    const key = this.#keyOf(this.choice);
    if (!shape || !source) return key;
    const isOwn = Math.abs((shape.width * source.height) / (shape.height * source.width) - 1) < 0.02;
    return isOwn ? key : `${key}@${shape.width}x${shape.height}`;
  }

  #open(frame: CameraFrame): Promise<OpenedSource> {
    return openChoice(this.choice, {
      sample: async () => (this.sample ??= await this.#loadSample()),
      webcam: this.#openWebcam,
      scene: () => {
        this.live.watch(this.layout.current);
        return this.live.open(frame);
      },
    });
  }

  async #readRegistry(): Promise<void> {
    try {
      await models.load();
    } catch {
      // The camera says so itself when it cannot find a model, and in what way.
    }
  }

  /** @param place of the role among the needs; the first is the detector, which the reader may choose */
  modelFor(role: Role, place: number): string {
    const chosen = settings.modelFile?.id ?? settings.current.models[this.spec.id];
    return (place === 0 ? chosen : undefined) ?? this.spec.models?.[role] ?? models.defaultFor(role);
  }

  #loadSample(): Promise<S> {
    return loadSample(this.spec.id, this.spec.sample);
  }

  #keyOf(choice: SourceChoice): string {
    return sourceKey(choice, this.spec.id);
  }

  #newLayout(choice: SourceChoice, preset: Drawing): Layout {
    return new Layout(this.#keyOf(choice), preset, () => this.#drawingChanged());
  }

  #drawingChanged(): void {
    this.camera.troubles.dismissRefusals();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.tellCamera(), SETTLE_MS);
  }
}
