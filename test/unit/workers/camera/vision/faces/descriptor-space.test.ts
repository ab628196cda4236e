import { describe, expect, it } from 'vitest';
import { DESCRIPTOR_LENGTH } from '../../../../../../workers/camera/inference/faces.ts';
import { DESCRIPTOR_SPACE, toSpace } from '../../../../../../workers/camera/vision/faces/descriptor-space.ts';
import { cosine } from '../../../../../../workers/camera/vision/faces/descriptors.ts';
import { random } from '../rng.ts';

const at = (...values: number[]) => Float32Array.from(values);

describe('the space of descriptors', () => {
  const space = { mean: [0.6, 0, 0], directions: [[0, 1, 0]] };

  it('has the mean and the directions of groups taken out, worked by hand', () => {
    // Of length 1: (.6, .48, .64); less the mean (0, .48, .64); less the direction (0, 0, .64).
    expect([...toSpace(at(1.2, 0.96, 1.28), space)]).toEqual([0, 0, 1].map((x) => expect.closeTo(x, 6)));
  });

  it('does not see what two people have in common as a group', () => {
    const apart = cosine(toSpace(at(0.6, 0.7, 0.3), space), toSpace(at(0.6, 0.7, -0.3), space));
    expect(cosine(at(0.6, 0.7, 0.3), at(0.6, 0.7, -0.3))).toBeGreaterThan(0.8);
    expect(apart).toBeLessThan(0);
  });

  it('refuses descriptors of another network', () => {
    expect(() => toSpace(new Float32Array(1024))).toThrow('1024 numbers instead of 128');
  });

  it('that the camera carries is a mean and a few directions, orthogonal and of length 1', () => {
    const { mean, directions } = DESCRIPTOR_SPACE;
    expect(mean).toHaveLength(DESCRIPTOR_LENGTH);
    expect(directions.length).toBeLessThan(8);
    directions.forEach((a, i) =>
      directions.forEach((b, j) => {
        const dot = a.reduce((sum, x, k) => sum + x * b[k]!, 0);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 3);
      }),
    );
    const next = random(5);
    const moved = toSpace(Float32Array.from({ length: DESCRIPTOR_LENGTH }, () => next() - 0.5));
    for (const direction of directions)
      expect(moved.reduce((sum, x, k) => sum + x * direction[k]!, 0)).toBeCloseTo(0, 3);
  });
});
