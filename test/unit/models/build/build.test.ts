/** Building into a folder of its own: what is made, when, and what happens to files that are damaged. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { buildAll } from '../../../../models/build/all.ts';
import { readCards } from '../../../../models/build/cards.ts';
import { sha256 } from '../../../../models/build/files.ts';
import { install, uninstall } from '../../../../models/build/install.ts';
import { PLACES, type Places } from '../../../../models/build/paths.ts';
import { originalPath } from '../../../../models/build/sources.ts';
import { verify } from '../../../../models/build/verify.ts';
import { writeModel } from '../../../../lib/onnx/write.ts';
import { Registry, type OptionalCard } from '../../../../models/registry.ts';
import { graphOf } from '../graphs.ts';

/** Two small carried models stand for all: one converted, one given metadata. */
const CARDS = ['blazeface.json', 'mediapipe-face-short.json'];
/** A model someone might offer: gives its input back. */
const echo = writeModel(
  graphOf({
    inputs: { data: [1, 3, 4, 6] },
    constants: { zero: { dims: [1] } },
    nodes: [['Add', ['data', 'zero'], ['out']]],
    outputs: ['out'],
  }),
);

let places: Places;
let optional: OptionalCard;

beforeAll(async () => {
  const base = await mkdtemp(join(tmpdir(), 'incam-build-'));
  places = {
    root: base,
    cards: join(base, 'cards'),
    served: join(base, 'public', 'models'),
    cache: join(base, 'cache'),
  };
  await mkdir(places.cards);
  await symlink(join(PLACES.root, 'node_modules'), join(base, 'node_modules'));
  for (const file of CARDS) await cp(join(PLACES.cards, file), join(places.cards, file));
  const template = JSON.parse(await readFile(join(PLACES.cards, 'rfb-320.json'), 'utf8')) as OptionalCard;
  optional = {
    ...template,
    id: 'echo',
    input: { ...template.input, width: 6, height: 4 },
    source: { ...template.source, file: 'echo.onnx', sha256: sha256(echo), bytes: echo.length },
  };
  await writeFile(join(places.cards, 'echo.json'), JSON.stringify(optional));
});

afterAll(() => rm(places.root, { recursive: true }));

const build = async () => {
  const made: string[] = [];
  const registry = await buildAll((card) => made.push(card.id), places);
  return { made, registry };
};
const served = (file: string) => join(places.served, file);

