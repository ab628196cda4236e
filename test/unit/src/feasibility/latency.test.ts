import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkEstimates, checkTable, describeSummary, summarise } from '../../../../src/feasibility/check.ts';
import { CHIPS, KNOWN_MODELS } from '../../../../src/feasibility/chips.ts';
import { Kriging } from '../../../../src/feasibility/kriging.ts';
import { holdBack, LatencyModel, workloadOf } from '../../../../src/feasibility/latency.ts';
import { chipOf, knownModels } from './fakes.ts';

const OPTIONS = { slopes: [0.5], slopeSpread: 0.1, amplitude: 0.8, reach: 1, noise: 0.1 };

describe('kriging', () => {
  const samples = [
    { x: [0], y: 1 },
    { x: [2], y: 3 },
    { x: [4], y: 3 },
  ];
  const kriging = new Kriging(samples, OPTIONS);

  it('passes near the measurements, and knows that it does', () => {
    for (const { x, y } of samples) {
      expect(kriging.at(x).mean).toBeCloseTo(y, 0);
      expect(Math.sqrt(kriging.at(x).variance)).toBeLessThan(0.2);
    }
  });

  it('falls back to the trend far from all of them, and knows that it does not know', () => {
    const slope = kriging.at([41]).mean - kriging.at([40]).mean;
    expect(slope).toBeCloseTo(0.5, 1);
    expect(kriging.at([40]).variance).toBeGreaterThan(OPTIONS.amplitude ** 2);
  });

  it('agrees with the textbook formula for one measurement', () => {
    // k / (k + noise²) of the residual, k = amplitude² + 100
    const one = new Kriging([{ x: [0], y: 2 }], OPTIONS);
    const k = 0.64 + 100;
    expect(one.at([0]).mean).toBeCloseTo((2 * k) / (k + 0.01), 10);
    expect(one.at([0]).variance).toBeCloseTo(k - (k * k) / (k + 0.01) + 0.01, 10);
  });

  it('needs something to go by', () => {
    expect(() => new Kriging([], OPTIONS)).toThrow(RangeError);
  });
});

describe('work of a published measurement', () => {
  it('grows with the pixels where it was not measured at the usual size', () => {
    const usual = workloadOf({ model: 'a', ms: 1, source: 's' }, knownModels);
    const double = workloadOf({ model: 'a', ms: 1, width: 200, height: 100, source: 's' }, knownModels);
    expect(usual).toEqual({ macs: 1e8, pixels: 1e4, weightBytes: 1e6 });
    expect(double).toEqual({ macs: 2e8, pixels: 2e4, weightBytes: 1e6 });
  });

  it('is unknown for a model without a description', () => {
    expect(() => workloadOf({ model: 'nobody', ms: 1, source: 's' }, knownModels)).toThrow(RangeError);
  });
});

describe('what is held back', () => {
  const measured = (models: string[]) =>
    chipOf({ measurements: models.map((model) => ({ model, ms: 1, source: 's' })) });

  it('is every third measurement in order of work, from the second on, however they are listed', () => {
    const { fitted, heldBack } = holdBack(measured(['e', 'b', 'a', 'd', 'c']), knownModels);
    expect(heldBack.map(({ model }) => model)).toEqual(['b', 'e']);
    expect(fitted.map(({ model }) => model)).toEqual(['a', 'c', 'd']);
  });

  it('is nothing of a chip with fewer than five', () => {
    expect(holdBack(measured(['a', 'b', 'c', 'd']), knownModels).heldBack).toEqual([]);
  });
});

