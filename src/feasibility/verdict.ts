/**
 * The verdict of a chip on a model: whether it runs, the necessary changes, and its latency.
 *
 * In the order in which projects fail: memory first, then operations, then precision, and only then speed. The same
 * network loses a factor of ten when a slightly larger input no longer fits (i.MX 95, MobileNet v2 at 320 instead of
 * 224 pixels), independent of the tera-operations on the data sheet.
 */
import type { Anatomy, OperatorUse } from '../../lib/onnx/anatomy.ts';
import type { Side } from '../../lib/onnx/picture-sizes.ts';
import { CONVOLUTIONS } from '../../lib/onnx/work.ts';
import type { Chip, Precision as ChipPrecision } from './chip.ts';
import { familyOf } from './families.ts';
import type { Estimate, LatencyModel } from './latency.ts';

export type Level = 'fits' | 'changes' | 'misfit';

/** The reasons, as codes; the page has the texts. Memory in bytes, sides in pixels. */
export type Reason =
  | { readonly code: 'memory-fits'; readonly used: number; readonly limit: number }
  | { readonly code: 'memory-unpublished' }
  | { readonly code: 'weights-too-large'; readonly used: number; readonly limit: number }
  | { readonly code: 'activations-too-large'; readonly used: number; readonly limit: number }
  | { readonly code: 'together-too-large'; readonly used: number; readonly limit: number }
  | { readonly code: 'weights-streamed'; readonly excess: number; readonly limit: number }
  | { readonly code: 'input-too-wide'; readonly side: number; readonly limit: number }
  | { readonly code: 'operators-run' }
  | { readonly code: 'operators-on-host'; readonly ops: readonly string[] }
  | { readonly code: 'operators-missing'; readonly ops: readonly string[] }
  | { readonly code: 'kernels-missing'; readonly kernels: readonly number[] }
  | { readonly code: 'precision-ready' }
  | { readonly code: 'precision-differs' }
  /** Neither floating-point numbers nor eight bits: `format` is the name of what the file holds. */
  | { readonly code: 'format-differs'; readonly format: string; readonly chip: ChipPrecision }
  | { readonly code: 'too-slow'; readonly fps: number; readonly wanted: number }
  | { readonly code: 'latency-unknown' };

export type Change =
  | { readonly code: 'quantise' }
  /** From the floating-point model, since what is lost in fewer bits does not come back. */
  | { readonly code: 'export-again'; readonly as: ChipPrecision }
  | { readonly code: 'shrink'; readonly to: Side }
  | { readonly code: 'replace'; readonly ops: readonly string[] };

export interface Verdict {
  readonly level: Level;
  readonly reasons: readonly Reason[];
  readonly changes: readonly Change[];
  /** Latency of the changed model. */
  readonly latency: Estimate | undefined;
  /** Input of the changed model; undefined for a model without a picture. */
  readonly input: Side | undefined;
}

/** Sides of most detectors are multiples of this: five times halved. */
const STEP = 32;
/** Minimum input side, pixels: below it a person across a street is not recognised. */
const MIN_SIDE = 128;

/** @param wantedFps pictures a second the camera needs; above 0 */
export function judge(chip: Chip, anatomy: Anatomy, latency: LatencyModel, wantedFps: number): Verdict {
  const reasons: Reason[] = [];
  const changes: Change[] = [];
  const memory = judgeMemory(chip, anatomy);
  reasons.push(...memory.reasons);
  const operators = judgeOperators(chip, anatomy.operators);
  reasons.push(...operators.reasons);
  if (operators.replace.length > 0) changes.push({ code: 'replace', ops: operators.replace });
  const precision = judgePrecision(chip, anatomy);
  reasons.push(precision.reason);
  changes.push(...precision.changes);

  let { input } = memory;
  let estimate = estimateAt(chip, anatomy, latency, input);
  let tooSlow = false;
  if (memory.misfit) estimate = undefined;
  else if (!estimate) reasons.push({ code: 'latency-unknown' });
  else if (1000 / estimate.ms < wantedFps) {
    reasons.push({ code: 'too-slow', fps: 1000 / estimate.ms, wanted: wantedFps });
    const smaller = candidates(input).find(
      (side) => (estimateAt(chip, anatomy, latency, side)?.ms ?? Infinity) <= 1000 / wantedFps,
    );
    tooSlow = smaller === undefined;
    if (smaller) [input, estimate] = [smaller, estimateAt(chip, anatomy, latency, smaller)];
  }
  const { picture } = anatomy;
  if (input && picture && input.width * input.height < picture.width * picture.height) {
    changes.push({ code: 'shrink', to: input });
  }
  const misfit = memory.misfit || tooSlow;
  return {
    level: misfit ? 'misfit' : changes.length > 0 ? 'changes' : 'fits',
    reasons,
    changes,
    latency: estimate,
    input,
  };
}

/** Formats that every chip or its compiler converts by itself. */
const CONVERTED: readonly Anatomy['precision'][] = ['fp32', 'fp16', 'mixed'];

