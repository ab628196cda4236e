/** The models this site carries, read from the registry that `npm run models` wrote. */
import * as v from 'valibot';
import { Registry, type RegistryEntry } from '../../models/registry.ts';
import type { Role } from '../../contract/index.ts';

/** What `npm run models` always makes. */
const CARRIED: Readonly<Record<Role, string>> = {
  objects: 'centernet-street',
  faces: 'blazeface',
  age: 'age',
  sex: 'sex',
  'face-descriptor': 'face-descriptor',
};

const URL_OF_REGISTRY = 'models/registry.json';

class Models {
  all = $state.raw<readonly RegistryEntry[]>([]);
  #loading: Promise<void> | undefined;

  /** Models for a role that are installed. */
  installed(role: Role): readonly RegistryEntry[] {
    return this.all.filter(({ task, facts }) => task === role && facts);
  }

  /** Models for a role that are known, but whose file is not here. */
  absent(role: Role): readonly RegistryEntry[] {
    return this.all.filter(({ task, facts }) => task === role && !facts);
  }

  /** The registry's default for a role; where there is no registry, what every build carries. */
  defaultFor(role: Role): string {
    const installed = this.installed(role);
    return (installed.find(({ preferred }) => preferred) ?? installed[0])?.id ?? CARRIED[role];
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
