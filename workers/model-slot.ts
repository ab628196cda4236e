/**
 * The camera's model: which one was chosen, and the detector made of it in the shape of the source's picture.
 */
import type { EngineChoice, OutRecordOf } from './contract.ts';
import { Fault } from './faults.ts';
import type { DeviceParts, LoadedDetector } from './parts.ts';

/** A picture's shape may differ by this much before the detector is made anew. */
const SAME_ASPECT = 0.01;
/** Before a source is known, the model is made ready for the usual picture. */
const USUAL_ASPECT = 16 / 9;

export class ModelSlot {
  #choice: EngineChoice | undefined;
  #file: { data: Blob; card: unknown } | undefined;
  #loaded: (LoadedDetector & { aspect: number }) | undefined;

  constructor(
    private readonly load: DeviceParts['loadDetector'],
    private readonly progress: (record: OutRecordOf<'progress'>) => void,
  ) {}

  get chosen(): boolean {
    return this.#choice !== undefined;
  }

  get loaded(): LoadedDetector | undefined {
    return this.#loaded;
  }

  /** Puts another model in; what was there is wiped. It is loaded by `ready`. */
  async choose(choice: EngineChoice, file?: { data: Blob; card: unknown }): Promise<void> {
    await this.release();
    this.#choice = choice;
    this.#file = file;
  }

  /**
   * A detector for pictures of this shape.
   * @param aspect width / height; undefined while there is no source
   * @throws {Fault} 'model-missing' when none was chosen; what loading throws
   */
  async ready(aspect = USUAL_ASPECT): Promise<LoadedDetector> {
    if (!this.#choice) throw new Fault('model-missing', 'no model was chosen');
    if (this.#loaded && Math.abs(this.#loaded.aspect / aspect - 1) < SAME_ASPECT) return this.#loaded;
    await this.release();
    const loaded = await this.load(this.#choice, aspect, this.progress, this.#file);
    this.#loaded = { ...loaded, aspect };
    return this.#loaded;
  }

  /** Overwrites the model's memory with an empty picture and lets it go. The choice stays. */
  async release(): Promise<void> {
    const detector = this.#loaded?.detector;
    this.#loaded = undefined;
    if (!detector) return;
    await detector.wipe();
    await detector.release();
  }
}
