import { describe, expect, it } from 'vitest';
import { borderExit } from '../../../../../../workers/camera/cases/counting/vision/border-exit.ts';
import type { Vec } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import { kindOf, LabelGroups } from '../../../../../../workers/camera/vision/tracking/labels.ts';
import { TrackStitcher } from '../../../../../../workers/camera/vision/tracking/track-stitching.ts';
import { LabelVotes } from '../../../../../../workers/camera/vision/tracking/votes.ts';
import { track, type Spot } from '../tracks.ts';
import { PICTURE } from '../world.ts';

describe('wayOut', () => {
  const FRAME_S = 0.1;
  it.each<{ says: string; box: [number, number, number, number]; velocity: Vec; out: Vec | undefined }>([
    {
      says: 'cut off on the left and moving left: until its right edge is out',
      box: [0, 100, 60, 140],
      velocity: [-100, 0],
      out: [-60, 0],
    },
    {
      says: 'aslant: along its motion, as far as the nearer border asks',
      box: [0, 100, 60, 140],
      velocity: [-100, 50],
      out: [-60, 30],
    },
    {
      says: 'a frame from the right border: the gap as well',
      box: [560, 100, 620, 140],
      velocity: [300, 0],
      // The border counts from 1 % inside: 640 - 6.4.
      out: [13.6 + 60, 0],
    },
    { says: 'two frames from it: no', box: [500, 100, 560, 140], velocity: [300, 0], out: undefined },
    { says: 'cut off, but moving inwards: no', box: [0, 100, 60, 140], velocity: [100, 0], out: undefined },
    {
      says: 'cut off, but moving along the border: no',
      box: [0, 100, 60, 140],
      velocity: [0, 100],
      out: undefined,
    },
    {
      says: 'cut off, and so slow that it may stop: no',
      box: [0, 100, 60, 140],
      velocity: [-10, 0],
      out: undefined,
    },
    { says: 'over the top', box: [300, 2, 330, 62], velocity: [0, -80], out: [0, -60] },
    { says: 'at rest: no', box: [0, 100, 60, 140], velocity: [0, 0], out: undefined },
  ])('$says', ({ box, velocity, out }) => {
    const found = borderExit(box, velocity, FRAME_S, PICTURE);
    if (!out) expect(found).toBeUndefined();
    else found!.forEach((v, k) => expect(v).toBeCloseTo(out[k]!, 9));
  });
});

describe('Succession', () => {
  /** Who takes whose place in the second of two frames. */
  const heirs = (before: Spot[], after: Spot[], gapS = 0.3) => {
    const succession = new TrackStitcher(1.5);
    succession.update(
      before.map((s) => track(1, s)),
      1,
    );
    return [
      ...succession.update(
        after.map((s) => track(1 + gapS, s)),
        1 + gapS,
      ),
    ];
  };
  const one: Spot = { id: 1, x: 100, y: 100, vx: 100 };

  it.each<{ says: string; before: Spot[]; after: Spot[]; gapS?: number; heirs: [number, number][] }>([
    { says: 'who is where the lost one was', before: [one], after: [{ ...one, id: 2 }], heirs: [[2, 1]] },
    {
      says: 'who is where the lost one should be',
      before: [one],
      after: [{ ...one, id: 2, x: 130 }],
      heirs: [[2, 1]],
    },
    { says: 'not who is elsewhere', before: [one], after: [{ ...one, id: 2, x: 300 }], heirs: [] },
    {
      says: 'not while the old one is seen',
      before: [one],
      after: [one, { ...one, id: 2, x: 110 }],
      heirs: [],
    },
    {
      says: 'also while the old one is known as lost',
      before: [one],
      after: [
        { ...one, lost: true },
        { ...one, id: 2 },
      ],
      heirs: [[2, 1]],
    },
    {
      says: 'not who is of another group',
      before: [one],
      after: [{ ...one, id: 2, label: 'car' }],
      heirs: [],
    },
    {
      says: 'a truck where a car was',
      before: [{ ...one, label: 'car' }],
      after: [{ ...one, id: 2, label: 'truck' }],
      heirs: [[2, 1]],
    },
    {
      says: 'not who is three times as large',
      before: [one],
      after: [{ ...one, id: 2, width: 90, height: 240 }],
      heirs: [],
    },
    { says: 'not after too long', before: [one], after: [{ ...one, id: 2 }], gapS: 2, heirs: [] },
    {
      says: 'of two newcomers the nearer one, and only he',
      before: [one],
      after: [
        { ...one, id: 2, x: 118 },
        { ...one, id: 3, x: 104 },
      ],
      heirs: [[3, 1]],
    },
    {
      says: 'of two lost ones each goes to its own',
      before: [one, { ...one, id: 2, x: 125 }],
      after: [
        { ...one, id: 3, x: 154 },
        { ...one, id: 4, x: 131 },
      ],
      heirs: [
        [4, 1],
        [3, 2],
      ],
    },
  ])('$says', ({ before, after, gapS, heirs: expected }) => {
    expect(heirs(before, after, gapS)).toEqual(expect.arrayContaining(expected));
    expect(heirs(before, after, gapS)).toHaveLength(expected.length);
  });

  it('a track that has become part of another gets no successor', () => {
    const succession = new TrackStitcher(1.5);
    succession.update([track(1, one)], 1);
    succession.forget(1);
    expect(succession.update([track(1.1, { ...one, id: 2 })], 1.1).size).toBe(0);
  });

  it('refuses a memory that is no time', () => {
    expect(() => new TrackStitcher(-1)).toThrow('memoryS must be a finite number from 0 up, got -1.');
  });
});

describe('LabelVotes', () => {
  const hear = (...calls: (readonly [labels: Record<string, number>, sure?: boolean])[]) => {
    const first = Object.keys(calls[0]![0])[0]!;
    const votes = new LabelVotes(new LabelGroups(), first);
    for (const [labels, sure = false] of calls) {
      const found = Object.entries(labels).map(([label, score]) => ({
        label,
        score,
        box: [0, 0, 1, 1] as const,
      }));
      votes.hear(found[0]!.label, found, sure);
    }
    return votes;
  };

  it.each([
    { says: 'the first guess', votes: hear([{ person: 0.2 }]), label: 'person', settled: false },
    {
      says: 'what is said most',
      votes: hear([{ car: 0.5 }, true], [{ bus: 0.4 }], [{ bus: 0.4 }]),
      label: 'bus',
      settled: true,
    },
    {
      says: 'faint guesses may change the group',
      votes: hear([{ person: 0.2 }], [{ car: 0.15 }], [{ car: 0.15 }]),
      label: 'car',
      settled: false,
    },
    {
      says: 'labels of a group speak together',
      votes: hear([{ person: 0.3 }], [{ car: 0.2, truck: 0.19 }]),
      label: 'car',
      settled: false,
    },
    {
      says: 'a sure call settles the group',
      votes: hear([{ car: 0.5 }, true], [{ person: 0.3 }], [{ person: 0.3 }]),
      label: 'car',
      settled: true,
    },
    {
      says: 'against faint guesses before it',
      votes: hear([{ person: 0.3 }], [{ person: 0.3 }], [{ car: 0.4 }, true]),
      label: 'car',
      settled: true,
    },
  ])('$says', ({ votes, label, settled }) => {
    expect([votes.label, votes.settled]).toEqual([label, settled]);
  });
});

describe('kinds', () => {
  it('are those that are counted', () => {
    expect(['person', 'bicycle', 'truck', 'dog', 'constructor'].map(kindOf)).toEqual([
      'pedestrian',
      'bicycle',
      'truck',
      undefined,
      undefined,
    ]);
  });
});
