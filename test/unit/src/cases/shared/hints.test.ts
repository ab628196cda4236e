import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeHint, type Box, type Side } from '../../../../../src/cases/shared/hint-place.ts';
import { Hints } from '../../../../../src/cases/shared/hints.svelte.ts';
import { memoryStorage } from '../../fakes.ts';

describe('first-time hints', () => {
  let items: Map<string, string>;
  beforeEach(() => (items = memoryStorage.install()));
  afterEach(() => memoryStorage.remove());

  it('come one after the other, to the end', () => {
    const hints = new Hints();
    expect(hints.current).toBeUndefined();
    hints.begin();
    const seen = [];
    for (; hints.current; hints.next()) seen.push([hints.current, hints.number, hints.isLast]);
    expect(seen).toEqual([
      ['lens', 1, false],
      ['destroyed', 2, false],
      ['kept', 3, true],
    ]);
  });

  it('are remembered as soon as the first is shown, and do not begin again', () => {
    const hints = new Hints();
    expect(items.size).toBe(0);
    hints.begin();
    expect(items.get('incam.hints-shown')).toBe('true');
    hints.close();
    hints.begin();
    expect(hints.current).toBeUndefined();
    const later = new Hints();
    later.begin();
    expect(later.current).toBeUndefined();
  });

  it('end at once', () => {
    const hints = new Hints();
    hints.begin();
    hints.close();
    expect(hints.current).toBeUndefined();
    hints.next();
    expect(hints.current).toBeUndefined();
  });
});

describe('the place of a hint', () => {
  const CARD = { width: 300, height: 100 };
  const WINDOW = { width: 1000, height: 700 };
  const box = (left: number, top: number, width: number, height: number): Box => ({
    left,
    top,
    width,
    height,
  });
  const put = (anchor: Box, sides: readonly Side[], scrolled = 0, window = WINDOW) =>
    placeHint(anchor, CARD, window, sides, scrolled);

  it.each<{ says: string; anchor: Box; sides: readonly Side[]; side: Side; left: number; top: number }>([
    {
      says: 'below, in the middle',
      anchor: box(200, 100, 400, 300),
      sides: ['below'],
      side: 'below',
      left: 250,
      top: 410,
    },
    {
      says: 'below, but inside the window',
      anchor: box(0, 100, 40, 40),
      sides: ['below'],
      side: 'below',
      left: 6,
      top: 150,
    },
    {
      says: 'right of it where below is no room',
      anchor: box(100, 500, 200, 150),
      sides: ['below', 'right'],
      side: 'right',
      left: 310,
      top: 500,
    },
    {
      says: 'left of something tall, at its upper end',
      anchor: box(600, 50, 390, 640),
      sides: ['left', 'above'],
      side: 'left',
      left: 290,
      top: 50,
    },
    {
      says: 'the first side that fits',
      anchor: box(400, 300, 200, 100),
      sides: ['left', 'above'],
      side: 'left',
      left: 90,
      top: 300,
    },
  ])('$says', ({ anchor, sides, side, left, top }) => {
    expect(put(anchor, sides)).toMatchObject({ side, left, top });
  });

  it('points at the middle of what it speaks of, and never past its own corners', () => {
    // The middle lies at 20; the hint begins at 6.
    expect(put(box(0, 100, 40, 40), ['below']).arrow).toBe(16);
    expect(put(box(200, 100, 400, 300), ['below']).arrow).toBe(150);
  });

  it('where no side is free, stands above or below and lets the page scroll', () => {
    const phone = { width: 390, height: 600 };
    const tall = box(8, 20, 374, 900);
    expect(put(tall, ['left', 'above', 'below'], 500, phone)).toMatchObject({ side: 'above', top: -90 });
    // Above the page's beginning there is nothing to scroll to.
    expect(put(tall, ['left', 'above', 'below'], 0, phone)).toMatchObject({ side: 'below', top: 930 });
  });
});
