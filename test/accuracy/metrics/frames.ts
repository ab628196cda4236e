/** What the metrics compare: for each frame, boxes with identities. */

/** [x0, y0, x1, y1] in pixels. */
export type MetricBox = readonly [number, number, number, number];

export interface IdentifiedBox {
  /** Identity; unique within its frame. */
  readonly id: number;
  readonly box: MetricBox;
}

/** One entry for each frame, in order; frames without objects are empty lists. */
export type IdentifiedFrames = readonly (readonly IdentifiedBox[])[];

/** Intersection over union, 0..1. Written apart from the code under test on purpose. */
export function overlap(a: MetricBox, b: MetricBox): number {
  const w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (w <= 0 || h <= 0) return 0;
  const area = (c: MetricBox) => (c[2] - c[0]) * (c[3] - c[1]);
  return (w * h) / (area(a) + area(b) - w * h);
}

/** Truth and result with identities replaced by 0, 1, 2, ... and the similarity of every pair of each frame. */
export interface Compared {
  readonly truthIds: number;
  readonly resultIds: number;
  readonly truthBoxes: number;
  readonly resultBoxes: number;
  readonly frames: readonly ComparedFrame[];
}

export interface ComparedFrame {
  readonly truth: readonly number[];
  readonly result: readonly number[];
  /** similarity[i][j]: IoU of the i-th truth with the j-th result of this frame. */
  readonly similarity: readonly (readonly number[])[];
}

/**
 * @throws {RangeError} when the two differ in length, or an identity appears twice in one frame: every metric would
 *   silently be wrong
 */
export function compare(truth: IdentifiedFrames, result: IdentifiedFrames): Compared {
  if (truth.length !== result.length) {
    throw new RangeError(`Truth has ${truth.length} frames, the result ${result.length}.`);
  }
  const truthIds = new Map<number, number>();
  const resultIds = new Map<number, number>();
  const number = (ids: Map<number, number>, id: number) => {
    if (!ids.has(id)) ids.set(id, ids.size);
    return ids.get(id)!;
  };
  const unique = (boxes: readonly IdentifiedBox[], what: string, frame: number) => {
    if (new Set(boxes.map((b) => b.id)).size < boxes.length) {
      throw new RangeError(`An identity appears twice in frame ${frame} of the ${what}.`);
    }
  };
  const frames = truth.map((there, f) => {
    const found = result[f]!;
    unique(there, 'truth', f);
    unique(found, 'result', f);
    return {
      truth: there.map((b) => number(truthIds, b.id)),
      result: found.map((b) => number(resultIds, b.id)),
      similarity: there.map((t) => found.map((r) => overlap(t.box, r.box))),
    };
  });
  const boxes = (all: IdentifiedFrames) => all.reduce((sum, frame) => sum + frame.length, 0);
  return {
    truthIds: truthIds.size,
    resultIds: resultIds.size,
    truthBoxes: boxes(truth),
    resultBoxes: boxes(result),
    frames,
  };
}
