/**
 * One place for a model in the camera: which one was chosen, and what was made of it in the shape of the source's
 * picture.
 */
import type { EngineChoice } from '../../../contract/index.ts';
import { Fault } from '../isolation/fault.ts';
import type { EngineInfo, Fallback } from '../inference/engine.ts';

/** A picture's shape may differ by this much before the model is made anew. */
const SAME_ASPECT = 0.01;

/** What can be wiped and let go. */
export interface Machine extends EngineInfo {
  wipe(): Promise<void>;
  release(): Promise<void>;
}

export class ModelSlot<L extends { readonly fallback?: Fallback | undefined }> {
  #choice: EngineChoice | undefined;
  #file: { data: Blob; card: unknown } | undefined;
  #loaded: { what: L; aspect: number } | undefined;
  readonly #load: (choice: EngineChoice, aspect: number, file?: { data: Blob; card: unknown }) => Promise<L>;
  readonly #machineOf: (loaded: L) => Machine;
  readonly #shape: 'of-picture' | 'any';

  /**
   * @param load makes the model ready for pictures of an aspect (width / height)
   * @param machineOf the part of it that holds memory
   * @param shape whether the picture's shape matters to it
   */
  constructor(
    load: (choice: EngineChoice, aspect: number, file?: { data: Blob; card: unknown }) => Promise<L>,
    machineOf: (loaded: L) => Machine,
    shape: 'of-picture' | 'any' = 'of-picture',
  ) {
    this.#load = load;
    this.#machineOf = machineOf;
    this.#shape = shape;
  }

  get chosen(): boolean {
    return this.#choice !== undefined;
  }

  get loaded(): L | undefined {
    return this.#loaded?.what;
  }

  get machine(): EngineInfo | undefined {
    return this.#loaded && this.#machineOf(this.#loaded.what);
  }

  /** Puts another model in; what was there is wiped. It is loaded by `ready`. */
  async choose(choice: EngineChoice, file?: { data: Blob; card: unknown }): Promise<void> {
    await this.release();
    this.#choice = choice;
    this.#file = file;
  }

  /**
   * The model, ready for pictures of this shape.
   * @param aspect width / height
   * @throws {Fault} 'model-missing' when none was chosen; what loading throws
   */
  async ready(aspect: number): Promise<L> {
    if (!this.#choice) throw new Fault('model-missing', 'no model was chosen');
    if (this.#loaded && this.#fits(this.#loaded.aspect, aspect)) return this.#loaded.what;
    await this.release();
    const what = await this.#load(this.#choice, aspect, this.#file);
    this.#loaded = { what, aspect };
    return what;
  }

  /**
   * Overwrites the model's memory with an empty picture; it stays ready. One that cannot run is let go instead, and loaded anew
   * by `ready`: what it gives back is overwritten as well.
   */
  async wipe(): Promise<void> {
    if (!this.#loaded) return;
    await this.#machineOf(this.#loaded.what)
      .wipe()
      .catch(() => this.release());
  }

  /**
   * Overwrites the model's memory with an empty picture and lets it go. The choice stays.
   * @throws what letting go throws: then something may be left
   */
  async release(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    if (!loaded) return;
    const machine = this.#machineOf(loaded.what);
    // A model that cannot run cannot run an empty picture. Its memory goes with it, and is overwritten when it is free.
    await machine.wipe().catch(() => {});
    await machine.release();
  }

  #fits(aspect: number, wanted: number): boolean {
    return this.#shape === 'any' || Math.abs(aspect / wanted - 1) < SAME_ASPECT;
  }
}
