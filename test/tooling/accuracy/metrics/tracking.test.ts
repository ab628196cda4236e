import { describe, expect, it } from 'vitest';
import { clearMot } from '../../../accuracy/metrics/clear.ts';
import { compare, type IdentifiedBox, type MetricBox } from '../../../accuracy/metrics/frames.ts';
import { hota } from '../../../accuracy/metrics/hota.ts';
import { identityScores } from '../../../accuracy/metrics/identity.ts';
import { evaluateTracking } from '../../../accuracy/metrics/tracking.ts';

/** Places far from one another; 10 x 10 boxes, so that widths below 10 give round overlaps. */
const at = (place: number, width = 10): MetricBox => [100 * place, 0, 100 * place + width, 10];
const box = (id: number, place: number, width?: number): IdentifiedBox => ({ id, box: at(place, width) });

/**
 * Truth: A (frames 1-4) and B (frames 2-4). Result: A is called 1, then 2; B is seen once, as 3; 9 is nothing.
 *
 *   frame   1    2    3    4
 *   A       1    1    2    2
 *   B            3    -    -
 *   other                  9
 */
const truth = [[box(0, 0)], [box(0, 0), box(1, 1)], [box(0, 0), box(1, 1)], [box(0, 0), box(1, 1)]];
const result = [[box(1, 0)], [box(1, 0), box(3, 1)], [box(2, 0)], [box(2, 0), box(9, 5)]];
const worked = compare(truth, result);

describe('CLEAR MOT', () => {
  it('gives what the worked example gives by hand', () => {
    // 7 truth boxes, 6 result boxes, 5 pairs; B is missed twice, 9 is false, A changes its name once.
    expect(clearMot(worked)).toEqual({
      mota: 1 - (2 + 1 + 1) / 7,
      motp: 1,
      matches: 5,
      misses: 2,
      falsePositives: 1,
      idSwitches: 1,
      fragmentations: 0,
      precision: 5 / 6,
      recall: 5 / 7,
      // A is paired in 4 of 4 frames, B in 1 of 3.
      mostlyTracked: 1,
      mostlyLost: 0,
    });
  });

  it.each([
    {
      says: 'a pair is kept while it overlaps enough, although another box fits better',
      truth: [[box(0, 0)], [box(0, 0)]],
      result: [[box(1, 0, 9)], [box(1, 0, 6), box(2, 0, 9)]],
      idSwitches: 0,
      motp: (0.9 + 0.6) / 2,
    },
    {
      says: 'a pair that no longer overlaps enough is given up',
      truth: [[box(0, 0)], [box(0, 0)]],
      result: [[box(1, 0, 9)], [box(1, 0, 4), box(2, 0, 9)]],
      idSwitches: 1,
      motp: 0.9,
    },
    {
      says: 'a switch is counted against the last name, even after a gap',
      truth: [[box(0, 0)], [box(0, 0)], [box(0, 0)]],
      result: [[box(1, 0)], [], [box(2, 0)]],
      idSwitches: 1,
      motp: 1,
    },
    {
      says: 'the same name after a gap is no switch',
      truth: [[box(0, 0)], [box(0, 0)], [box(0, 0)]],
      result: [[box(1, 0)], [], [box(1, 0)]],
      idSwitches: 0,
      motp: 1,
    },
    {
      says: 'two objects that swap names are two switches',
      truth: [
        [box(0, 0), box(1, 1)],
        [box(0, 0), box(1, 1)],
      ],
      result: [
        [box(5, 0), box(6, 1)],
        [box(6, 0), box(5, 1)],
      ],
      idSwitches: 2,
      motp: 1,
    },
  ])('$says', ({ truth, result, idSwitches, motp }) => {
    const scores = clearMot(compare(truth, result));
    expect(scores.idSwitches).toBe(idSwitches);
    expect(scores.motp).toBeCloseTo(motp, 12);
  });

  it('counts each gap in a truth as a fragmentation', () => {
    const there = Array.from({ length: 7 }, () => [box(0, 0)]);
    const seen = [1, 1, 0, 1, 0, 0, 1].map((yes) => (yes ? [box(1, 0)] : []));
    expect(clearMot(compare(there, seen)).fragmentations).toBe(2);
  });

  it('can be negative when there are more errors than objects', () => {
    const scores = clearMot(compare([[box(0, 0)]], [[box(1, 3), box(2, 4), box(3, 5)]]));
    expect(scores.mota).toBe(1 - (1 + 3) / 1);
  });
});

