import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCards } from '../../models/build/cards.ts';
import { termsOf, thirdPartyNotices } from '../../build/notices.ts';

const ROOT = join(import.meta.dirname, '../..');
const cards = await readCards();

describe('terms of models', () => {
  it.each(cards.map((card) => ({ id: card.id, card })))('of $id can be told', ({ card }) => {
    const text = termsOf(card);
    expect(text).toContain(card.licence);
    expect(text).toContain(card.copyright);
    expect(text).toContain(card.trainedOn.en);
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it('are as known, not as hoped: the detector’s own repository states no licence', () => {
    for (const card of cards.filter(({ family }) => family === 'centernet'))
      expect(card.licence).toBe('MIT (package); the original repository states no licence');
  });

  it('keep a model out that has none', () => {
    expect(() => termsOf({ ...cards[0]!, licence: 'to be found' })).toThrow('no text for the licence');
    expect(() => termsOf({ ...cards[0]!, copyright: '' })).toThrow('does not say whose it is');
  });
});

const registry = join(ROOT, 'public/models/registry.json');
describe.skipIf(!existsSync(registry))('the notices', () => {
  it('have the terms of every model that is served, and the licence text of the package it comes from', () => {
    const text = thirdPartyNotices(ROOT);
    const { models } = JSON.parse(readFileSync(registry, 'utf8')) as {
      models: { id: string; facts?: unknown; source: { package?: string } }[];
    };
    for (const { id, facts, source } of models.filter((model) => model.facts)) {
      expect(facts && text, id).toContain(`[${id}]`);
      if (source.package) expect(text, id).toMatch(new RegExp(`\n${source.package} [0-9.]+ \\(`));
    }
    expect(text).toContain('Permission is hereby granted, free of charge');
    expect(text).toContain('Apache License');
  });
});
