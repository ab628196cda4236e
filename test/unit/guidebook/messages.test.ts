/** The guidebook's own catalogue: complete in Japanese and English, and for the public in Chinese and Korean. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SRC = new URL('../../../src/', import.meta.url);

function read(language: string): Record<string, string> {
  const { $schema: _, ...messages } = JSON.parse(
    readFileSync(new URL(`guidebook/messages/${language}.json`, SRC), 'utf8'),
  );
  return messages;
}
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const [ja, en, zh, ko] = ['ja', 'en', 'zh', 'ko'].map(read) as [
  Record<string, string>,
  Record<string, string>,
  Record<string, string>,
  Record<string, string>,
];

test('Japanese and English say the same things, and nothing is empty', () => {
  expect(Object.keys(ja)).toEqual(Object.keys(en));
  expect(Object.entries({ ...ja, ...en, ...zh, ...ko }).filter(([, text]) => !text.trim())).toEqual([]);
});

test('every language takes the same values', () => {
  for (const catalogue of [ja, zh, ko])
    for (const [key, text] of Object.entries(catalogue))
      expect(placeholders(text), key).toEqual(placeholders(en[key] ?? ''));
});

test('what the public reads is there in four languages', () => {
  const forThePublic = Object.keys(en).filter((key) =>
    /^guidebook_(opinion|change|labelled|language)(_|$)/.test(key),
  );
  expect(forThePublic.length).toBeGreaterThan(20);
  expect(Object.keys(zh)).toEqual(forThePublic);
  expect(Object.keys(ko)).toEqual(forThePublic);
});

test('each language is written in its own letters', () => {
  const foreign = (catalogue: Record<string, string>, letters: RegExp) =>
    Object.entries(catalogue)
      .filter(([, text]) => text.replaceAll(/\{\w+\}/g, '').length > 6 && !letters.test(text))
      .map(([key]) => key);
  expect(foreign(ja, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u)).toEqual([]);
  expect(foreign(zh, /\p{Script=Han}/u)).toEqual([]);
  expect(foreign(ko, /\p{Script=Hangul}/u)).toEqual([]);
  const kana = Object.entries({ ...en, ...zh, ...ko }).filter(([, text]) =>
    /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text),
  );
  expect(kana).toEqual([]);
});

test('no message is left that nothing asks for', () => {
  const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.startsWith('paraglide'))
    .map((path) => readFileSync(new URL(path, SRC), 'utf8'))
    .join('\n');
  const asked = new Set([...sources.matchAll(/\bm\.(guidebook_\w+)/g)].map(([, key]) => key));
  expect(Object.keys(en).filter((key) => !asked.has(key))).toEqual([]);
});
