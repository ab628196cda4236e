/** The presenter's settings; kept between visits. */
import * as v from 'valibot';
import { LANGUAGES, locale, type Language } from '../app/locale.svelte.ts';
import { recall, remember } from '../app/storage.ts';

const KEY = 'incam.event';
const Preferences = v.object({
  languages: v.tuple([v.picklist(LANGUAGES), v.picklist(LANGUAGES)]),
  /** Where visitors find the site; empty: where this page was loaded from. */
  address: v.pipe(v.string(), v.maxLength(300)),
});
type Preferences = v.InferOutput<typeof Preferences>;

/** Addresses that lead to another place on every device. */
const OWN_DEVICE = /^(localhost|.*\.localhost|127\.|0\.0\.0\.0$|\[::1\]$)/;

/** @returns the address itself, without spaces, if it is one of the web */
export function webAddress(text: string): string | undefined {
  const address = text.trim();
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? address : undefined;
}

/** Where this page was loaded from, if others can get there. */
function placeOfPage(): string {
  if (typeof location === 'undefined' || OWN_DEVICE.test(location.hostname)) return '';
  return location.href.split('#')[0] ?? '';
}

class EventPreferences {
  #current = $state.raw<Preferences>(this.#read());

  get languages(): readonly [Language, Language] {
    return this.#current.languages;
  }

  /** What the presenter has entered. */
  get entered(): string {
    return this.#current.address;
  }

  /** For the QR code; empty: there is none to show. */
  get address(): string {
    return webAddress(this.entered) ?? placeOfPage();
  }

  change(part: Partial<Preferences>): void {
    this.#current = { ...this.#current, ...part };
    remember(KEY, this.#current);
  }

  #read(): Preferences {
    const stored = v.safeParse(Preferences, recall(KEY));
    if (stored.success) return stored.output;
    const first = locale.current;
    return { languages: [first, first === 'ja' ? 'en' : 'ja'], address: '' };
  }
}

export const preferences = new EventPreferences();
