/** The languages of notices (guidebook duties 4 and 7), and how a text of the operator's file is read in one of them. */
import { PUBLIC_LANGUAGES, type LocalText, type PublicLanguage } from '../guidebook/operator-file.ts';

export { PUBLIC_LANGUAGES, type PublicLanguage };

/** Each language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<PublicLanguage, string>> = {
  ja: '日本語',
  en: 'English',
  zh: '中文',
  ko: '한국어',
};

/** What is put in where a language is not stated, in this order. */
const FALLBACKS: readonly PublicLanguage[] = ['ja', 'en'];

export interface Said {
  readonly text: string;
  /** The language it is in, where that is another one than asked for. */
  readonly instead?: PublicLanguage;
}

/** A text of the operator's in one language; undefined where it is stated in none that serves. */
export function say(text: LocalText, language: PublicLanguage): Said | undefined {
  if (text[language].trim() !== '') return { text: text[language].trim() };
  const instead = FALLBACKS.find((other) => text[other].trim() !== '');
  return instead && { text: text[instead].trim(), instead };
}

/** Tags as browsers take them: Chinese notices are in simplified characters. */
export const TAGS: Readonly<Record<PublicLanguage, string>> = { ja: 'ja', en: 'en', zh: 'zh-Hans', ko: 'ko' };

/** @param day YYYY-MM-DD @returns the day as the language writes it */
export function writtenDay(day: string, language: PublicLanguage): string {
  const date = new Date(`${day}T00:00:00Z`);
  const tag = language === 'en' ? 'en-GB' : TAGS[language];
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
