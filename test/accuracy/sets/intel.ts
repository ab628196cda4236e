/** Intel's sample videos (CC-BY 4.0); true counts by eye, from the footage's own README. */
import type { CountingLine } from '../../../contract/index.ts';
import type { CountingClip } from '../counting.ts';

/** Lines at the picture's edges; forward is outwards, so what leaves over any of them is one object. */
function cordon(inset: number): CountingLine[] {
  const [l, r] = [inset, 1 - inset];
  return [
    { id: 'top', a: [r, l], b: [l, l], minAngleDeg: 15 },
    { id: 'left', a: [l, l], b: [l, r], minAngleDeg: 15 },
    { id: 'bottom', a: [l, r], b: [r, r], minAngleDeg: 15 },
    { id: 'right', a: [r, r], b: [r, l], minAngleDeg: 15 },
  ];
}

export const INTEL: CountingClip[] = [
  {
    id: 'person-bicycle-car',
    source: { video: '/eval/intel/person-bicycle-car-detection.mp4' },
    config: { lines: cordon(0.02), zones: [], anchor: 'centre' },
    rule: 'forward',
    expected: { car: 2, bicycle: 2, pedestrian: 1 },
  },
  {
    id: 'car-detection',
    source: { video: '/eval/intel/car-detection.mp4' },
    config: {
      lines: [{ id: 'middle', a: [0, 0.5], b: [1, 0.5], minAngleDeg: 15 }],
      zones: [],
      anchor: 'centre',
    },
    rule: 'both',
    expected: { car: 4 },
  },
  {
    id: 'one-by-one',
    source: { video: '/eval/intel/one-by-one-person-detection.mp4' },
    config: {
      lines: [],
      // The floor around the table that people come to.
      zones: [
        {
          id: 'table',
          points: [
            [0.38, 0.1],
            [0.8, 0.1],
            [0.8, 1],
            [0.38, 1],
          ],
        },
      ],
      anchor: 'centre',
    },
    rule: 'entered',
    expected: { pedestrian: 6 },
  },
];
