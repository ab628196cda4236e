/** The reader's settings of the camera; kept between visits. */
import * as v from 'valibot';
import {
  BackendChoice,
  CASES,
  modelId,
  type EngineChoice,
  type Pace,
  type Role,
} from '../../contract/index.ts';
import { LEVELS } from './levels.ts';
import { recall, remember } from './storage.ts';

const KEY = 'incam.settings';

/** Input sizes offered; `auto` takes the model's own size in the shape of the picture. */
export const INPUT_SIZES = [
  'auto',
  '320x192',
  '416x256',
  '512x288',
  '640x384',
  '512x512',
  '640x640',
] as const;

export const MAX_THREADS = 16;

const Settings = v.object({
  /** The detector of each case; absent: the case's default. */
  models: v.optional(v.record(v.picklist(CASES), v.optional(modelId)), {}),
  backend: BackendChoice,
  /** Number of threads; 0: the fastest number, as measured. */
  threads: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_THREADS)),
  size: v.picklist(INPUT_SIZES),
  /** Pace of files and samples. */
  pace: v.picklist(['live', 'exact']),
  /** Whether the sample clip starts again at its end. */
  loop: v.boolean(),
  /** Whether a case's sample starts when its page is opened. */
  autostart: v.optional(v.boolean(), true),
  /** How much a case page shows; absent: nothing was chosen yet. A level that is not known loses no other setting. */
  level: v.fallback(v.optional(v.picklist(LEVELS)), undefined),
});
export type Settings = v.InferOutput<typeof Settings>;

export const DEFAULTS: Settings = {
  models: {},
  backend: 'auto',
  threads: 0,
  size: 'auto',
  pace: 'live',
  loop: true,
  autostart: true,
};

/** The stored settings, if they still fit the schema; else the defaults. */
export function parseSettings(stored: unknown): Settings {
  const parsed = v.safeParse(Settings, stored);
  return parsed.success ? parsed.output : DEFAULTS;
}

/**
 * Long side of the face detector's input: with 384 pixels it finds all faces from 36 pixels in a picture of 960 (with
 * its own 256 only from 56), and smaller faces are not worth reading.
 */
const FACES_LONG_SIDE = 384;

/** The engine to request; the reader can choose the input size of object detectors only. */
export function engineChoice(settings: Settings, model: string, role: Role = 'objects'): EngineChoice {
  const [width, height] = settings.size.split('x').map(Number);
  return {
    model,
    role,
    backend: settings.backend,
    threads: settings.threads,
    ...(role === 'objects' && width && height && { width, height }),
    ...(role === 'faces' && { longSide: FACES_LONG_SIDE }),
  };
}

class SettingsState {
  #stored = $state.raw<Settings>(parseSettings(recall(KEY)));
  /** Of the link that is followed; not remembered. */
  #linked = $state.raw<Partial<Settings>>({});
  readonly #current = $derived({ ...this.#stored, ...this.#linked });
  /** A model file that the reader drops in; discarded when the page is closed. */
  modelFile = $state.raw<{ file: File; card: unknown; id: string } | undefined>();

  get current(): Settings {
    return this.#current;
  }

  get pace(): Pace {
    return this.#current.pace;
  }

  /** The visitor's own choice: it is remembered, and goes before what a link says. */
  change(part: Partial<Settings>): void {
    const chosen = new Set(Object.keys(part));
    this.#linked = Object.fromEntries(Object.entries(this.#linked).filter(([key]) => !chosen.has(key)));
    this.#stored = { ...this.#stored, ...part };
    remember(KEY, this.#stored);
  }

  /** What the link that is followed says of settings, in place of what the one before said. */
  follow(part: Partial<Settings>): void {
    this.#linked = part;
  }
}

export const settings = new SettingsState();
