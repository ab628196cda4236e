/** Reports that no camera made. */
import type { Cell, Report, Run } from '../../../../src/benchmark/report.ts';

export const AT = '2026-01-02T03:04:05.678Z';

export const cell = (part: Partial<Cell> = {}): Cell => ({
  case: 'counting',
  model: 'centernet-street',
  backend: 'wasm',
  threads: 2,
  ...part,
});

export const run = (frameMs: number[], part: Partial<Run> = {}): Run => ({
  round: 0,
  startedAt: AT,
  frames: frameMs.length,
  frameMs,
  stagesMs: { infer: 20, prepare: 2 },
  phasesMs: { download: 100, verify: 10, initialise: 200, measure: 300, 'warm-up': 40 },
  fps: 12.5,
  overheadShare: 0.1,
  engines: [{ model: 'centernet-street', backend: 'wasm', threads: 2, width: 512, height: 288 }],
  ...part,
});

export const report = (cells: Cell[], runs: Run[][], part: Partial<Report> = {}): Report => ({
  format: 'incam-bench',
  version: 3,
  id: '00000000-0000-4000-8000-000000000000',
  startedAt: AT,
  device: { browser: 'Test/1', platform: 'Test', cores: 4, isolated: true },
  idle: [{ at: AT, threads: 2, bestMs: 1, slowestMs: 1.05 }],
  plan: { name: 'own', frames: 10, rounds: Math.max(1, ...runs.map((list) => list.length)), cells },
  runs,
  ...part,
});
