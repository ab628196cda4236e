import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstLevel, LEVELS } from '../../../../src/app/levels.ts';
import { DEFAULTS, parseSettings, settings } from '../../../../src/app/settings.svelte.ts';
import { recall } from '../../../../src/app/storage.ts';
import { memoryStorage } from '../fakes.ts';

describe('the level of a case page', () => {
  beforeEach(() => memoryStorage.install());
  afterEach(() => {
    settings.change({ level: undefined });
    memoryStorage.remove();
  });

  it('is at first by the room there is, and everything in a frame', () => {
    expect(firstLevel({ narrow: true, framed: false })).toBe('see');
    expect(firstLevel({ narrow: false, framed: false })).toBe('understand');
    for (const narrow of [true, false]) expect(firstLevel({ narrow, framed: true })).toBe('measure');
  });

  it('is not chosen until the visitor chooses it', () => {
    expect(DEFAULTS.level).toBeUndefined();
    expect(settings.current.level).toBeUndefined();
  });

  it.each(LEVELS)('is remembered: %s', (level) => {
    settings.change({ level });
    expect(settings.current.level).toBe(level);
    expect(parseSettings(recall('incam.settings')).level).toBe(level);
  });

  it.each(['full', 'everything', 3, null])('that is not known loses no other setting: %s', (level) => {
    const read = parseSettings({ ...DEFAULTS, threads: 3, level });
    expect(read.threads).toBe(3);
    expect(read.level).toBeUndefined();
  });

  it('may be absent, as in settings stored before there were levels', () => {
    const { level: _, ...older } = DEFAULTS;
    expect(parseSettings({ ...older, threads: 2 })).toMatchObject({ threads: 2 });
  });
});
