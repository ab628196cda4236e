/** Hands the camera what it needs of the site: pictures of its cases, and weights and runtimes of its models. */
import type * as Comlink from 'comlink';
import type { CameraApi, CaseConfig, EngineChoice, OutRecordOf } from '../../contract/index.ts';
import { fetchAhead } from './fetch-part.ts';
import { partsOfCases, partsOfEngine } from './parts.ts';
import { passphraseTexts } from './passphrase-texts.ts';
import { CORE_PARTS, ENGINE_PARTS } from './sealed-frame.ts';
import type { CameraFrame } from './setup.ts';
import { tuned } from './tuning.ts';

/** Between two words of how far a download is, milliseconds: each time the page is drawn anew. */
const TELL_EVERY_MS = 100;

export class Supplies {
  readonly #onDownload: (progress: OutRecordOf<'progress'>) => void;

  /** @param onDownload how far a model or its runtime is, ten times a second at most */
  constructor(onDownload: (progress: OutRecordOf<'progress'>) => void) {
    this.#onDownload = onDownload;
  }

  /**
   * Begins to get what the camera will be handed, while its frame comes up. What fails is told when it is handed.
   * @param isLate whether the frame is there: it then asks itself, and what is fetched now would be fetched twice
   */
  async fetchAhead(engines: readonly EngineChoice[], isLate: () => boolean): Promise<void> {
    for (const name of CORE_PARTS) fetchAhead(name);
    for (const engine of engines) {
      const names = await partsOfEngine(engine);
      if (isLate()) return;
      for (const name of names) fetchAhead(name, this.#teller(name, engine));
    }
  }

  /** What cases want of the outside before they are configured. */
  async handCases(frame: CameraFrame, cases: readonly CaseConfig[]): Promise<void> {
    await Promise.all(partsOfCases(cases).map((name) => frame.hand(name)));
    if (keepsOnDevice(cases)) await frame.unlockVault(passphraseTexts());
  }

  async handEngine(frame: CameraFrame, engine: EngineChoice): Promise<void> {
    const names = await partsOfEngine(engine);
    await Promise.all(names.map((name) => frame.hand(name, this.#teller(name, engine))));
  }

  /**
   * Has the camera make its runtime ready as soon as it has it, while the source opens and models are on their way. What
   * fails is told by the load that follows.
   * @param isOn whether the camera is still the one that was started
   */
  async prepare(
    frame: CameraFrame,
    api: Comlink.Remote<CameraApi>,
    engine: EngineChoice,
    isOn: () => boolean,
  ): Promise<void> {
    try {
      const runtime = (await partsOfEngine(engine)).filter((name) => ENGINE_PARTS.ort.includes(name));
      await Promise.all(runtime.map((name) => frame.hand(name)));
      if (runtime.length > 0 && isOn()) await api.prepare(tuned(engine));
    } catch {
      // The load that follows tells it.
    }
  }

  #teller(name: string, { model }: EngineChoice): ((loaded: number, total: number) => void) | undefined {
    if (!name.startsWith('models/')) return undefined;
    let next = 0;
    return (loaded, total) => {
      const now = performance.now();
      if (now < next && loaded < total) return;
      next = now + TELL_EVERY_MS;
      this.#onDownload({ type: 'progress', model, phase: 'download', loaded, total });
    };
  }
}

export const keepsOnDevice = (cases: readonly CaseConfig[]): boolean =>
  cases.some((config) => 'keep' in config && config.keep === 'device');
