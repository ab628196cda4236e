import { describe, expect, it } from 'vitest';
import { DESCRIPTOR_LENGTH } from '../../../../../../workers/camera/inference/faces.ts';
import {
  FACE_COHORT,
  similarity,
  similarityTo,
} from '../../../../../../workers/camera/vision/faces/face-similarity.ts';
import { cosine, normalise } from '../../../../../../workers/camera/vision/faces/descriptors.ts';

const at = (...values: number[]) => normalise(Float32Array.from(values));

describe('the similarity of two faces', () => {
  const cohort = { mean: [0.6, 0, 0], directions: [[0, 1, 0]], variances: [0.09], rest: 0.01 };

  it('is the score in deviations of each face’s scores with the cohort, worked by hand', () => {
    const [a, b] = [at(1, 0, 0), at(0, 1, 0)];
    // a has scores of mean .6 and deviation .1 with the cohort, b of 0 and .3. Their own score is 0.
    expect(similarity(a, b, cohort)).toBeCloseTo(((0 - 0.6) / 0.1 + (0 - 0) / 0.3) / 2 / 8, 6);
    expect(similarity(b, b, cohort)).toBeCloseTo(1 / 0.3 / 8, 6);
  });

  it('does not depend on the order', () => {
    const [a, b] = [at(0.6, 0.7, 0.3), at(0.6, 0.7, -0.3)];
    expect(similarityTo(a, cohort)(b)).toBeCloseTo(similarityTo(b, cohort)(a), 12);
  });

  it('demands more of faces that resemble many others', () => {
    // Both pairs have the same cosine; the first lies where the cohort varies, as a group does.
    const inGroup = [at(0.6, 0.8, 0.1), at(0.6, 0.8, -0.1)] as const;
    const apart = [at(0.6, 0.1, 0.8), at(0.6, -0.1, 0.8)] as const;
    expect(cosine(...inGroup)).toBeCloseTo(cosine(...apart), 6);
    expect(similarity(...inGroup, cohort)).toBeLessThan(similarity(...apart, cohort) - 0.05);
  });

  it('stays within -1 and 1, also far from every face', () => {
    const far = at(0, 0, 1);
    expect(similarity(far, far, { ...cohort, rest: 1e-6 })).toBe(1);
    expect(similarity(far, at(0, 0, -1), { ...cohort, rest: 1e-6 })).toBe(-1);
  });

  it('refuses descriptors of another network', () => {
    const other = new Float32Array(1024);
    expect(() => similarityTo(other)).toThrow('1024 numbers instead of 128');
    expect(() => similarity(new Float32Array(DESCRIPTOR_LENGTH), other)).toThrow(
      '1024 numbers instead of 128',
    );
  });
});

describe('the cohort that the camera carries', () => {
  const { mean, directions, variances, rest } = FACE_COHORT;

  it('is a mean and a few directions, orthogonal and of length 1', () => {
    expect(mean).toHaveLength(DESCRIPTOR_LENGTH);
    expect(directions).toHaveLength(8);
    directions.forEach((a, i) =>
      directions.forEach((b, j) => {
        const product = a.reduce((sum, x, k) => sum + x * b[k]!, 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 3);
      }),
    );
  });

  it('varies most along the first direction and least in the rest', () => {
    expect(variances).toHaveLength(directions.length);
    expect([...variances, rest]).toEqual([...variances, rest].sort((a, b) => b - a));
    expect(rest).toBeGreaterThan(0);
  });
});
