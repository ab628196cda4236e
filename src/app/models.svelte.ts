/** The models this site carries, read from the registry that `npm run models` wrote. */
import * as v from 'valibot';
import { Registry, type RegistryEntry } from '../../models/registry.ts';

const URL_OF_REGISTRY = 'models/registry.json';

class Models {
  all = $state.raw<readonly RegistryEntry[]>([]);
  #loading: Promise<void> | undefined;

  /** Object detectors that are installed. */
  get detectors(): readonly RegistryEntry[] {
    return this.all.filter(({ task, facts }) => task === 'objects' && facts);
  }

  /** Object detectors that are known, but whose file is not here. */
  get absentDetectors(): readonly RegistryEntry[] {
    return this.all.filter(({ task, facts }) => task === 'objects' && !facts);
  }

  get defaultDetector(): RegistryEntry | undefined {
    return this.detectors.find(({ preferred }) => preferred) ?? this.detectors[0];
  }

  /**
   * Reads the registry once; a failure is forgotten, so that the next call tries again.
   * @throws when the registry cannot be had or does not fit its schema
   */
  load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #read(): Promise<void> {
    const answer = await fetch(URL_OF_REGISTRY);
    if (!answer.ok) throw new Error(`${URL_OF_REGISTRY}: ${answer.status}`);
    this.all = v.parse(Registry, await answer.json()).models;
  }
}

export const models = new Models();
