import { linearSumAssignment } from 'linear-sum-assignment';
import { describe, expect, it } from 'vitest';
import { assignSparse } from '../../../../../../workers/camera/vision/tracking/assignment.ts';
import { random } from '../rng.ts';

const X = Infinity;

/**
 * A full matrix, row by row; `X` forbids a pair. Without a limit it is dearer to leave a row alone than any exchange of
 * pairs can save.
 */
function assign(costs: readonly number[], rows: number, cols: number, limit = 1e4): Int32Array {
  const allowed = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: cols }, (_, c) => c).filter((c) => costs[r * cols + c] !== X),
  );
  const start = new Int32Array(rows + 1);
  for (const [r, row] of allowed.entries()) start[r + 1] = start[r]! + row.length;
  const cost = Float64Array.from(allowed.flatMap((row, r) => row.map((c) => costs[r * cols + c]!)));
  return assignSparse({ rows, cols, start, col: Int32Array.from(allowed.flat()), cost }, limit);
}

const total = (costs: readonly number[], cols: number, pairs: Int32Array) =>
  pairs.reduce((sum, c, r) => (c < 0 ? sum : sum + costs[r * cols + c]!), 0);

describe('a full problem', () => {
  it.each([
    { says: 'nothing to pair', costs: [], rows: 0, cols: 0, pairs: [] },
    { says: 'rows without columns stay alone', costs: [], rows: 2, cols: 0, pairs: [-1, -1] },
    { says: 'the diagonal when it is cheapest', costs: [1, 9, 9, 1], rows: 2, cols: 2, pairs: [0, 1] },
    {
      says: 'not greedily: the dear row gets its only cheap column',
      costs: [1, 2, 1, 9],
      rows: 2,
      cols: 2,
      pairs: [1, 0],
    },
    { says: 'more columns than rows', costs: [5, 1, 3], rows: 1, cols: 3, pairs: [1] },
    {
      says: 'more rows than columns: the cheapest row wins',
      costs: [5, 1, 3],
      rows: 3,
      cols: 1,
      pairs: [-1, 0, -1],
    },
    {
      says: 'as many pairs as possible before the cheapest',
      costs: [1, 50, 2, X],
      rows: 2,
      cols: 2,
      pairs: [1, 0],
    },
    { says: 'forbidden pairs are never made', costs: [X, X, 1, X], rows: 2, cols: 2, pairs: [-1, 0] },
    { says: 'negative costs', costs: [-5, -4, -4, -1], rows: 2, cols: 2, pairs: [1, 0] },
  ])('$says', ({ costs, rows, cols, pairs }) => {
    expect([...assign(costs, rows, cols)]).toEqual(pairs);
  });

  it.each([
    { says: 'a pair at the limit is not made', costs: [0.7], rows: 1, cols: 1, limit: 0.7, pairs: [-1] },
    { says: 'a pair below it is', costs: [0.69], rows: 1, cols: 1, limit: 0.7, pairs: [0] },
    // Both pairs cost .6 + .6 = 1.2; one pair and a row alone cost .1 + .7 = .8.
    {
      says: 'one good pair beats two poor ones',
      costs: [0.1, 0.6, 0.6, 0.9],
      rows: 2,
      cols: 2,
      limit: 0.7,
      pairs: [0, -1],
    },
  ])('with a limit: $says', ({ costs, rows, cols, limit, pairs }) => {
    expect([...assign(costs, rows, cols, limit)]).toEqual(pairs);
  });

  it('costs what an independent solver finds, on 400 random matrices of all shapes', () => {
    const next = random(1);
    for (let n = 0; n < 400; n++) {
      const rows = 1 + Math.floor(next() * 12);
      const cols = 1 + Math.floor(next() * 12);
      // Whole numbers make ties, which is where such algorithms go wrong.
      const whole = next() < 0.5;
      const costs = Array.from({ length: rows * cols }, () => (whole ? Math.floor(next() * 5) : next()));
      const matrix = Array.from({ length: rows }, (_, r) => costs.slice(r * cols, (r + 1) * cols));
      const { rowAssignments } = linearSumAssignment(matrix, { maximaze: false });
      const oracle = Int32Array.from(rowAssignments, Number);
      const ours = assign(costs, rows, cols);
      expect(new Set([...ours].filter((c) => c >= 0)).size).toBe(Math.min(rows, cols));
      expect(total(costs, cols, ours)).toBeCloseTo(total(costs, cols, oracle), 9);
    }
  });
});

describe('a sparse problem', () => {
  it('costs what a full solver finds when leaving a row alone has a price, on 300 random sparse problems', () => {
    const next = random(2);
    for (let n = 0; n < 300; n++) {
      const rows = 1 + Math.floor(next() * 10);
      const cols = 1 + Math.floor(next() * 10);
      const limit = 0.3 + next();
      const density = next();
      const start = new Int32Array(rows + 1);
      const col: number[] = [];
      const cost: number[] = [];
      // The full problem: one extra column for each row, at the price of the limit; forbidden pairs are far dearer.
      const matrix = Array.from({ length: rows }, () => new Array<number>(cols + rows).fill(1e3));
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < cols; c++) {
          if (next() > density) continue;
          const value = next() * 1.5;
          col.push(c);
          cost.push(value);
          matrix[r]![c] = value;
        }
        for (let k = 0; k < rows; k++) matrix[r]![cols + k] = limit;
        start[r + 1] = col.length;
      }
      const problem = { rows, cols, start, col: Int32Array.from(col), cost: Float64Array.from(cost) };
      const ours = assignSparse(problem, limit);
      const price = [...ours].reduce((sum, c, r) => sum + (c < 0 ? limit : matrix[r]![c]!), 0);
      const { rowAssignments } = linearSumAssignment(matrix, { maximaze: false });
      const oracle = Array.from(rowAssignments, Number).reduce((sum, c, r) => sum + matrix[r]![c]!, 0);
      expect(price).toBeCloseTo(oracle, 9);
      const used = [...ours].filter((c) => c >= 0);
      expect(new Set(used).size).toBe(used.length);
    }
  });
});
