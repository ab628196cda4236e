import { describe, expect, it } from 'vitest';
import type { SignSighting } from '../../../../../../workers/camera/vision/geometry/sign-sighting.ts';
import {
  StreetSigns,
  type PassedSign,
} from '../../../../../../workers/camera/cases/streetscape/street-signs.ts';

const SIZE = { width: 320, height: 180 };
const PICTURE = { ...SIZE, pixels: new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(120) };
const KINDS = ['stop', 'limit-40', 'limit-50', 'bends', 'two-way'];

interface Seen {
  readonly score?: number;
  readonly group?: SignSighting['group'];
  readonly is: readonly number[];
}

/** A sign at the roadside that comes nearer for two seconds, ten pictures a second, then is gone. */
function drive(seenAt: (step: number) => Seen | undefined, growth = 1.6): PassedSign[] {
  const signs = new StreetSigns(SIZE);
  const passed: PassedSign[] = [];
  for (let step = 0; step < 50; step++) {
    const seen = step < 20 ? seenAt(step) : undefined;
    const side = 14 * (1 + ((growth - 1) * step) / 20);
    const x = 200 + 2 * step;
    const sightings: SignSighting[] = seen
      ? [
          {
            box: [x, 60 - side / 2, x + side, 60 + side / 2],
            score: seen.score ?? 0.7,
            group: seen.group ?? 'prohibition',
            probabilities: Float32Array.from([...seen.is, 1 - seen.is.reduce((sum, p) => sum + p, 0)]),
          },
        ]
      : [];
    passed.push(...signs.update(PICTURE, [], { kinds: KINDS, sightings }, step / 10));
  }
  return [...passed, ...signs.finish()];
}

const kinds = (passed: readonly PassedSign[]) => passed.map(({ kind }) => kind);

describe('signs along the road', () => {
  it('are told once, by what most of their sightings say', () => {
    const told = drive((step) => ({ is: step % 4 === 0 ? [0, 0.2, 0.7, 0, 0] : [0, 0.9, 0, 0, 0] }));
    expect(told).toEqual([{ kind: 'limit-40', lastSeenS: 1.9 }]);
  });

  it('count more when they are near', () => {
    expect(kinds(drive((step) => ({ is: step < 9 ? [0, 0.9, 0, 0, 0] : [0, 0, 1, 0, 0] }), 3))).toEqual([
      'limit-50',
    ]);
  });

  it('are told as their group where no kind is sure', () => {
    expect(kinds(drive(() => ({ is: [0, 0.5, 0.48, 0, 0] })))).toEqual(['prohibition']);
    expect(kinds(drive(() => ({ is: [0, 0, 0, 0.5, 0.45], group: 'warning' })))).toEqual(['warning']);
  });

  it('are not told where the classifier sees none', () => {
    expect(drive(() => ({ is: [0, 0.1, 0.05, 0, 0] }))).toEqual([]);
  });

  it('are not told if they never came nearer', () => {
    expect(drive(() => ({ is: [0, 0.9, 0, 0, 0] }), 1)).toEqual([]);
  });

  it('are not told if the finder was never sure', () => {
    expect(drive(() => ({ is: [0, 0.9, 0, 0, 0], score: 0.25 }))).toEqual([]);
  });

  it('keep their kind when the finder takes them for another group in between', () => {
    const told = drive((step) => ({ is: [0.95, 0, 0, 0, 0], group: step % 3 === 0 ? 'no-entry' : 'stop' }));
    expect(kinds(told)).toEqual(['stop']);
  });
});
