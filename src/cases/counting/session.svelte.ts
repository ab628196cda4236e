/**
 * Case 4 at work: which source, what is drawn on it, what was counted, and the camera that does it. One session lives
 * as long as the page, so that a look at another page loses nothing.
 */
import { Camera, type CameraOptions, type OpenedSource } from '../../camera/client.svelte.ts';
import { openCamera } from '../../camera/devices.ts';
import { engineChoice, settings } from '../../app/settings.svelte.ts';
import { models } from '../../app/models.svelte.ts';
import type { Point } from '../../../workers/contract.ts';
import { toConfig, toMasks, type Drawing } from './drawing.ts';
import { KeptRecords } from './kept.svelte.ts';
import { Layout } from './layout.svelte.ts';
import { loadSample, PLAIN_DRAWING, sampleDrawing, sampleUrl, type Sample } from './sample.ts';

/** Where the pictures come from, as the visitor chose. */
export type SourceChoice =
  | { readonly kind: 'sample' }
  | { readonly kind: 'webcam'; readonly deviceId: string }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'pattern' };

export const SAMPLE_ID = 'counting';
const PATTERN = { kind: 'pattern', width: 640, height: 360, fps: 15 } as const;
/** How long drawing must rest before the camera is told, in milliseconds. */
const SETTLE_MS = 150;

/** Identity of a source, under which its drawing is remembered. */
export function sourceKey(choice: SourceChoice): string {
  switch (choice.kind) {
    case 'sample':
      return `sample:${SAMPLE_ID}`;
    case 'webcam':
      return `webcam:${choice.deviceId}`;
    case 'file':
      return `file:${choice.file.name}:${choice.file.size}`;
    case 'pattern':
      return 'pattern';
  }
}

const samePlace = (p: Point, q: Point): boolean => p[0] === q[0] && p[1] === q[1];

/** Opens a webcam; exchanged in tests. */
export type OpenWebcam = (deviceId: string) => Promise<OpenedSource>;

/** What a webcam is asked for: enough to count people across a street, and no more (a privacy measure, too). */
const WEBCAM = { width: 640, height: 360, fps: 30 };

const openWebcam: OpenWebcam = (deviceId) => openCamera({ ...WEBCAM, ...(deviceId && { deviceId }) });

export class CountingSession {
  readonly camera: Camera;
  choice = $state.raw<SourceChoice>({ kind: 'sample' });
  layout = $state.raw(this.#newLayout({ kind: 'sample' }, PLAIN_DRAWING));
  kept = $state.raw(new KeptRecords());
  sample = $state.raw<Sample | undefined>();
  readonly #openWebcam: OpenWebcam;
  /** Kept records of sources that were looked at before; coming back finds them again. */
  readonly #keptBySource: Record<string, KeptRecords> = {};
  #starting = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Omit<CameraOptions, 'onRecord'> & { readonly openWebcam?: OpenWebcam } = {}) {
    this.#openWebcam = options.openWebcam ?? openWebcam;
    this.camera = new Camera({ ...options, onRecord: (record, bytes) => this.kept.accept(record, bytes) });
  }

  /** Shape of the picture, width / height: of the open source, else of what is known beforehand. */
  get aspect(): number {
    const { source } = this.camera.status;
    if (source && this.camera.power !== 'off') return source.width / source.height;
    if (this.choice.kind === 'sample' && this.sample) return this.sample.width / this.sample.height;
    return this.#lastAspect;
  }
  #lastAspect = $state(16 / 9);

  /** What truly crosses in the sample, once it was played through exactly once with its own lines. */
  get truth(): Sample['counts'] | undefined {
    if (this.choice.kind !== 'sample' || !this.sample || !this.camera.ended) return undefined;
    if (this.kept.runs.length !== 1 || !this.kept.whole) return undefined;
    const asGiven = this.sample.lines.filter(({ id, a, b }) =>
      this.layout.current.lines.some(
        (line) => line.id === id && samePlace(line.a, a) && samePlace(line.b, b),
      ),
    );
    const { counts } = this.sample;
    return Object.fromEntries(asGiven.flatMap(({ id }) => (counts[id] ? [[id, counts[id]]] : [])));
  }

