import { describe, expect, test } from 'vitest';
import { CASES } from '../../../contract/index.ts';
import { LIFE_CYCLES } from '../../../src/cases/index.ts';
import { figuresOf } from '../../../src/guidebook/risk-figures.ts';
import { FIGURE_IDS, riskKey, riskRowsOf } from '../../../src/guidebook/risk-rows.ts';
import { m } from '../../../src/paraglide/messages.js';
import { runOf } from './facts.ts';

describe('risk analysis', () => {
  test.each(CASES)('%s: every kind of data of the life cycle is examined', (id) => {
    const rows = riskRowsOf(id);
    expect(rows.map(({ item }) => item)).toEqual(LIFE_CYCLES[id].data);
    expect(rows.every(({ threats }) => threats.length > 0)).toBe(true);
    expect(new Set(rows.map((row) => riskKey(id, row))).size).toBe(rows.length);
  });

  test('data that identify are said to single out', () => {
    for (const id of CASES)
      for (const { item, threats, id: name } of riskRowsOf(id))
        if (item.identifies) expect(threats, `${id} ${name}`).toContain('singling');
  });

  test('without a run no measured figure is given', () => {
    const measured = FIGURE_IDS.filter(
      (id) => !id.startsWith('singled') && !['age', 'sex', 'match'].includes(id),
    );
    expect(figuresOf(measured, undefined)).toEqual([m.guidebook_number_not_run()]);
  });

  test('figures follow the settings of the run', () => {
    const k = (n: number) => figuresOf(['k'], runOf('trajectories', { settings: { k: n } }))[0];
    expect(k(3)).toContain('3');
    expect(k(7)).toContain('7');
    const face = (sensorWidth: number) =>
      Number(
        /(\d+\.\d)/.exec(
          figuresOf(['face'], runOf('streetscape', { settings: { sensorWidth } }))[0] ?? '',
        )?.[1],
      );
    expect(face(640) / face(320)).toBeCloseTo(2, 1);
  });

  test('fewer mistaken strangers cost more missed returns', () => {
    const rates = (mistakenShare: number) =>
      (figuresOf(['match'], runOf('repeat-visits', { settings: { mistakenShare } }))[0] ?? '')
        .match(/([\d.]+) %/g)!
        .map(parseFloat);
    const [strict, loose] = [rates(0.01), rates(0.2)];
    expect(strict[0]).toBeLessThan(loose[0]!);
    expect(strict[1]).toBeGreaterThan(loose[1]!);
  });
});
