import { describe, expect, it } from 'vitest';
import { groupOf } from '../../../../../../../contract/index.ts';
import { judgeSign } from '../../../../../../../workers/camera/cases/streetscape/vision/sign-judgement.ts';

const KINDS = ['limit-50', 'limit-60', 'go-left', 'stop'];

describe('what is told of a sign', () => {
  it('is the kind where the classifier is sure', () => {
    const told = judgeSign({ score: 0.81, group: 'warning' }, KINDS, [0.9, 0.05, 0, 0.05, 0]);
    expect(told).toEqual({ score: 0.9, kind: 'limit-50', group: 'prohibition' });
  });

  it('is only the group where two kinds of it are as likely', () => {
    const told = judgeSign({ score: 0.5, group: 'warning' }, KINDS, [0.5, 0.45, 0, 0.05, 0]);
    expect(told).toMatchObject({ group: 'prohibition' });
    expect(told).not.toHaveProperty('kind');
  });

  it("is the finder's group where no group is clear", () => {
    const told = judgeSign({ score: 0.5, group: 'warning' }, KINDS, [0.2, 0.14, 0.33, 0.33, 0]);
    expect(told).toMatchObject({ group: 'warning' });
  });

  it('counts for nothing where the classifier sees no sign', () => {
    expect(judgeSign({ score: 1, group: 'stop' }, KINDS, [0, 0, 0, 0, 1]).score).toBe(0);
  });
});

it('kinds and what is told in their place belong to groups, a signal to none', () => {
  expect(['no-parking', 'slow', 'two-way', 'crossing', 'signal', 'nonsense'].map(groupOf)).toEqual([
    'prohibition',
    'yield',
    'warning',
    'guide',
    undefined,
    undefined,
  ]);
});
