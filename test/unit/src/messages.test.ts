import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { readCatalogue as read } from '../../tools/catalogue.ts';

const ROOT = join(import.meta.dirname, '../../..');

const files = (ending: string) =>
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && !path.startsWith('paraglide'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, 'src', path), 'utf8') }));

const en = read('en');
const ja = read('ja');
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the message catalogues', () => {
  it('know the same messages in Japanese and English', () => {
    expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
  });

  it('leave nothing empty', () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(ja)]) {
      expect(text.trim(), key).not.toBe('');
    }
  });

  it('take the same values in both languages', () => {
    for (const [key, text] of Object.entries(en)) {
      expect(placeholders(ja[key] ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('are Japanese where they say Japanese, except for names and abbreviations', () => {
    const same = Object.keys(en).filter((key) => ja[key] === en[key]);
    expect(same).toEqual(
      expect.arrayContaining(['app_name', 'backend_wasm', 'backend_webgpu', 'export_csv', 'export_json']),
    );
    // A text of values and signs alone, or with an abbreviation, is in no language.
    const words = (text: string) => text.replaceAll(/\{\w+\}|[^\p{L}]/gu, '');
    for (const key of same) expect(words(ja[key]!), key).toMatch(/^[A-Za-z]*$/);
    for (const [key, text] of Object.entries(ja)) {
      if (!same.includes(key) && words(text) !== '')
        expect(text, key).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
    }
  });

  it.each(['zh', 'ko'])('know no message in %s that the page does not', (language) => {
    expect(Object.keys(en)).toEqual(expect.arrayContaining(Object.keys(read(language))));
  });

  it('hold nothing that no source asks for', () => {
    const sources = [...files('.svelte'), ...files('.ts')].map(({ text }) => text).join('\n');
    const unused = Object.keys(en).filter((key) => !new RegExp(`\\bm\\.${key}\\b`).test(sources));
    expect(unused).toEqual([]);
  });
});

/** Attributes whose value a visitor sees or hears. */
const SPOKEN = new Set([
  'aria-label',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
  'label',
  'text',
  'legend',
]);
const WORD = /\p{L}{2,}/u;

/** Texts in the markup of a component that do not come from the catalogue. */
function hardCoded(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    const typed = node as AST.SvelteNode;
    if (typed.type === 'StyleDirective') return;
    if (typed.type === 'Text' && WORD.test(typed.data)) found.push(typed.data.trim());
    if (typed.type === 'Attribute') {
      if (!SPOKEN.has(typed.name) || !Array.isArray(typed.value)) return;
      typed.value.forEach((part) => {
        if (part.type === 'Text' && WORD.test(part.data)) found.push(`${typed.name}="${part.data}"`);
      });
      return;
    }
    Object.entries(node).forEach(([key, child]) => {
      if (key !== 'css' && key !== 'instance' && key !== 'module') visit(child);
    });
  };
  visit(parse(source, { modern: true }).fragment);
  return found;
}

describe('no text stands in a component itself', () => {
  it.each([
    { says: 'a text between tags is found', source: '<p>Hello</p>', found: ['Hello'] },
    { says: 'a label is found', source: '<i aria-label="Close it"></i>', found: ['aria-label="Close it"'] },
    { says: 'Japanese is found', source: '<p>{#if x}開始{/if}</p>', found: ['開始'] },
    {
      says: 'messages, signs and class names are not',
      source: '<p class="big">{m.x()} × — {y}</p>',
      found: [],
    },
  ])('$says', ({ source, found }) => {
    expect(hardCoded(source)).toEqual(found);
  });

  it.each(files('.svelte'))('$path', ({ text }) => {
    expect(hardCoded(text)).toEqual([]);
  });
});
