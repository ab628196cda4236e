/**
 * The language of the page. Messages read it through paraglide's `getLocale`, which here reads a rune: every text in
 * a template changes at once when the language does, without a reload and without disturbing a running camera.
 */
import { overwriteGetLocale, overwriteSetLocale } from '../paraglide/runtime.js';
import { recall, remember } from './storage.ts';

/**
 * Languages of the site. Japanese and English are complete; Chinese and Korean have the tour, the event mode, the home page
 * and the messages about what went wrong. What they lack is shown in English, and marked as English.
 */
export const LANGUAGES = ['ja', 'en', 'zh', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Languages in which every text exists. */
export type WrittenLanguage = Extract<Language, 'ja' | 'en'>;

/** Each language's name in that language, for the language switch. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  ja: '日本語',
  en: 'English',
  zh: '中文',
  ko: '한국어',
};

const KEY = 'incam.language';

const isLanguage = (tag: unknown): tag is Language => LANGUAGES.some((language) => language === tag);

/** The first of the reader's languages that the page has, else English. */
export function preferredLanguage(tags: readonly string[]): Language {
  return tags.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}

class Locale {
  #current = $state<Language>('en');

  constructor() {
    const chosen = recall(KEY);
    this.#current = isLanguage(chosen) ? chosen : preferredLanguage(globalThis.navigator?.languages ?? []);
  }

  get current(): Language {
    return this.#current;
  }

  /** The language of texts that exist in Japanese and English only. */
  get written(): WrittenLanguage {
    return this.#current === 'ja' ? 'ja' : 'en';
  }

  set(language: Language): void {
    this.#current = language;
    remember(KEY, language);
  }

  /** Shows a language without remembering it as the visitor's choice: where languages take turns. */
  show(language: Language): void {
    this.#current = language;
  }
}

export const locale = new Locale();

overwriteGetLocale(() => locale.current);
overwriteSetLocale((tag) => {
  if (isLanguage(tag)) locale.set(tag);
});
