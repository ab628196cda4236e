import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNVERIFIED } from '../../../../src/feasibility/chip.ts';
import { CHIPS, KNOWN_MODELS } from '../../../../src/feasibility/chips.ts';
import { familyOf } from '../../../../src/feasibility/families.ts';

const HERE = join(import.meta.dirname, '../../../../src/feasibility');

/** Every source named anywhere in a file, with the path to it. */
function named(value: unknown, path = ''): { path: string; source: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'source' ? [{ path, source: String(each) }] : named(each, `${path}/${key}`),
  );
}

it('every file of a chip is among the chips shown, under its own name', () => {
  const files = readdirSync(join(HERE, 'chips')).map((file) => file.replace('.json', ''));
  expect(CHIPS.map(({ id }) => id).sort()).toEqual(files.sort());
});

it('the chips an in-camera project meets are there', () => {
  const names = CHIPS.map(({ maker, name }) => `${maker} ${name}`).join('\n');
  for (const name of [/IMX500/, /Edge TPU/, /Hailo-8L/, /CV2x/, /CV5x/, /ARTPEC-8/, /ARTPEC-9/]) {
    expect(names).toMatch(name);
  }
  for (const name of [/U55/, /U65/, /K210/, /Pi 5/, /Cortex-A53/]) expect(names).toMatch(name);
});

describe.each([
  ...CHIPS.map((chip) => ({ id: chip.id, data: chip })),
  { id: 'known models', data: KNOWN_MODELS },
])('$id', ({ data }) => {
  it('names for every number a source that is there, or says that it has none', () => {
    const found = named(data);
    expect(found.length).toBeGreaterThan(0);
    for (const { path, source } of found) {
      expect([...Object.keys(data.sources), UNVERIFIED], path).toContain(source);
    }
  });

  it('lists no source that nothing rests on', () => {
    const used = new Set(named(data).map(({ source }) => source));
    expect(Object.keys(data.sources).filter((key) => !used.has(key))).toEqual([]);
  });
});

describe.each(CHIPS)('$id', ({ measurements, operators }) => {
  it('was measured with models that are described', () => {
    for (const { model } of measurements) expect(Object.keys(KNOWN_MODELS.models)).toContain(model);
  });

  it('makes exceptions only of operations that exist', () => {
    for (const op of operators.except) expect(familyOf(op), op).toBeDefined();
  });

  it('says in its note what the estimate cannot know, in both languages', () => {
    const { note } = JSON.parse(
      readFileSync(
        join(HERE, 'chips', `${CHIPS.find((chip) => chip.operators === operators)!.id}.json`),
        'utf8',
      ),
    ) as { note: { ja: string; en: string } };
    expect(note.ja).toMatch(/[\p{Script=Hiragana}\p{Script=Han}]/u);
    expect(note.en).not.toBe(note.ja);
  });
});
