import { describe, expect, it } from 'vitest';
import { countCrossings, crossingOf, crossingsOf, inZone } from '../../../../scenes/truth/crossings.ts';
import { forwardNormal } from '../../../../contract/index.ts';

const A = [10, 0] as const;
const B = [10, 10] as const;

describe('crossingOf', () => {
  it.each([
    { says: 'leftwards over a line drawn downwards is forward', p: [12, 5], q: [8, 5], expected: 'forward' },
    { says: 'rightwards is backward', p: [8, 5], q: [12, 5], expected: 'backward' },
    { says: 'passing beyond its end is none', p: [8, 11], q: [12, 11], expected: null },
    { says: 'walking along it is none', p: [9, 0], q: [9, 10], expected: null },
    { says: 'coming up to it without passing is none', p: [8, 5], q: [9.9, 5], expected: null },
    { says: 'standing still is none', p: [10, 5], q: [10, 5], expected: null },
  ] as const)('$says', ({ p, q, expected }) => {
    expect(crossingOf(A, B, p, q)?.direction ?? null).toBe(expected);
  });

  it('says where on the way the line was crossed', () => {
    expect(crossingOf(A, B, [8, 5], [16, 5])!.at).toBeCloseTo(0.25, 9);
  });

  it("calls the same way forward as the contract's arrow", () => {
    for (const [a, b] of [
      [
        [0.2, 0.9],
        [0.7, 0.1],
      ],
      [
        [0.9, 0.5],
        [0.1, 0.4],
      ],
    ] as const) {
      const aspect = 16 / 9;
      const [nx, ny] = forwardNormal([...a], [...b], aspect);
      const middle = [((a[0] + b[0]) / 2) * aspect, (a[1] + b[1]) / 2] as const;
      const from = [middle[0] - nx * 0.1, middle[1] - ny * 0.1] as const;
      const to = [middle[0] + nx * 0.1, middle[1] + ny * 0.1] as const;
      const scaled = [a, b].map(([x, y]) => [x * aspect, y] as const);
      expect(crossingOf(scaled[0]!, scaled[1]!, from, to)?.direction).toBe('forward');
    }
  });
});

describe('crossingsOf', () => {
  const line = { id: 'l', a: [0.5, 0] as [number, number], b: [0.5, 1] as [number, number] };
  const xs = (points: (number | null)[]): (readonly [number, number] | null)[] =>
    points.map((x) => (x === null ? null : [x, 50]));

  it.each([
    { says: 'once over', points: [40, 48, 52, 60], expected: ['backward@0.15'] },
    { says: 'there and back', points: [45, 55, 45], expected: ['backward@0.05', 'forward@0.15'] },
    { says: 'exactly on the line in between', points: [40, 50, 60], expected: ['backward@0.1'] },
    { says: 'a frame out of view breaks the path', points: [40, null, 60], expected: [] },
  ])('$says', ({ points, expected }) => {
    const path = { id: 'x', kind: 'car' as const, points: xs(points) };
    const found = crossingsOf(path, line, 100, 100, 10).map((c) => `${c.direction}@${c.atS}`);
    expect(found).toEqual(expected);
  });

  it('counts by line, kind and direction, and leaves no line out', () => {
    const other = { ...line, id: 'm' };
    const crossing = { line: 'l', id: 'x', kind: 'car', direction: 'forward', atS: 1 } as const;
    expect(
      countCrossings([line, other], [crossing, { ...crossing, id: 'y', direction: 'backward' }]),
    ).toEqual({
      l: { car: { forward: 1, backward: 1 } },
      m: {},
    });
  });
});

describe('inZone', () => {
  const l: [number, number][] = [
    [0, 0],
    [1, 0],
    [1, 0.5],
    [0.5, 0.5],
    [0.5, 1],
    [0, 1],
  ];
  it.each([
    { says: 'inside the foot of an L', p: [0.9, 0.2], expected: true },
    { says: 'in the notch of an L', p: [0.9, 0.9], expected: false },
    { says: 'outside', p: [-0.1, 0.5], expected: false },
  ] as const)('$says', ({ p, expected }) => {
    expect(inZone({ points: l }, p)).toBe(expected);
  });
});