describe('building', () => {
  beforeEach(async () => void (await build()));

  it('writes what the registry says, with facts from the very bytes', async () => {
    const registry = v.parse(Registry, JSON.parse(await readFile(served('registry.json'), 'utf8')));
    expect(registry.models.map(({ id, facts }) => [id, Boolean(facts)])).toEqual([
      ['blazeface', true],
      ['mediapipe-face-short', true],
      ['echo', false],
    ]);
    for (const { facts } of registry.models) {
      if (!facts) continue;
      const bytes = await readFile(join(places.served, '..', facts.url));
      expect([bytes.length, sha256(bytes)]).toEqual([facts.bytes, facts.sha256]);
      expect(facts.macs).toBeGreaterThan(1e7);
    }
    expect(await verify(places)).toEqual({ checked: 2, wrong: [] });
  });

  it('does nothing the second time', async () => {
    const before = await stat(served('registry.json'));
    expect((await build()).made).toEqual([]);
    expect((await stat(served('registry.json'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('makes the same bytes from nothing', async () => {
    const files = async () =>
      Object.fromEntries(
        await Promise.all(
          (await readdir(places.served)).map(
            async (file) => [file, sha256(await readFile(served(file)))] as const,
          ),
        ),
      );
    const before = await files();
    await rm(places.served, { recursive: true });
    await rm(places.cache, { recursive: true });
    expect((await build()).made).toEqual(['blazeface', 'mediapipe-face-short']);
    expect(await files()).toEqual(before);
  });

  it.each([
    { says: 'a served file is damaged', harm: () => writeFile(served('blazeface.onnx'), 'not a model') },
    { says: 'a served file is missing', harm: () => rm(served('blazeface.onnx')) },
  ])('notices that $says, and mends it', async ({ harm }) => {
    await harm();
    expect(await verify(places)).toEqual({ checked: 2, wrong: ['blazeface'] });
    expect((await build()).made).toEqual(['blazeface']);
    expect(await verify(places)).toEqual({ checked: 2, wrong: [] });
  });

  it('makes everything anew where its notes are damaged', async () => {
    await writeFile(join(places.cache, 'built.json'), '{"blazeface": {}');
    expect((await build()).made).toEqual(['blazeface', 'mediapipe-face-short']);
  });

  it('makes a model anew when its card changes', async () => {
    const path = join(places.cards, 'blazeface.json');
    const card = await readFile(path, 'utf8');
    await writeFile(path, card.replace('"score": 0.5', '"score": 0.6'));
    expect((await build()).made).toEqual(['blazeface']);
    await writeFile(path, card);
    expect((await build()).made).toEqual(['blazeface']);
  });

  it('removes served models that have no card any more, and nothing else', async () => {
    await writeFile(served('gone.onnx'), 'old');
    await writeFile(served('note.txt'), 'keep me');
    await build();
    expect([existsSync(served('gone.onnx')), existsSync(served('note.txt'))]).toEqual([false, true]);
    await rm(served('note.txt'));
  });

  it.each([
    {
      says: 'breaks the schema',
      change: (card: string) => card.replace('"faces"', '"phrenology"'),
      message: /task/,
    },
    {
      says: 'has a field nobody knows',
      change: (card: string) => card.replace('{', '{ "extra": 1,'),
      message: /extra/,
    },
    {
      says: 'has another id than its file',
      change: (card: string) => card.replace('"blazeface"', '"blaze"'),
      message: /"blaze"/,
    },
    {
      says: 'wants another version of its package',
      change: (card: string) => card.replace('3.3.6', '9.9.9'),
      message: /9\.9\.9/,
    },
    {
      says: 'wants a package that is not there',
      change: (card: string) => card.replace('@vladmandic/human', '@nobody/nothing'),
      message: /npm ci/,
    },
    {
      says: 'leads out of its package',
      change: (card: string) => card.replace('models/blazeface.json', '../../x.json'),
      message: /files/,
    },
  ])('refuses a card that $says, and says which', async ({ change, message }) => {
    const path = join(places.cards, 'blazeface.json');
    const card = await readFile(path, 'utf8');
    await writeFile(path, change(card));
    await expect(build()).rejects.toThrow(message);
    await expect(build()).rejects.toThrow(/blazeface/);
    await writeFile(path, card);
  });
});

describe('optional models', () => {
  const offered = () => join(places.root, 'offered');
  beforeAll(async () => {
    await mkdir(join(offered(), 'onnx'), { recursive: true });
    await writeFile(join(offered(), 'onnx', 'echo.onnx'), echo);
  });

  it('come from a folder, are wrapped, and go again', async () => {
    expect(await install(optional, places, offered())).toBe('folder');
    expect(await install(optional, places, offered())).toBe('there');
    const { made, registry } = await build();
    expect(made).toEqual(['echo']);
    const facts = registry.models.find(({ id }) => id === 'echo')!.facts!;
    expect(facts.operators).toEqual({ Add: 1, Cast: 1, Div: 1, Gather: 1, Sub: 1, Transpose: 1 });
    expect(existsSync(served('echo.onnx'))).toBe(true);

    await uninstall(optional, places);
    const { registry: without } = await build();
    expect(without.models.find(({ id }) => id === 'echo')!.facts).toBeUndefined();
    expect(existsSync(served('echo.onnx'))).toBe(false);
  });

  it('are left out where the original was changed behind our back', async () => {
    await install(optional, places, offered());
    await writeFile(originalPath(optional, places), 'changed');
    const { registry } = await build();
    expect(registry.models.find(({ id }) => id === 'echo')!.facts).toBeUndefined();
    expect(await install(optional, places, offered())).toBe('folder');
    await uninstall(optional, places);
  });

  it('are refused where the folder has another file of that name', async () => {
    const other = join(places.root, 'other');
    await mkdir(other, { recursive: true });
    await writeFile(join(other, 'echo.onnx'), 'something else');
    await expect(install(optional, places, other)).rejects.toThrow(/SHA-256/);
    expect(existsSync(originalPath(optional, places))).toBe(false);
  });

  it('are not fetched behind a folder that lacks them', async () => {
    await expect(install(optional, places, places.cards)).rejects.toThrow(/has no echo\.onnx/);
  });
});

describe('the cards of the project', async () => {
  const cards = await readCards();
  it('are sorted: own, carried, optional, and the preferred first', () => {
    const rank = cards.map(
      ({ tier, preferred }) => ['own', 'carried', 'optional'].indexOf(tier) * 2 + (preferred ? 0 : 1),
    );
    expect(rank).toEqual([...rank].sort((a, b) => a - b));
  });

  it('prefer one model a task, and never an optional one', () => {
    const preferred = cards.filter((card) => card.preferred);
    expect(new Set(preferred.map(({ task }) => task)).size).toBe(preferred.length);
    expect(preferred.filter(({ tier }) => tier === 'optional')).toEqual([]);
  });

  it('let no network that reads faces give more than one thing', () => {
    const outputs = (id: string) => Object.keys(cards.find((card) => card.id === id)!.outputs);
    expect(outputs('age')).toEqual(['age']);
    expect(outputs('sex')).toEqual(['gender']);
    expect(outputs('face-descriptor')).toEqual(['desc']);
  });

  it.each(cards.flatMap((card) => (card.tier === 'optional' ? [{ id: card.id, card }] : [])))(
    '$id is pinned to a commit or version',
    ({ card: { source } }) => {
      expect(source.url).toMatch(/\/[0-9a-f]{8,40}\/|\/float16\/\d+\//);
    },
  );

  it.each(cards.map((card) => ({ id: card.id, card })))('$id describes every output it makes', ({ card }) => {
    if (card.make.from === 'tfjs') {
      expect(Object.keys(card.outputs).sort()).toEqual(Object.keys(card.make.outputs).sort());
    }
    expect(Object.keys(card.outputs).length).toBeGreaterThan(0);
    expect(new Set(card.classes).size).toBe(card.classes.length);
  });
});
