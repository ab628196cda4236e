/**
 * What a chip costs in accuracy: the sample clips of cases 2, 4 and 6 by a camera of the rate and input size that the
 * feasibility page estimates for it, against the same camera unslowed. Quantisation is not part of it.
 *
 * Crowding on a chip does without closer looks at far rows: the estimate is of one run of the detector a picture.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { dissect } from '../../../lib/onnx/anatomy.ts';
import { sizesFor } from '../../../lib/onnx/picture-sizes.ts';
import { readModel } from '../../../lib/onnx/read.ts';
import { ClipSchema, TruthSchema } from '../../../scenes/truth/schema.ts';
import { CHIPS, KNOWN_MODELS } from '../../../src/feasibility/chips.ts';
import { LatencyModel } from '../../../src/feasibility/latency.ts';
import { throttle, type Throttle } from '../../../src/feasibility/throttle.ts';
import { trueCrowd } from '../cases/crowding.ts';
import { measureTrajectories } from '../cases/trajectories.ts';
import { crowdScores } from '../metrics/crowd.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet, type EvalContext } from '../set.ts';
import { measureClip } from './scenes.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(ROOT, 'public/samples', name), 'utf8'));

/** A processor without any accelerator, and the two chips that force a smaller input. */
const SLOWED = ['cortex-a53', 'himax-we2', 'kendryte-k210'] as const;
/** Rates that a case may need, in pictures a second; a slow chip buys the higher one with a smaller input. */
const WANTED_FPS = { 'cortex-a53': [5, 10], 'himax-we2': [5], 'kendryte-k210': [5] } as const;
/** Whose anatomy the estimates are of, in the shape of the clips; centernet-person differs from it by 2 %. */
const MODEL = 'centernet-street';
const FULL = { width: 512, height: 288 };

export interface ChipResult {
  /** Of the estimate; absent for the camera unslowed. */
  maxFps?: number;
  input: { width: number; height: number };
  /** |counted - true| / true over all kinds and directions of case 4. */
  countError: number;
  /** Of case 2, as in `cases/trajectories.ts`. */
  floorErrorM: number;
  dwellErrorShare: number;
  visits: { truth: number; matched: number };
  idf1: number;
  /** Mean absolute error of case 6's count, as a share of the true mean, and its bias. */
  crowdError: number;
  crowdBias: number;
  /** The error without closer looks at far rows, for the camera unslowed: what of a chip's error is due to that. */
  crowdErrorWholeOnly?: number;
}

/** By `<chip> <pictures a second wanted>`, and `unslowed`. */
export type ChipsResult = Record<string, ChipResult>;

function throttles(): Record<string, Throttle> {
  const model = readModel(readFileSync(resolve(ROOT, `public/models/${MODEL}.onnx`)));
  const anatomy = dissect(model, sizesFor(model, FULL).sizes);
  return Object.fromEntries(
    SLOWED.flatMap((id) => {
      const chip = CHIPS.find((each) => each.id === id)!;
      const latency = new LatencyModel(chip, KNOWN_MODELS);
      return WANTED_FPS[id].map((wanted) => {
        const slowed = throttle(chip, anatomy, latency, wanted);
        if (!slowed) throw new Error(`${MODEL} does not run on ${id}`);
        return [`${id} ${wanted}`, slowed];
      });
    }),
  );
}

/** The same camera, as slow and as coarse as on the chip. */
function slowedContext(context: EvalContext, { fps, inputSize }: Throttle): EvalContext {
  return {
    ...context,
    engine: { ...context.engine, ...inputSize },
    lab: async () => {
      const lab = await context.lab();
      return { ...lab, run: (run) => lab.run({ ...run, maxFps: fps }) };
    },
  };
}

async function crowd({ lab, engine }: EvalContext, wholeOnly: boolean) {
  const { file, calibration, fps } = v.parse(ClipSchema, readJson('crowding.json'));
  const truth = trueCrowd(v.parse(TruthSchema, readJson('crowding.truth.json')));
  const { records } = await (
    await lab()
  ).run({
    source: { video: `/samples/${file}` },
    engine: { ...engine, model: 'centernet-person' },
    cases: [
      {
        case: 'crowding',
        everyS: 3,
        facility: 'walkway',
        style: 'figures',
        palette: 'calm',
        ...(calibration && { calibration }),
      },
    ],
    wholeOnly,
    observe: false,
  });
  const told = records.flatMap((record) =>
    record.type === 'crowd' ? [{ atS: record.atS, told: record.standing + record.moving }] : [],
  );
  return crowdScores(told, truth.people, fps);
}

async function measureOn(context: EvalContext, slowed?: Throttle): Promise<ChipResult> {
  const on = slowed ? slowedContext(context, slowed) : { ...context, engine: { ...context.engine, ...FULL } };
  const counting = await measureClip(on, 'counting');
  const { floorErrorM, dwellErrorShare, visits, idf1 } = await measureTrajectories(on, 'trajectories');
  const { error, bias } = await crowd(on, slowed !== undefined);
  const wholeOnly = slowed ? undefined : await crowd(on, true);
  return roundedAll({
    ...(slowed && { maxFps: slowed.fps }),
    input: slowed?.inputSize ?? FULL,
    countError: counting.error,
    floorErrorM: floorErrorM.median,
    dwellErrorShare,
    visits: { truth: visits.truth, matched: visits.matched },
    idf1,
    crowdError: error,
    crowdBias: bias,
    ...(wholeOnly && { crowdErrorWholeOnly: wholeOnly.error }),
  });
}

export const CHIPS_SET = evalSet<ChipsResult>({
  async measure(context) {
    const results: ChipsResult = { unslowed: await measureOn(context) };
    for (const [name, slowed] of Object.entries(throttles())) {
      results[name] = await measureOn(context, slowed);
      // It takes a while; what is known is said at once.
      console.log(`chips: ${name} ${JSON.stringify(results[name])}`);
    }
    return results;
  },
  table: (results) =>
    markdownTable(
      [
        ...['chip, pictures/s wanted', 'at most', 'input', 'counting error', 'floor error, m'],
        ...['dwell error', 'visits found', 'IDF1', 'crowd error', 'bias'],
      ],
      Object.entries(results).map(([name, r]) => [
        name,
        r.maxFps === undefined ? '-' : `${r.maxFps.toFixed(1)} /s`,
        `${r.input.width} × ${r.input.height}`,
        r.countError,
        r.floorErrorM,
        r.dwellErrorShare,
        `${r.visits.matched} of ${r.visits.truth}`,
        r.idf1,
        r.crowdErrorWholeOnly === undefined
          ? r.crowdError
          : `${r.crowdError} (${r.crowdErrorWholeOnly} without closer looks)`,
        r.crowdBias,
      ]),
    ),
});
