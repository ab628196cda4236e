/**
 * Precision and recall of a detector at a threshold of overlap, also by size of the object. Pairs are made greedily by
 * falling score, each truth once, as in PASCAL VOC (Everingham et al., IJCV 2010) and COCO (Lin et al., ECCV 2014).
 */
import { overlap, type MetricBox } from './frames.ts';

export interface ScoredBox {
  readonly box: MetricBox;
  readonly score: number;
  readonly label?: string;
}

export interface TruthBox {
  readonly box: MetricBox;
  readonly label?: string;
  /** Neither a miss if not found nor a false detection if found (crowds, reflections). */
  readonly ignore?: boolean;
}

export interface Rates {
  readonly truth: number;
  readonly found: number;
  readonly matches: number;
  /** matches / found; NaN when nothing was found. */
  readonly precision: number;
  /** matches / truth; NaN when there is no truth. */
  readonly recall: number;
}

export interface DetectionScores extends Rates {
  /** By size of the truth; a false detection belongs to the band of its own size. */
  readonly bySize: Readonly<Record<string, Rates>>;
}

/** Half-open bands of the box's height in pixels. */
const HEIGHT_BANDS: Readonly<Record<string, readonly [number, number]>> = {
  '0-32': [0, 32],
  '32-64': [32, 64],
  '64-128': [64, 128],
  '128+': [128, Infinity],
};

export interface DetectionOptions {
  /** Least overlap of a pair, 0..1. */
  readonly minIou?: number;
  /** Detections below are left out, 0..1. */
  readonly minScore?: number;
  readonly bands?: Readonly<Record<string, readonly [number, number]>>;
}

/**
 * @param truth for each picture its boxes
 * @param found for each picture what the detector gave; labels must agree where both sides have one
 * @throws {RangeError} when the two differ in length
 */
export function detectionScores(
  truth: readonly (readonly TruthBox[])[],
  found: readonly (readonly ScoredBox[])[],
  { minIou = 0.5, minScore = 0, bands = HEIGHT_BANDS }: DetectionOptions = {},
): DetectionScores {
  if (truth.length !== found.length) {
    throw new RangeError(`Truth has ${truth.length} pictures, the result ${found.length}.`);
  }
  const names = Object.keys(bands);
  const empty = () => ({ truth: 0, found: 0, matches: 0 });
  const all = empty();
  const byBand = new Map(names.map((name) => [name, empty()]));
  const tally = (box: MetricBox, field: 'truth' | 'found' | 'matches') => {
    all[field]++;
    const height = box[3] - box[1];
    const band = names.find((name) => height >= bands[name]![0] && height < bands[name]![1]);
    if (band !== undefined) byBand.get(band)![field]++;
  };
  truth.forEach((there, picture) => {
    const taken = new Set<TruthBox>();
    for (const t of there) if (!t.ignore) tally(t.box, 'truth');
    const inOrder = found[picture]!.filter((d) => d.score >= minScore).sort((a, b) => b.score - a.score);
    for (const d of inOrder) {
      const match = bestFor(d, there, taken, minIou);
      if (match) taken.add(match);
      if (match?.ignore) continue;
      // A pair belongs to the band of the truth, so that no band finds more than it has.
      tally(match?.box ?? d.box, 'found');
      if (match) tally(match.box, 'matches');
    }
  });
  return {
    ...rates(all),
    bySize: Object.fromEntries([...byBand].map(([name, counts]) => [name, rates(counts)])),
  };
}

/** The free truth that overlaps most; one that counts before one to be ignored, which may be used more than once. */
function bestFor(
  d: ScoredBox,
  there: readonly TruthBox[],
  taken: ReadonlySet<TruthBox>,
  minIou: number,
): TruthBox | undefined {
  let best: TruthBox | undefined;
  let max = minIou;
  for (const t of there) {
    if (t.label !== undefined && d.label !== undefined && t.label !== d.label) continue;
    if (taken.has(t) && !t.ignore) continue;
    if (t.ignore && best && !best.ignore) continue;
    const o = overlap(t.box, d.box);
    if (o < minIou || (o < max && !(best?.ignore && !t.ignore))) continue;
    max = o;
    best = t;
  }
  return best;
}

const rates = (counts: { truth: number; found: number; matches: number }): Rates => ({
  ...counts,
  precision: counts.matches / counts.found,
  recall: counts.matches / counts.truth,
});