describe('an estimate', () => {
  const at = (model: string) => workloadOf({ model, ms: 1, source: 's' }, knownModels);

  it('is near the measurement where there is one', () => {
    const chip = chipOf({
      measurements: [
        { model: 'a', ms: 5, source: 's' },
        { model: 'c', ms: 30, source: 's' },
        { model: 'e', ms: 200, source: 's' },
      ],
    });
    const { ms, lowMs, highMs, tested, count } = new LatencyModel(chip, knownModels).estimate(at('c'));
    expect(ms).toBeGreaterThan(20);
    expect(ms).toBeLessThan(45);
    expect(lowMs).toBeLessThan(ms);
    expect(highMs).toBeGreaterThan(ms);
    expect({ tested, count }).toEqual({ tested: true, count: 3 });
  });

  it('takes longer when weights have to be fetched again, as the chip was measured to', () => {
    const edgeTpu = new LatencyModel(
      CHIPS.find(({ id }) => id === 'coral-edge-tpu')!,
      KNOWN_MODELS,
    );
    const work = { macs: 4e9, pixels: 300 * 300 };
    const held = edgeTpu.estimate({ ...work, weightBytes: 7e6 }).ms;
    const spilled = edgeTpu.estimate({ ...work, weightBytes: 30e6 }).ms;
    expect(spilled / held).toBeGreaterThan(2);
  });

  it('is called out far beyond anything measured, and its band widens', () => {
    const model = new LatencyModel(
      CHIPS.find(({ id }) => id === 'axis-artpec-9')!,
      KNOWN_MODELS,
    );
    const near = model.estimate({ macs: 8e9, pixels: 640 * 640, weightBytes: 7e6 });
    const far = model.estimate({ macs: 8e12, pixels: 4000 * 4000, weightBytes: 7e6 });
    expect([near.beyond, far.beyond]).toEqual([false, true]);
    expect(far.highMs / far.lowMs).toBeGreaterThan(near.highMs / near.lowMs);
  });

  it('admits that its band is assumed where nothing can be left out', () => {
    const model = new LatencyModel(
      chipOf({ measurements: [{ model: 'a', ms: 5, source: 's' }] }),
      knownModels,
    );
    const { tested, lowMs, highMs } = model.estimate(at('a'));
    expect(tested).toBe(false);
    expect(highMs / lowMs).toBeGreaterThan(5);
  });
});

describe('against what was published', () => {
  const checks = checkEstimates(CHIPS, KNOWN_MODELS);
  const summary = summarise(checks);

  it('is checked with at least eight measurements that took no part, on several chips', () => {
    expect(summary.count).toBeGreaterThanOrEqual(8);
    expect(new Set(checks.map(({ chip }) => chip)).size).toBeGreaterThanOrEqual(4);
  });

  it('is off by less than a factor of two in the mean, and the band holds about what it says', () => {
    expect(summary.meanFactor).toBeLessThan(2);
    expect(summary.inBand / summary.count).toBeGreaterThan(0.7);
  });

  it('really leaves them out: a wild figure among those held back changes no estimate', () => {
    const chip = CHIPS.find(({ id }) => id === 'cortex-a53')!;
    const held = holdBack(chip, KNOWN_MODELS).heldBack[0]!;
    const wild = {
      ...chip,
      measurements: chip.measurements.map((each) => (each === held ? { ...each, ms: each.ms * 1000 } : each)),
    };
    const work = workloadOf(held, KNOWN_MODELS);
    expect(new LatencyModel(wild, KNOWN_MODELS).estimate(work)).toEqual(
      new LatencyModel(chip, KNOWN_MODELS).estimate(work),
    );
  });

  it('is what the table of figures says', () => {
    const figures = readFileSync(join(import.meta.dirname, '../../../../docs/benchmarks.md'), 'utf8');
    const { count, meanFactor, withinTwo } = summary;
    expect(figures).toContain(
      `time on ${new Set(checks.map(({ chip }) => chip)).size} camera chips, estimated`,
    );
    expect(figures).toContain(
      `${count} published figures held back: off by ×${meanFactor.toFixed(2)} in the geometric mean, ${withinTwo} within ×2`,
    );
  });

  it('is what the guide says, row by row', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../../src/feasibility/README.md'), 'utf8');
    const cells = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('|') && !line.includes('---'))
        .map((line) => line.split('|').map((cell) => cell.trim()));
    const table = cells(checkTable(checks));
    // The guide has another table, too: it is told by its head.
    const head = cells(guide).findIndex((row) => row.join() === table[0]!.join());
    expect(cells(guide).slice(head, head + table.length)).toEqual(table);
    expect(guide.replaceAll(/\s+/g, ' ')).toContain(describeSummary(summary));
  });
});