describe('identity scores', () => {
  it('gives what the worked example gives by hand', () => {
    // A with 1 (or 2) agrees twice, B with 3 once: IDTP 3 of 7 truth boxes and 6 result boxes.
    expect(identityScores(worked)).toEqual({
      idf1: 6 / 13,
      idp: 3 / 6,
      idr: 3 / 7,
      idtp: 3,
      idfp: 3,
      idfn: 4,
    });
  });

  it('pairs identities for the whole sequence, not greedily', () => {
    // Boxes that agree:      1    2
    //                   A    3    2
    //                   B    2    0      A-1 alone gives 3, A-2 with B-1 gives 4.
    const frame = (a: number | undefined, b: number | undefined) => ({
      there: [...(a === undefined ? [] : [box(0, 0)]), ...(b === undefined ? [] : [box(1, 1)])],
      seen: [...(a ? [box(a, 0)] : []), ...(b ? [box(b, 1)] : [])],
    });
    const frames = [frame(1, undefined), frame(1, undefined), frame(1, undefined), frame(2, 1), frame(2, 1)];
    const scores = identityScores(
      compare(
        frames.map((f) => f.there),
        frames.map((f) => f.seen),
      ),
    );
    expect(scores.idtp).toBe(4);
    expect(scores.idf1).toBe((2 * 4) / (7 + 7));
  });
});

describe('HOTA', () => {
  it('gives what the worked example gives by hand, at every threshold', () => {
    // TP 5, FN 2, FP 1: DetA = 5 / 8. Association of the five pairs: (A, 1) twice 2 / (4 + 2 - 2), (A, 2) the same,
    // (B, 3) once 1 / (3 + 1 - 1).
    const detA = 5 / 8;
    const assA = (4 * (2 / 4) + 1 / 3) / 5;
    const scores = hota(worked);
    expect(scores.detA).toBeCloseTo(detA, 12);
    expect(scores.assA).toBeCloseTo(assA, 12);
    expect(scores.hota).toBeCloseTo(Math.sqrt(detA * assA), 12);
    expect(scores.locA).toBe(1);
    for (const at of scores.byAlpha) expect(at.hota).toBeCloseTo(Math.sqrt(detA * assA), 12);
  });

  it('is 1 for a perfect result, whatever the names', () => {
    expect(
      hota(
        compare(
          truth,
          truth.map((f) => f.map((b) => ({ ...b, id: b.id + 40 }))),
        ),
      ).hota,
    ).toBe(1);
  });

  it('counts a pair only at thresholds up to its overlap', () => {
    // Overlap .6: found at alpha .05 ... .60, 12 of 19 thresholds.
    const there = [[box(0, 0)], [box(0, 0)]];
    const seen = [[box(1, 0, 6)], [box(1, 0, 6)]];
    const scores = hota(compare(there, seen));
    expect(scores.hota).toBeCloseTo(12 / 19, 12);
    expect(scores.byAlpha.map((at) => at.detA)).toEqual(
      Array.from({ length: 19 }, (_, i) => (i < 12 ? 1 : 0)),
    );
  });

  it('pairs for the sequence as a whole: a box that fits better for one frame does not break a long pair', () => {
    const there = Array.from({ length: 5 }, () => [box(0, 0)]);
    const seen = there.map((_, f) => (f === 2 ? [box(1, 0, 7), box(2, 0, 9)] : [box(1, 0)]));
    const [lowest] = hota(compare(there, seen)).byAlpha;
    // All five truths go with 1; the box of 2 is a false one.
    expect(lowest!.assA).toBe(1);
    expect(lowest!.detA).toBe(5 / 6);
  });
});

describe('evaluateTracking', () => {
  it('gathers all metrics of a sequence', () => {
    const scores = evaluateTracking(truth, result);
    expect(scores).toMatchObject({ idSwitches: 1, idtp: 3, truthIds: 2, resultIds: 4 });
    expect(scores.hota).toBe(hota(worked).hota);
  });

  it('has no division by zero on an empty sequence', () => {
    const scores = evaluateTracking([[], []], [[], []]);
    for (const [name, value] of Object.entries(scores)) expect(value, name).not.toBeNaN();
  });

  it.each([
    {
      says: 'different lengths',
      truth: [[]],
      result: [[], []],
      message: 'Truth has 1 frames, the result 2.',
    },
    {
      says: 'an identity twice in a frame of the truth',
      truth: [[box(0, 0), box(0, 1)]],
      result: [[]],
      message: 'An identity appears twice in frame 0 of the truth.',
    },
    {
      says: 'an identity twice in a frame of the result',
      truth: [[], []],
      result: [[], [box(3, 0), box(3, 1)]],
      message: 'An identity appears twice in frame 1 of the result.',
    },
  ])('refuses $says', ({ truth, result, message }) => {
    expect(() => evaluateTracking(truth, result)).toThrow(message);
  });
});
