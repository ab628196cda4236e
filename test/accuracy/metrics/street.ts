/**
 * How well case 5 sees a street, and how well it hides people: signs told against signs passed, the state of the road over
 * time, and the share of people that pictures had covered.
 */

type Box = readonly [number, number, number, number];

/** A sign or signal that was truly passed. */
export interface TruePass {
  readonly kind: string;
  /** What may be told in its place where the kind is not sure. */
  readonly group?: string | undefined;
  /** First and last moment in which it could be seen, seconds. */
  readonly fromS: number;
  readonly toS: number;
  /** It was there, but only far away: neither a miss if not told nor wrong if told. */
  readonly ignore?: boolean;
}

export interface Told {
  readonly kind: string;
  readonly atS: number;
}

export interface SignScores {
  readonly truth: number;
  readonly told: number;
  /** Told as their kind or as the group of it. */
  readonly right: number;
  /** Of these, as their kind. */
  readonly named: number;
  readonly precision: number;
  readonly recall: number;
}

/** A sign is told when it was last seen; that moment may be this far from the truth's, seconds. */
const SLACK_S = 2;

/**
 * Each passing may be told once; the same kind at the same time, told twice, is wrong the second time. Precision and recall
 * as usual (van Rijsbergen, "Information Retrieval", 1979); NaN where nothing could be right.
 *
 * @param slackS how long before a sign has gone it may have been seen last
 */
export function signScores(passes: readonly TruePass[], told: readonly Told[], slackS = SLACK_S): SignScores {
  const open = new Set(passes);
  let [right, named, ignored] = [0, 0, 0];
  for (const { kind, atS } of told.toSorted((a, b) => a.atS - b.atS)) {
    const found = [...open]
      .filter((pass) => (pass.kind === kind || pass.group === kind) && atS >= pass.fromS)
      .filter(({ toS }) => Math.abs(toS - atS) <= slackS)
      .toSorted((a, b) => Math.abs(a.toS - atS) - Math.abs(b.toS - atS))[0];
    if (!found) continue;
    open.delete(found);
    if (found.ignore) {
      ignored++;
      continue;
    }
    right++;
    if (found.kind === kind) named++;
  }
  const truth = passes.filter(({ ignore }) => !ignore).length;
  const counted = told.length - ignored;
  return { truth, told: counted, right, named, precision: right / counted, recall: right / truth };
}

export interface Span {
  readonly fromS: number;
  readonly toS: number;
  readonly state: string;
}

/**
 * Share of the time for which the state last told is the true one.
 * @param told by time; before the first of them nothing was told, which is wrong
 * @param stepS the time is sampled this often, seconds
 */
export function roadAgreement(
  truth: readonly Span[],
  told: readonly { readonly state: string; readonly atS: number }[],
  stepS = 0.1,
): number {
  let [right, all] = [0, 0];
  for (const { fromS, toS, state } of truth) {
    for (let t = fromS + stepS / 2; t < toS; t += stepS) {
      all++;
      const at = t;
      if (told.findLast(({ atS }) => atS <= at)?.state === state) right++;
    }
  }
  return right / all;
}

export interface CoverScores {
  readonly people: number;
  /** Share of the pixels of their boxes that was covered. */
  readonly covered: number;
  /** Of whose heads (upper fifth of the box) any pixel could be seen. */
  readonly headsSeen: number;
  /** The height in pixels of the tallest of these; 0 for none. */
  readonly tallestSeen: number;
}

/** @param pictures boxes of people and of covers in each picture that left, in its pixels */
export function coverScores(
  pictures: readonly { readonly people: readonly Box[]; readonly covers: readonly Box[] }[],
): CoverScores {
  let [people, pixels, covered, headsSeen, tallestSeen] = [0, 0, 0, 0, 0];
  for (const { people: boxes, covers } of pictures) {
    for (const box of boxes) {
      const headEnd = box[1] + (box[3] - box[1]) / 5;
      people++;
      let seen = false;
      for (let y = Math.floor(box[1]); y < box[3]; y++) {
        for (let x = Math.floor(box[0]); x < box[2]; x++) {
          pixels++;
          // A pixel that a cover touches is covered.
          if (covers.some((c) => x + 1 > c[0] && x < c[2] && y + 1 > c[1] && y < c[3])) covered++;
          else if (y < headEnd) seen = true;
        }
      }
      if (!seen) continue;
      headsSeen++;
      tallestSeen = Math.max(tallestSeen, box[3] - box[1]);
    }
  }
  return { people, covered: covered / pixels, headsSeen, tallestSeen };
}
