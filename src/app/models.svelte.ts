/** The models this site carries, read from the registry that `npm run models` wrote. */
import * as v from 'valibot';
import { Registry, type RegistryEntry } from '../../models/registry.ts';
import type { Role } from '../../contract/index.ts';

/** Models that `npm run models` always makes. */
const CARRIED: Readonly<Record<Role, string>> = {
  objects: 'centernet-street',
  faces: 'blazeface',
  age: 'age',
  sex: 'sex',
  'face-descriptor': 'face-descriptor',
  signs: 'sign-finder',
};

const URL_OF_REGISTRY = 'models/registry.json';

class Models {
  all = $state.raw<readonly RegistryEntry[]>([]);
  #loading: Promise<void> | undefined;

  /** Models for a role that are installed. */
  installed(role: Role): readonly RegistryEntry[] {
    return this.all.filter(({ task, facts }) => task === role && facts);
  }

  /** Known models for a role without an installed file. */
  absent(role: Role): readonly RegistryEntry[] {
    return this.all.filter(({ task, facts }) => task === role && !facts);
  }

  /** The registry's default for a role; without a registry, the model that every build carries. */
  defaultFor(role: Role): string {
    const installed = this.installed(role);
    return (installed.find(({ preferred }) => preferred) ?? installed[0])?.id ?? CARRIED[role];
  }

  /**
   * Reads the registry once; a failure is not kept, so the next call tries again.
   * @throws when the registry is not available or does not fit its schema
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
