import { describe, expect, it } from 'vitest';
import { SightingSizes } from '../../../../../../../workers/camera/cases/crowding/vision/sighting-sizes.ts';
import type { Detection } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import { random } from '../../../vision/rng.ts';

const PICTURE = { width: 768, height: 576 };
/** 512 pixels of input for 768 of the picture. */
const SCALE = 2 / 3;

/** So many people of a height about a place, found with a score. */
function people(count: number, height: number, score: number, seed = 1): Detection[] {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const [x, y] = [100 + 500 * next(), 150 + 350 * next()];
    return { label: 'person', score, box: [x - height / 5, y - height, x + height / 5, y] };
  });
}

const after = (frames: number, at: (frame: number) => Detection[]) => {
  const sizes = new SightingSizes(PICTURE);
  for (let frame = 0; frame < frames; frame++) sizes.see(at(frame));
  return sizes.smallCrowd(SCALE);
};

describe('a crowd of small people', () => {
  it('shows in faint sightings alone, with the height of half of them and where they stand', () => {
    const crowd = after(10, (frame) => people(50, 30, 0.2, frame + 1));
    expect(crowd!.height).toBeCloseTo(30, 0);
    expect(crowd!.region.x).toBeLessThan(130);
    expect(crowd!.region.x + crowd!.region.width).toBeGreaterThan(570);
  });

  it.each([
    { says: 'one frame only', frames: 1, at: () => people(50, 30, 0.2) },
    { says: 'clutter, which is faint and not as numerous', frames: 20, at: () => people(15, 25, 0.12) },
    {
      says: 'a few people who are near, with clutter around them',
      frames: 20,
      at: () => [...people(6, 110, 0.5), ...people(15, 25, 0.12)],
    },
    { says: 'many who are large enough', frames: 20, at: () => people(30, 80, 0.4) },
    { says: 'nobody', frames: 20, at: () => [] },
  ])('is not seen in $says', ({ frames, at }) => expect(after(frames, at)).toBeUndefined());
});
