import { describe, expect, it } from 'vitest';
import type { OutRecord } from '../../../../contract/index.ts';
import { compareCounts } from '../../../accuracy/sets/scenes.ts';

const count = (kind: 'car' | 'bus', direction: 'forward' | 'backward'): OutRecord => ({
  type: 'count',
  case: 'counting',
  line: 'street',
  kind,
  direction,
  atS: 1,
});

describe('counts against the truth of a scene', () => {
  it('keeps kinds and directions apart, so that one error does not make up for another', () => {
    const pairs = compareCounts({ street: { car: { forward: 2, backward: 1 } } }, [
      count('car', 'forward'),
      count('car', 'backward'),
      count('car', 'backward'),
      count('bus', 'forward'),
    ]);
    expect(pairs).toEqual({
      'street car forward': { expected: 2, counted: 1 },
      'street car backward': { expected: 1, counted: 2 },
      'street bus forward': { expected: 0, counted: 1 },
    });
  });
});
