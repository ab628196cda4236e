import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OutRecord } from '../../../../contract/index.ts';
import { locale } from '../../../../src/app/locale.svelte.ts';
import { sentencesOf } from '../../../../src/event/kept-sentences.ts';

beforeEach(() => locale.show('en'));
afterEach(() => locale.set('en'));

const count = (kind: 'car' | 'bus'): OutRecord => ({
  type: 'count',
  case: 'counting',
  line: 'a',
  kind,
  direction: 'forward',
  atS: 1,
});
const dwell = (meanS: number): OutRecord => ({
  type: 'dwell',
  case: 'trajectories',
  atS: 1,
  zone: 'a',
  people: 3,
  visits: 3,
  meanS,
});
const flow: OutRecord = {
  type: 'flow',
  case: 'trajectories',
  atS: 1,
  from: 'a',
  to: 'b',
  route: 0,
  people: 4,
  points: [
    [0, 0],
    [1, 1],
  ],
};

it('says the latest of each type once', () => {
  expect(sentencesOf([dwell(4), dwell(2), flow], 3)).toEqual([
    '3 or more people stayed at a shelf, 4.0 s on average',
    '4 or more people took the same way',
  ]);
});

it('says the last few different ones where there is one type', () => {
  expect(sentencesOf([count('car'), count('car'), count('bus')], 3)).toEqual([
    'One car crossed the line',
    'One bus crossed the line',
  ]);
  expect(sentencesOf([count('car'), count('bus')], 1)).toHaveLength(1);
});
