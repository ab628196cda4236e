import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { cellKey, Plan } from '../../../../src/benchmark/report.ts';
import { lossPlan } from '../../../../src/feasibility/loss.ts';

const throttle = { fps: 6.0371, inputSize: { width: 416, height: 224 } };

describe('what a chip costs, as a plan of the benchmark page', () => {
  it('has the same clip with and without it, whole and once', () => {
    const plan = lossPlan('counting', 'centernet-street', 'Cortex-A53', throttle, true);
    expect(v.parse(Plan, plan)).toEqual(plan);
    expect(plan).toMatchObject({
      frames: 0,
      rounds: 1,
      cells: [
        { case: 'counting', model: 'centernet-street' },
        { longSide: 416, slowed: { chip: 'Cortex-A53', maxFps: 6.04 } },
      ],
    });
    expect(new Set(plan.cells.map(cellKey)).size).toBe(2);
  });

  it('leaves the size of a model that has only one', () => {
    const [, slowed] = lossPlan('counting', 'yolox-nano', 'Cortex-A53', throttle, false).cells;
    expect(slowed).not.toHaveProperty('longSide');
  });
});