function judgePrecision(
  chip: Chip,
  { precision }: Anatomy,
): { readonly reason: Reason; readonly changes: readonly Change[] } {
  const as = chip.precision.measured;
  if (precision === 'int8') return { reason: { code: 'precision-ready' }, changes: [] };
  if (!CONVERTED.includes(precision)) {
    return {
      reason: { code: 'format-differs', format: precision, chip: as },
      changes: [{ code: 'export-again', as }],
    };
  }
  return as === 'int8'
    ? { reason: { code: 'precision-differs' }, changes: [{ code: 'quantise' }] }
    : { reason: { code: 'precision-ready' }, changes: [] };
}

/** The work of a model at another input size: a network of convolutions grows with the pixels. */
function estimateAt(
  chip: Chip,
  anatomy: Anatomy,
  latency: LatencyModel,
  input: Side | undefined,
): Estimate | undefined {
  const { picture, macs } = anatomy;
  if (!picture || !input || macs === 0) return undefined;
  const pixels = input.width * input.height;
  return latency.estimate({
    macs: (macs * pixels) / (picture.width * picture.height),
    pixels,
    weightBytes: anatomy.weightBytes[chip.precision.measured],
  });
}

interface MemoryVerdict {
  readonly reasons: readonly Reason[];
  readonly misfit: boolean;
  /** The largest input that fits. */
  readonly input: Side | undefined;
}

function judgeMemory(chip: Chip, anatomy: Anatomy): MemoryVerdict {
  const { memory } = chip;
  const reasons: Reason[] = [];
  const weights = anatomy.weightBytes[chip.precision.measured];
  const activations = anatomy.peakActivationBytes[chip.precision.measured];
  const holds = memory.weights?.value ?? memory.together?.value ?? Infinity;
  let misfit = false;
  if (weights > holds && memory.excess === 'streamed') {
    reasons.push({ code: 'weights-streamed', excess: weights - holds, limit: holds });
  } else if (weights > holds) {
    reasons.push({ code: 'weights-too-large', used: weights, limit: holds });
    misfit = true;
  }
  /** What is left for activations. */
  const room = Math.min(
    memory.activations?.value ?? Infinity,
    memory.together ? memory.together.value - weights : Infinity,
  );
  if (!misfit && activations > room) {
    reasons.push(
      memory.together
        ? { code: 'together-too-large', used: weights + activations, limit: memory.together.value }
        : { code: 'activations-too-large', used: activations, limit: room },
    );
  }
  const { picture } = anatomy;
  const widest = chip.operators.largestSide ?? Infinity;
  const side = picture ? Math.max(picture.width, picture.height) : 0;
  if (side > widest) reasons.push({ code: 'input-too-wide', side, limit: widest });
  const fitting = (each: Side) => {
    const share = picture ? (each.width * each.height) / (picture.width * picture.height) : 1;
    return activations * share <= room && Math.max(each.width, each.height) <= widest;
  };
  let input = picture;
  if (!misfit && picture && !fitting(picture)) {
    input = candidates(picture).find(fitting);
    misfit = input === undefined;
  } else if (!misfit && !picture) misfit = activations > room;
  if (reasons.length === 0) {
    const limit = memory.together ?? memory.activations ?? memory.weights;
    const used = memory.together ? weights + activations : memory.activations ? activations : weights;
    reasons.push(limit ? { code: 'memory-fits', used, limit: limit.value } : { code: 'memory-unpublished' });
  }
  return { reasons, misfit, input };
}

/** Smaller inputs of about the same shape, the largest first, down to the minimum. */
function candidates(from: Side | undefined): Side[] {
  if (!from) return [];
  const [short, long] = [Math.min(from.width, from.height), Math.max(from.width, from.height)];
  const sides: Side[] = [];
  for (let s = Math.ceil(long / STEP) * STEP - STEP; s >= MIN_SIDE; s -= STEP) {
    const other = Math.max(STEP, Math.round((s * short) / long / STEP) * STEP);
    if (other < MIN_SIDE && short >= MIN_SIDE) break;
    sides.push(from.width >= from.height ? { width: s, height: other } : { width: other, height: s });
  }
  return sides;
}

function judgeOperators(
  { operators }: Chip,
  used: readonly OperatorUse[],
): { readonly reasons: Reason[]; readonly replace: string[] } {
  const reasons: Reason[] = [];
  // The camera's image processor does the preparation of the picture.
  const missing = used
    .filter(({ count, preparing }) => count > preparing)
    .filter(({ op }) => {
      const family = familyOf(op);
      return !family || !operators.families.includes(family) || operators.except.includes(op);
    })
    .map(({ op }) => op);
  const { kernels } = operators;
  const foreign = kernels
    ? [
        ...new Set(
          used
            .filter(({ op }) => op in CONVOLUTIONS)
            .flatMap((use) => use.kernels.filter((k) => !kernels.includes(k))),
        ),
      ].sort((a, b) => a - b)
    : [];
  const code = operators.rest === 'host' ? 'operators-on-host' : 'operators-missing';
  if (missing.length > 0) reasons.push({ code, ops: missing });
  if (foreign.length > 0) reasons.push({ code: 'kernels-missing', kernels: foreign });
  if (reasons.length === 0) reasons.push({ code: 'operators-run' });
  const convolutions = foreign.map((kernel) => `Conv ${kernel}×${kernel}`);
  return { reasons, replace: [...missing, ...convolutions] };
}
