import { describe, expect, it } from 'vitest';
import { SamplingMeter } from '../../../../../../../workers/camera/cases/counting/vision/sampling.ts';
import { Tracker } from '../../../../../../../workers/camera/vision/tracking/tracker.ts';
import { film, PICTURE, type Actor } from '../../../vision/world.ts';

/** One after the other, all the same. */
const traffic = (label: string, width: number, height: number, sizesPerS: number): Actor[] => {
  const speed = sizesPerS * Math.sqrt(width * height);
  const lasts = 520 / speed;
  return Array.from({ length: 12 }, (_, i) => ({
    label,
    width,
    height,
    way: [
      [2 * i, 60, 100 + 10 * i],
      [2 * i + lasts, 580, 100 + 10 * i],
    ],
  }));
};
const walkers = traffic('person', 30, 80, 1.5);
const cars = traffic('car', 90, 45, 4.3);

const tooFew = (actors: readonly Actor[], fps: number) => {
  const tracker = new Tracker({ picture: PICTURE });
  const sampling = new SamplingMeter();
  return film(actors, { fps, jitter: 0.03, missed: 0.05 }).some(({ timeS, found }) => {
    sampling.update(tracker.update(found, timeS), tracker.ended(), timeS);
    return sampling.tooFew;
  });
};

describe('pictures a second', () => {
  it.each([
    { says: 'cars at 12', actors: cars, fps: 12, few: false },
    { says: 'cars at 6', actors: cars, fps: 6, few: false },
    { says: 'cars at 3', actors: cars, fps: 3, few: true },
    { says: 'cars at 1', actors: cars, fps: 1, few: true },
    { says: 'walkers at 10', actors: walkers, fps: 10, few: false },
    { says: 'walkers at 3', actors: walkers, fps: 3, few: false },
    { says: 'walkers at 1', actors: walkers, fps: 1, few: true },
  ])('$says: too few is $few', ({ actors, fps, few }) => expect(tooFew(actors, fps)).toBe(few));
});
