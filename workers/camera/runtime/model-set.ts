/** The camera's models, one place for each role. What no case needs is not loaded (guidebook duty 8: nothing but what is needed). */
import { ROLES, type EngineChoice, type OutRecordOf, type Role } from '../../../contract/index.ts';
import { eachStep } from '../isolation/each-step.ts';
import { ModelSlot } from './model-slot.ts';
import type { DeviceDeps, LoadedDetector, LoadedReader, LoadedSignReader } from './device-deps.ts';
import type { FaceAge, FaceDescription, FaceSex } from '../inference/faces.ts';

/** Before a source is known, a model is made ready for the usual picture. */
const USUAL_ASPECT = 16 / 9;

export class ModelSet {
  readonly objects: ModelSlot<LoadedDetector>;
  readonly faces: ModelSlot<LoadedDetector>;
  readonly age: ModelSlot<LoadedReader<FaceAge>>;
  readonly sex: ModelSlot<LoadedReader<FaceSex>>;
  readonly descriptor: ModelSlot<LoadedReader<FaceDescription>>;
  readonly signs: ModelSlot<LoadedSignReader>;

  constructor(
    parts: Pick<
      DeviceDeps,
      'loadDetector' | 'loadAgeReader' | 'loadSexReader' | 'loadDescriptorReader' | 'loadSignReader'
    >,
    progress: (record: OutRecordOf<'progress'>) => void,
  ) {
    const detector = () =>
      new ModelSlot<LoadedDetector>(
        (choice, aspect, file) => parts.loadDetector(choice, aspect, progress, file),
        ({ detector }) => detector,
      );
    this.objects = detector();
    this.faces = detector();
    // A face's crop is square, whatever the shape of the picture.
    this.age = new ModelSlot(
      (choice) => parts.loadAgeReader(choice, progress),
      ({ reader }) => reader,
      'any',
    );
    this.sex = new ModelSlot(
      (choice) => parts.loadSexReader(choice, progress),
      ({ reader }) => reader,
      'any',
    );
    this.descriptor = new ModelSlot(
      (choice) => parts.loadDescriptorReader(choice, progress),
      ({ reader }) => reader,
      'any',
    );
    this.signs = new ModelSlot(
      (choice, aspect) => parts.loadSignReader(choice, aspect, progress),
      ({ reader }) => reader,
    );
  }

  /** Puts another model in a role; what was there is wiped. */
  choose(choice: EngineChoice, file?: { data: Blob; card: unknown }): Promise<void> {
    return this.#slot(choice.role ?? 'objects').choose(choice, file);
  }

  chosen(role: Role): boolean {
    return this.#slot(role).chosen;
  }

  /**
   * Loads what is needed and lets go what is not.
   * @param aspect width / height of the source's picture
   * @throws {Fault} 'model-missing' when none was chosen for a role; what loading throws
   */
  async ready(needed: ReadonlySet<Role>, aspect = USUAL_ASPECT): Promise<void> {
    for (const role of ROLES) if (!needed.has(role)) await this.#slot(role).release();
    for (const role of ROLES) if (needed.has(role)) await this.#slot(role).ready(aspect);
  }

  /** What the status record says of the models at work. */
  engines(): OutRecordOf<'status'>['engines'] {
    return ROLES.flatMap((role) => {
      const slot = this.#slot(role);
      if (!slot.loaded || !slot.machine) return [];
      const { model, backend, threads, width, height } = slot.machine;
      const { fallback } = slot.loaded;
      return [{ role, model, backend, threads, width, height, ...(fallback && { fallback }) }];
    });
  }

  /** Runs an empty picture through all that is loaded: inputs, crops and activations of the last frame are overwritten. */
  async wipe(): Promise<void> {
    await eachStep(...ROLES.map((role) => () => this.#slot(role).wipe()));
  }

  async release(): Promise<void> {
    await eachStep(...ROLES.map((role) => () => this.#slot(role).release()));
  }

  #slot(
    role: Role,
  ): ModelSlot<LoadedDetector> | ModelSlot<LoadedReader<unknown>> | ModelSlot<LoadedSignReader> {
    switch (role) {
      case 'objects':
        return this.objects;
      case 'faces':
        return this.faces;
      case 'age':
        return this.age as ModelSlot<LoadedReader<unknown>>;
      case 'sex':
        return this.sex as ModelSlot<LoadedReader<unknown>>;
      case 'face-descriptor':
        return this.descriptor as ModelSlot<LoadedReader<unknown>>;
      case 'signs':
        return this.signs;
    }
  }
}
