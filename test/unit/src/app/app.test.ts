import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { href, isUnknown, ROUTES, routeOf } from '../../../../src/app/router.svelte.ts';
import { DEFAULTS, engineChoice, parseSettings, type Settings } from '../../../../src/app/settings.svelte.ts';
import { recall, remember } from '../../../../src/app/storage.ts';
import { memoryStorage } from '../fakes.ts';

describe('routes', () => {
  it.each(ROUTES)('the address of %s leads there', (route) => {
    expect(routeOf(href(route))).toBe(route);
  });

  it.each([
    { says: 'no hash is home', hash: '', route: 'home' },
    { says: 'an unknown page is home', hash: '#/nowhere', route: 'home' },
    { says: 'what follows a question mark is ignored', hash: '#/about?x=1', route: 'about' },
  ])('$says', ({ hash, route }) => {
    expect(routeOf(hash)).toBe(route);
  });
});

it.each([
  { hash: '', unknown: false },
  { hash: '#/', unknown: false },
  { hash: '#main', unknown: false },
  { hash: '#/counting?x=1', unknown: false },
  { hash: '#/guidebook/duties', unknown: false },
  { hash: '#/nowhere', unknown: true },
  { hash: '#/counting/deeper', unknown: true },
])('whether "$hash" is an address of no page: $unknown', ({ hash, unknown }) => {
  expect(isUnknown(hash)).toBe(unknown);
});

describe('settings', () => {
  it.each<{ says: string; stored: unknown; settings: Settings }>([
    { says: 'nothing remembered: defaults', stored: undefined, settings: DEFAULTS },
    { says: 'an unknown backend: defaults', stored: { ...DEFAULTS, backend: 'cuda' }, settings: DEFAULTS },
    {
      says: 'more threads than there can be: defaults',
      stored: { ...DEFAULTS, threads: 64 },
      settings: DEFAULTS,
    },
    {
      says: 'what fits is taken',
      stored: { ...DEFAULTS, models: { counting: 'yolox-nano' }, pace: 'exact' },
      settings: { ...DEFAULTS, models: { counting: 'yolox-nano' }, pace: 'exact' },
    },
  ])('$says', ({ stored, settings }) => {
    expect(parseSettings(stored)).toEqual(settings);
  });

  it('asks for no size where it is automatic', () => {
    expect(engineChoice(DEFAULTS, 'centernet')).toEqual({
      model: 'centernet',
      role: 'objects',
      backend: 'auto',
      threads: 0,
    });
  });

  it('asks for more than its own size of a detector of faces, whatever the reader chose for objects', () => {
    expect(engineChoice({ ...DEFAULTS, size: '512x288' }, 'm', 'faces')).toEqual({
      model: 'm',
      role: 'faces',
      backend: 'auto',
      threads: 0,
      longSide: 384,
    });
  });

  it('turns a size into width and height', () => {
    expect(engineChoice({ ...DEFAULTS, size: '512x288' }, 'm')).toMatchObject({
      model: 'm',
      width: 512,
      height: 288,
    });
  });
});

describe('storage', () => {
  beforeEach(() => memoryStorage.install());
  afterEach(() => memoryStorage.remove());

  it('gives back what was put in', () => {
    remember('k', { a: [1, 2] });
    expect(recall('k')).toEqual({ a: [1, 2] });
  });

  it('knows nothing of what was never put in, or is broken', () => {
    localStorage.setItem('broken', '{');
    expect([recall('never'), recall('broken')]).toEqual([undefined, undefined]);
  });

  it('forgets without a word where storage is forbidden or full', () => {
    memoryStorage.install(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(() => remember('k', 1)).not.toThrow();
    expect(recall('k')).toBeUndefined();
  });
});
