/** How the camera is to work, as the reader chose; remembered between visits. */
import * as v from 'valibot';
import {
  BackendChoice,
  CASES,
  modelId,
  type EngineChoice,
  type Pace,
  type Role,
} from '../../contract/index.ts';
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
  /** 0: as many as measure fastest. */
  threads: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_THREADS)),
  size: v.picklist(INPUT_SIZES),
  /** Pace of files and samples. */
  pace: v.picklist(['live', 'exact']),
  /** Whether the sample clip starts again at its end. */
  loop: v.boolean(),
  /** Whether a case's sample starts when its page is opened. */
  autostart: v.optional(v.boolean(), true),
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

/** What was remembered, if it still fits; else the defaults. */
export function parseSettings(stored: unknown): Settings {
  const parsed = v.safeParse(Settings, stored);
  return parsed.success ? parsed.output : DEFAULTS;
}

/**
 * Long side of the face detector's input: with 384 pixels it finds all faces from 36 pixels of a picture of 960 on (with
 * its own 256 only from 56 on), and smaller ones are not worth reading.
 */
const FACES_LONG_SIDE = 384;

/** The engine to ask the camera for; the reader may choose the size of detectors of objects only. */
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
  #current = $state.raw<Settings>(parseSettings(recall(KEY)));
  /** A model file dropped in by the reader; forgotten when the page is closed. */
  modelFile = $state.raw<{ file: File; card: unknown; id: string } | undefined>();

  get current(): Settings {
    return this.#current;
  }

  get pace(): Pace {
    return this.#current.pace;
  }

  change(part: Partial<Settings>): void {
    this.#current = { ...this.#current, ...part };
    remember(KEY, this.#current);
  }
}

export const settings = new SettingsState();
