/** The session of counting. */
import type { CaseConfig, Point } from '../../../contract/index.ts';
import { toConfig } from '../../drawing/drawing.ts';
import type { CaseSpec, SessionOptions } from '../shared/case-spec.ts';
import { CaseSession } from '../shared/session.svelte.ts';
import { CountingRecords } from './records.svelte.ts';
import { PLAIN_DRAWING, Sample, sampleDrawing } from './sample.ts';
import { COUNTING } from './life-cycle.ts';

export const COUNTING_SPEC: CaseSpec<CountingRecords, Sample> = {
  id: 'counting',
  liveWorld: 'counting',
  lifeCycle: COUNTING,
  sample: Sample,
  newKept: () => new CountingRecords(),
  plain: PLAIN_DRAWING,
  preset: sampleDrawing,
  configOf: toConfig,
};

const samePlace = (p: Point, q: Point): boolean => p[0] === q[0] && p[1] === q[1];

export class CountingSession extends CaseSession<CountingRecords, Sample> {
  constructor(options: SessionOptions = {}) {
    super(COUNTING_SPEC, options);
  }

  /** Whether objects in the glass bear the number of the rule that holds them back. */
  explain = $state(false);

  override get config(): CaseConfig {
    const config = super.config;
    return this.explain && config.case === 'counting' ? { ...config, explain: true } : config;
  }

  /** Turns the numbers in the glass on or off; a running camera is told at once. */
  async setExplain(on: boolean): Promise<void> {
    this.explain = on;
    await this.tellCamera();
  }

  /** True crossings of the sample, after it was played through exactly once with its own lines. */
  get truth(): Sample['counts'] | undefined {
    if (this.choice.kind !== 'sample' || !this.sample || !this.camera.ended) return undefined;
    if (this.kept.runs.length !== 1 || !this.kept.whole) return undefined;
    const asGiven = this.sample.lines.filter(({ id, a, b }) =>
      this.layout.current.lines.some(
        (line) => line.id === id && samePlace(line.a, a) && samePlace(line.b, b),
      ),
    );
    const { counts } = this.sample;
    return Object.fromEntries(asGiven.flatMap(({ id }) => (counts[id] ? [[id, counts[id]]] : [])));
  }
}
