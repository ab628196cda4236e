import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followed } from '../../../../src/app/followed.svelte.ts';
import { LEVELS } from '../../../../src/app/levels.ts';
import { readLink, writeLink } from '../../../../src/app/link.ts';
import { DEFAULTS, settings } from '../../../../src/app/settings.svelte.ts';
import { recall } from '../../../../src/app/storage.ts';
import { add, EMPTY, rename, type Drawing } from '../../../../src/drawing/drawing.ts';
import { Layout, storageKey } from '../../../../src/drawing/layout.svelte.ts';
import { memoryStorage } from '../fakes.ts';

function withLine(): Drawing {
  const points = [
    [0.5, 0.2],
    [0.5, 0.8],
  ] as [number, number][];
  const changed = add(EMPTY, 'lines', points, 16 / 9);
  if (!('drawing' in changed)) throw new Error('a line that is refused');
  return rename(changed.drawing, changed.ref!, 'words of a stranger');
}

describe('a link to a case', () => {
  it('comes back as it was made, but for names', () => {
    const parts = {
      language: 'ko',
      source: 'scene',
      level: 'see',
      model: 'yolox-nano',
      knobs: { backend: 'wasm', threads: 2, size: '320x192', pace: 'exact', loop: false, autostart: true },
      drawing: withLine(),
    } as const;
    const hash = writeLink('#/counting', parts);
    expect(hash).not.toContain('stranger');
    const read = readLink(hash);
    const nameless = { ...parts.drawing, lines: parts.drawing.lines.map((line) => ({ ...line, name: '' })) };
    expect(read).toEqual({ ...parts, drawing: nameless, ignored: [] });
  });

  it('without wishes is the page’s own address', () => {
    expect(writeLink('#/counting', {})).toBe('#/counting');
    expect(readLink('#/counting')).toEqual({ knobs: {}, ignored: [] });
  });

  it('takes each level, and what older links call the whole page', () => {
    for (const level of LEVELS) expect(readLink(writeLink('#/counting', { level })).level).toBe(level);
    expect(readLink('#/counting?level=full')).toEqual({ level: 'measure', knobs: {}, ignored: [] });
  });

  it('brings no words of its own onto the page', () => {
    const drawing = JSON.stringify(withLine());
    const hash = `#/counting?drawing=${encodeURIComponent(drawing)}`;
    expect(readLink(hash).drawing?.lines[0]?.name).toBe('');
  });

  const shapes = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `m${i}`, points: [] }));
  it.each([
    'source=webcam',
    'source=file',
    'lang=fr',
    'level=everything',
    'threads=99',
    'threads=-1',
    'threads=two',
    'size=1x1',
    'backend=cuda',
    'loop=yes',
    'model=../../x',
    'nonsense=1',
    'drawing=nonsense',
    'drawing=null',
    'drawing=[]',
    `drawing=${JSON.stringify({ ...EMPTY, masks: shapes(17) })}`,
    `drawing=${JSON.stringify({ ...EMPTY, lines: [null] })}`,
    `drawing=${'x'.repeat(30_000)}`,
  ])('is followed without what is not understood: %s', (part) => {
    const read = readLink(`#/counting?${part}&lang=ja`.replace('lang=fr&lang=ja', 'lang=fr'));
    expect(read.ignored).toEqual([part.split('=')[0]]);
    const { language, ...rest } = read;
    expect(rest).toEqual({ knobs: {}, ignored: read.ignored });
    expect(language).toBe(part === 'lang=fr' ? undefined : 'ja');
  });
});

describe('what a link says', () => {
  beforeEach(() => memoryStorage.install());
  afterEach(() => {
    settings.follow({});
    memoryStorage.remove();
  });

  it('of settings is not remembered, and ends with the link', () => {
    const before = settings.current;
    settings.follow({ threads: 3, size: '320x192' });
    expect(settings.current).toEqual({ ...before, threads: 3, size: '320x192' });
    expect(recall('incam.settings')).toBeUndefined();
    settings.follow({});
    expect(settings.current).toEqual(before);
  });

  it('of settings gives way to the visitor’s own choice, which alone is remembered', () => {
    settings.follow({ threads: 3, size: '320x192' });
    settings.change({ threads: 1 });
    expect(settings.current).toMatchObject({ threads: 1, size: '320x192' });
    expect(recall('incam.settings')).toMatchObject({ threads: 1, size: DEFAULTS.size });
    settings.change({ threads: DEFAULTS.threads });
  });

  it('of the level holds until the visitor chooses another, which alone is remembered', async () => {
    settings.change({ level: 'understand' });
    await followed.follow('counting', '#/counting?level=see');
    expect(settings.current.level).toBe('see');
    expect(recall('incam.settings')).toMatchObject({ level: 'understand' });
    settings.change({ level: 'measure' });
    expect(settings.current.level).toBe('measure');
    followed.nothing();
    expect(recall('incam.settings')).toMatchObject({ level: 'measure' });
    settings.change({ level: undefined });
  });

  it('of the drawing can be undone, and is remembered only once it is changed', () => {
    const told: Drawing[] = [];
    const layout = new Layout('sample:counting', EMPTY, (drawing) => told.push(drawing));
    layout.show(withLine());
    expect(told).toHaveLength(1);
    expect(recall(storageKey('sample:counting'))).toBeUndefined();
    layout.undo();
    expect(layout.current.lines).toEqual([]);
    layout.redo();
    layout.change({ ...layout.current, anchor: 'ground' });
    expect(recall(storageKey('sample:counting'))).toMatchObject({ anchor: 'ground' });
  });
});