  /** Reads what is known of the sample clip; without it the clip is offered all the same. */
  async prepare(): Promise<void> {
    if (this.sample) return;
    try {
      this.sample = await loadSample(SAMPLE_ID);
    } catch {
      return;
    }
    if (this.choice.kind === 'sample' && !this.layout.canUndo) {
      this.layout = this.#newLayout(this.choice, sampleDrawing(this.sample));
    }
  }

  /** Turns to another source. A running camera is stopped, wiped, and a fresh one started on the new source. */
  async choose(choice: SourceChoice): Promise<void> {
    const goOn = this.camera.power !== 'off';
    if (goOn) await this.stop();
    this.#keptBySource[sourceKey(this.choice)] = this.kept;
    this.choice = choice;
    this.kept = this.#keptBySource[sourceKey(choice)] ?? new KeptRecords();
    const preset = choice.kind === 'sample' && this.sample ? sampleDrawing(this.sample) : PLAIN_DRAWING;
    this.layout = this.#newLayout(choice, preset);
    if (goOn || choice.kind === 'file') await this.start();
  }

  async start(): Promise<void> {
    if (this.camera.power !== 'off' || this.#starting) return;
    this.#starting = true;
    try {
      await this.#start();
    } finally {
      this.#starting = false;
    }
  }

  async #start(): Promise<void> {
    const defaultModel = await this.#defaultModel();
    const { modelFile } = settings;
    const kind = this.choice.kind;
    await this.camera.start({
      engine: { ...engineChoice(settings.current, defaultModel), ...(modelFile && { model: modelFile.id }) },
      ...(modelFile && { modelFile }),
      cases: [toConfig(this.layout.current)],
      masks: toMasks(this.layout.current),
      source: async () => {
        const opened = await this.#open();
        this.kept.beginRun(kind, Date.now());
        return opened;
      },
    });
  }

  async stop(): Promise<void> {
    this.#lastAspect = this.aspect;
    await this.camera.stop();
  }

  /** Forgets what was counted, here and in the camera; the source goes on. */
  async reset(): Promise<void> {
    this.kept.reset();
    await this.camera.reset('counting');
  }

  /** Back to what was drawn in the beginning; can be undone. */
  restoreDrawing(): void {
    this.layout.change({ ...this.layout.preset, next: this.layout.current.next });
  }

  async #open(): Promise<OpenedSource> {
    const { choice } = this;
    const { pace, loop } = settings.current;
    switch (choice.kind) {
      case 'sample': {
        this.sample ??= await loadSample(SAMPLE_ID);
        return { spec: { kind: 'sample', url: sampleUrl(this.sample), pace, loop: loop && pace === 'live' } };
      }
      case 'file':
        return { spec: { kind: 'file', file: choice.file, pace } };
      case 'pattern':
        return { spec: PATTERN };
      case 'webcam':
        return this.#openWebcam(choice.deviceId);
    }
  }

  async #defaultModel(): Promise<string> {
    try {
      await models.load();
    } catch {
      // The camera says so itself when it cannot find the model, and in what way.
    }
    return models.defaultDetector?.id ?? 'centernet';
  }

  #newLayout(choice: SourceChoice, preset: Drawing): Layout {
    return new Layout(sourceKey(choice), preset, () => this.#drawingChanged());
  }

  #drawingChanged(): void {
    this.camera.troubles.dismissRefusals();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#tellCamera(), SETTLE_MS);
  }

  async #tellCamera(): Promise<void> {
    const drawing = this.layout.current;
    await this.camera.configure([toConfig(drawing)]);
    await this.camera.setMasks(toMasks(drawing));
  }
}
