import { expect, it } from 'vitest';
import type { OutRecordOf } from '../../../../contract/index.ts';
import { verdictOf } from '../../../../src/camera/proof-verdict.ts';

const proof = (step: OutRecordOf<'proof'>['step'], found: boolean): OutRecordOf<'proof'> => ({
  type: 'proof',
  step,
  places: [
    { place: 'buffers', bytes: 100, found: false },
    { place: 'models', bytes: 50, found },
  ],
  ms: step === 'wiped' ? 900 : 300,
});

it.each([
  { inside: true, wiped: false, is: 'gone' },
  { inside: true, wiped: true, is: 'left' },
  { inside: false, wiped: false, is: 'blind' },
])('found inside: $inside, found after the wipe: $wiped: $is', ({ inside, wiped, is }) => {
  expect(verdictOf([proof('inside', inside), proof('destroyed', true), proof('wiped', wiped)])).toEqual({
    is,
    searched: 150,
    ms: 900,
  });
});

it('is not known before the last search', () => {
  expect(verdictOf([proof('inside', true), proof('destroyed', false)])).toBeUndefined();
});
