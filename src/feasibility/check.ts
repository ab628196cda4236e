/** The error of the estimates: every held-back published measurement against its estimate. */
import type { Chip, KnownModels } from './chip.ts';
import { holdBack, LatencyModel, workloadOf } from './latency.ts';

export interface Check {
  readonly chip: string;
  readonly model: string;
  readonly publishedMs: number;
  readonly estimatedMs: number;
  /** Factor by which the estimate is too long or too short; 1 is exact. */
  readonly factor: number;
  readonly inBand: boolean;
}

export function checkEstimates(chips: readonly Chip[], known: KnownModels): Check[] {
  return chips.flatMap((chip) => {
    const model = new LatencyModel(chip, known);
    return holdBack(chip, known).heldBack.map((measurement) => {
      const estimate = model.estimate(workloadOf(measurement, known));
      const ratio = estimate.ms / measurement.ms;
      return {
        chip: chip.id,
        model: measurement.model,
        publishedMs: measurement.ms,
        estimatedMs: estimate.ms,
        factor: Math.max(ratio, 1 / ratio),
        inBand: measurement.ms >= estimate.lowMs && measurement.ms <= estimate.highMs,
      };
    });
  });
}

export interface Summary {
  readonly count: number;
  /** Geometric mean of the factors. */
  readonly meanFactor: number;
  readonly withinTwo: number;
  readonly inBand: number;
}

export function summarise(checks: readonly Check[]): Summary {
  const logs = checks.reduce((sum, { factor }) => sum + Math.log(factor), 0);
  return {
    count: checks.length,
    meanFactor: Math.exp(logs / checks.length),
    withinTwo: checks.filter(({ factor }) => factor <= 2).length,
    inBand: checks.filter(({ inBand }) => inBand).length,
  };
}

/** The table as `npm run feasibility -- check` prints it, in Markdown. */
export function checkTable(checks: readonly Check[]): string {
  const rows = checks.map(({ chip, model, publishedMs, estimatedMs, factor }) =>
    [chip, model, publishedMs.toFixed(2), estimatedMs.toFixed(2), `×${factor.toFixed(2)}`].join(' | '),
  );
  return [
    '| chip | model | published, ms | estimated, ms | off by |',
    '| --- | --- | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

/** One sentence on how far to trust the estimates. */
export function describeSummary({ count, meanFactor, withinTwo, inBand }: Summary): string {
  return `${count} published measurements that took no part in the estimates: off by ×${meanFactor.toFixed(2)} in the geometric mean, ${withinTwo} of ${count} within ×2, ${inBand} of ${count} inside the stated band.`;
}
