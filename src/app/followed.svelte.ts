/** The link to a case that is followed now. What reads it is fetched only when a link asks for something. */
import type { CaseId } from '../../contract/index.ts';
import type { DeepLink } from './link.ts';
import { locale } from './locale.svelte.ts';
import { settings } from './settings.svelte.ts';

/** A link without any wish, and every page that is no case. */
const NOTHING: DeepLink = { knobs: {}, ignored: [] };

class Followed {
  #link = $state.raw<DeepLink>(NOTHING);
  /** The hash that was last turned to: an earlier one may be read later. */
  #hash = '';

  get link(): DeepLink {
    return this.#link;
  }

  /** Turns to an address that asks for nothing. */
  nothing(): void {
    this.#hash = '';
    this.#link = NOTHING;
    settings.follow({});
  }

  /**
   * Turns to an address that asks for something.
   * @returns whether it still is the one turned to
   * @throws {TypeError} when the script for it cannot be had
   */
  async follow(id: CaseId, hash: string): Promise<boolean> {
    this.#hash = hash;
    const { readLink } = await import('./link.ts');
    if (this.#hash !== hash) return false;
    const link = readLink(hash);
    const { model, knobs, language, level } = link;
    settings.follow({});
    const models = model !== undefined && { models: { ...settings.current.models, [id]: model } };
    settings.follow({ ...knobs, ...models, ...(level && { level }) });
    if (language) locale.show(language);
    this.#link = link;
    return true;
  }
}

export const followed = new Followed();
