import { describe, expect, it } from 'vitest';
import type { AttributeRecord } from '../../../contract/index.ts';
import { controlledAttributes } from '../../accuracy/disclosure/held-back.ts';
import {
  differencing,
  estimatesLeft,
  joining,
  leaves,
  loneVisitor,
  SUMS_NOW,
  sumsOf,
} from '../../accuracy/disclosure/attacks.ts';
import { shopDay } from '../../accuracy/disclosure/shop-day.ts';

const told = (n: number, more: Partial<AttributeRecord> = {}): AttributeRecord[] =>
  Array.from({ length: n }, (_, i) => ({
    type: 'attribute',
    case: 'attributes',
    age: '30-39',
    sex: 'female',
    quality: 0.6,
    atS: i,
    relaxed: true,
    ...more,
  }));
const truth = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ fromS: i, toS: i, age: 35, sex: 'female' as const }));

describe('what control costs on a clip of case 1', () => {
  it('nothing where all are alike', () => {
    const { without, with: held } = controlledAttributes(truth(6), told(6));
    expect(held).toEqual(without);
    expect(held).toMatchObject({ told: 6, countError: 0, ageSaid: 1, ageMixError: 0, sexMixError: 0 });
  });

  it('the age of one among many, whose record leaves with the others of their sex, or not at all', () => {
    const { with: held } = controlledAttributes(truth(7), [...told(6), ...told(1, { age: '70+', atS: 6 })]);
    expect(held).toMatchObject({ told: 6, ageSaid: 1 });
  });
});

describe('the chance of singling out in an invented shop', () => {
  const day = shopDay(30, 5);
  const [open, held] = [leaves(day, 'sample'), leaves(day, 'webcam')];

  it('is at most 1 in k with control, and most of it without', () => {
    expect(loneVisitor(day, open)).toBeGreaterThan(0.6);
    expect(loneVisitor(day, held)).toBeLessThanOrEqual(0.2);
    expect(joining(open)).toBeGreaterThan(0.9);
    expect(joining(held)).toBeLessThanOrEqual(0.2);
    const sums = sumsOf(day, SUMS_NOW);
    expect(Math.min(...sums.fewest.filter((n) => n !== undefined))).toBeGreaterThanOrEqual(5);
    expect(differencing(sums, 2)).toBeLessThanOrEqual(1 / 3);
  });

  it('does not come from a camera that says nothing', () => {
    expect(estimatesLeft(day, held).told).toBeGreaterThan(0.9);
  });
});
