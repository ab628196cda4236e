import { describe, expect, it } from 'vitest';
import { signRates, type ToldSign, type WantedSign } from '../../accuracy/metrics/signs.ts';

const at = (x: number, side = 40): [number, number, number, number] => [x, 0, x + side, side];
const wanted = (x: number, kind: string, small = false): WantedSign => ({
  box: at(x),
  kind,
  group: 'g',
  small,
});
const told = (x: number, score: number, more: Partial<ToldSign> = {}): ToldSign => ({
  box: at(x),
  score,
  ...more,
});

describe('signs on pictures', () => {
  it('each true sign is found once, by what is surest', () => {
    const { all } = signRates(
      [
        {
          truth: [wanted(0, 'stop'), wanted(100, 'slow')],
          told: [told(2, 0.5, { kind: 'slow' }), told(0, 0.9, { kind: 'stop', group: 'g' })],
        },
      ],
      24,
    );
    expect(all).toMatchObject({
      truth: 2,
      told: 2,
      found: 1,
      precision: 0.5,
      recall: 0.5,
      kindRight: 1,
      groupRight: 1,
    });
  });

  it('small signs are neither missed nor wrong, nor are small things told elsewhere', () => {
    const { all } = signRates(
      [{ truth: [wanted(0, 'stop', true)], told: [told(0, 0.9), { box: at(300, 20), score: 0.9 }] }],
      24,
    );
    expect(all).toMatchObject({ truth: 0, told: 0, found: 0 });
  });

  it('kinds without labels are counted apart, but not beside a labelled sign', () => {
    const { all } = signRates(
      [
        {
          truth: [wanted(0, 'stop')],
          told: [
            told(200, 0.9, { kind: 'parking', unlabelled: true }),
            told(0, 0.8, { kind: 'parking', unlabelled: true }),
          ],
        },
      ],
      24,
    );
    expect(all).toMatchObject({ told: 1, found: 1, unlabelled: 1, kindRight: 0, kindTold: 1 });
  });

  it('a wrong one counts against the name it was told as, a found one for its true name', () => {
    const { apart } = signRates(
      [
        {
          truth: [wanted(0, 'stop')],
          told: [told(0, 0.9, { kind: 'slow' }), told(200, 0.8, { kind: 'slow' })],
        },
      ],
      24,
      ({ kind }) => kind,
    );
    expect(apart).toMatchObject({
      stop: { truth: 1, found: 1, kindRight: 0 },
      slow: { truth: 0, told: 1, found: 0 },
    });
  });
});
