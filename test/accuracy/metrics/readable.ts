/**
 * How well a picture can be read by a detector: recall and precision over what it is fair to ask for. Pairs are made as
 * in `detections.ts`, but a thing may be framed in more than one way. As with the size ranges of COCO (Lin et al., ECCV
 * 2014), what lies on a thing that is not asked for is neither right nor wrong, nor is what lies on nothing but is itself
 * too small to be asked for.
 */
import { overlap, type MetricBox } from './frames.ts';
import type { ScoredBox } from './detections.ts';

export interface Findable {
  /** It is found by a box that fits any of these: the whole outline, what can be seen of it. */
  readonly boxes: readonly MetricBox[];
  /** Whether it is a miss when it is not found. */
  readonly asked: boolean;
}

export interface Readability {
  readonly asked: number;
  readonly matches: number;
  /** matches / asked; NaN when nothing is asked for. */
  readonly recall: number;
  /** Detections on nothing, large enough to be asked for. */
  readonly wrong: number;
  /** matches / (matches + wrong); NaN when there is neither. */
  readonly precision: number;
  /** Of all detections, however small: the share that is on something, asked for or not, each thing once. */
  readonly precisionAll: number;
}

export interface ReadabilityOptions {
  /** Least overlap of a pair, above 0. */
  readonly minIou?: number;
  /** Whether a detection is large enough to be wrong. */
  readonly large?: (box: MetricBox) => boolean;
}

/** Best overlap with any of the ways to frame it, 0..1. */
const fit = ({ boxes }: Findable, box: MetricBox): number =>
  Math.max(0, ...boxes.map((one) => overlap(one, box)));

/** Pairs by falling score; each detection takes the free thing that it fits best. */
function pairsOf(
  there: readonly Findable[],
  found: readonly ScoredBox[],
  minIou: number,
): { taken: ReadonlySet<Findable>; free: ScoredBox[] } {
  const taken = new Set<Findable>();
  const free: ScoredBox[] = [];
  for (const detection of [...found].sort((a, b) => b.score - a.score)) {
    let best: Findable | undefined;
    let max = minIou;
    for (const one of there) {
      const value = taken.has(one) ? 0 : fit(one, detection.box);
      if (value < max || (best && value === max)) continue;
      best = one;
      max = value;
    }
    if (best) taken.add(best);
    else free.push(detection);
  }
  return { taken, free };
}

/**
 * @param truth of each picture
 * @param found for each picture what the detector gave of this kind
 * @throws {RangeError} when the two differ in length
 */
export function readability(
  truth: readonly (readonly Findable[])[],
  found: readonly (readonly ScoredBox[])[],
  { minIou = 0.5, large = () => true }: ReadabilityOptions = {},
): Readability {
  if (truth.length !== found.length) {
    throw new RangeError(`Truth has ${truth.length} pictures, the result ${found.length}.`);
  }
  const sum = { asked: 0, matches: 0, wrong: 0 };
  let all = 0;
  let right = 0;
  truth.forEach((there, picture) => {
    const { taken, free } = pairsOf(there, found[picture]!, minIou);
    const asked = there.filter((one) => one.asked);
    sum.asked += asked.length;
    sum.matches += asked.filter((one) => taken.has(one)).length;
    sum.wrong += free.filter(({ box }) => large(box)).length;
    all += found[picture]!.length;
    right += taken.size;
  });
  return {
    ...sum,
    recall: sum.matches / sum.asked,
    precision: sum.matches / (sum.matches + sum.wrong),
    precisionAll: right / all,
  };
}
