/** Which notice is looked at. It is in the address, so that a link or a reload finds it again. */
import type { CaseId } from '../../contract/index.ts';
import { chosenFrom, hashOf, NOTICES_PATH, possible, type Chosen } from './chosen.ts';
import type { PublicLanguage } from './languages.ts';

export class Selection {
  #chosen = $state.raw() as Chosen;

  constructor(language: PublicLanguage, caseId: CaseId) {
    this.#chosen = chosenFrom(location.hash, {
      caseId,
      occasion: 'acquisition',
      form: 'poster-a4',
      language,
    });
    // A link to another notice, followed while this page is open.
    addEventListener('hashchange', () => {
      if (location.hash.startsWith(NOTICES_PATH)) this.#chosen = chosenFrom(location.hash, this.#chosen);
    });
  }

  get current(): Chosen {
    return this.#chosen;
  }

  change(part: Partial<Chosen>): void {
    this.#chosen = possible({ ...this.#chosen, ...part });
    history.replaceState(null, '', hashOf(NOTICES_PATH, this.#chosen));
  }
}
