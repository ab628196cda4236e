/** How well signs on single pictures are found and named. */
import { overlap, type MetricBox } from './frames.ts';

export interface NamedSign {
  /** Absent: only its group is told. */
  readonly kind?: string | undefined;
  readonly group?: string | undefined;
}

export interface ToldSign extends NamedSign {
  readonly box: MetricBox;
  readonly score: number;
  /** Of a kind that the truth does not label: neither right nor wrong where nothing is labelled. */
  readonly unlabelled?: boolean;
}

export interface WantedSign {
  readonly box: MetricBox;
  readonly kind: string;
  readonly group?: string | undefined;
  /** Neither a miss if not told nor wrong if told. */
  readonly small: boolean;
}

export interface SignRates {
  readonly truth: number;
  readonly told: number;
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
  /** Shares of those found: with the right kind, with any kind told, with the right group. */
  readonly kindRight: number;
  readonly kindTold: number;
  readonly groupRight: number;
  /** Told where nothing is labelled, of kinds that are not labelled; not in `told`. */
  readonly unlabelled: number;
}

const MIN_IOU = 0.5;

interface Tally {
  truth: number;
  told: number;
  found: number;
  kindRight: number;
  kindTold: number;
  groupRight: number;
  unlabelled: number;
}
const empty = (): Tally => ({
  truth: 0,
  told: 0,
  found: 0,
  kindRight: 0,
  kindTold: 0,
  groupRight: 0,
  unlabelled: 0,
});

/**
 * Pairs are made by falling score at IoU .5, each true sign once. What was told without a true sign counts against the
 * kind or group that it was told as.
 *
 * @param smallest longest side from which on something told is counted, pixels
 * @param by name under which a sign is also counted apart
 */
export function signRates(
  pictures: readonly { readonly truth: readonly WantedSign[]; readonly told: readonly ToldSign[] }[],
  smallest: number,
  by: (sign: NamedSign) => string | undefined = () => undefined,
): { all: SignRates; apart: Record<string, SignRates> } {
  const all = empty();
  const apart = new Map<string, Tally>();
  const talliesOf = (sign: NamedSign): Tally[] => {
    const name = by(sign);
    if (name === undefined) return [all];
    if (!apart.has(name)) apart.set(name, empty());
    return [all, apart.get(name)!];
  };
  for (const { truth, told } of pictures) {
    for (const sign of truth) if (!sign.small) talliesOf(sign).forEach((tally) => tally.truth++);
    const taken = new Set<WantedSign>();
    for (const sign of [...told].sort((a, b) => b.score - a.score)) {
      const overlapping = truth.filter((each) => overlap(each.box, sign.box) >= MIN_IOU);
      const match = overlapping.find((each) => !taken.has(each));
      if (match) taken.add(match);
      if (match?.small) continue;
      if (match) {
        for (const tally of talliesOf(match)) {
          tally.told++;
          tally.found++;
          if (sign.kind === match.kind) tally.kindRight++;
          if (sign.kind !== undefined) tally.kindTold++;
          if (sign.group !== undefined && sign.group === match.group) tally.groupRight++;
        }
      } else if (Math.max(sign.box[2] - sign.box[0], sign.box[3] - sign.box[1]) > smallest) {
        if (sign.unlabelled && overlapping.length === 0) all.unlabelled++;
        else talliesOf(sign).forEach((tally) => tally.told++);
      }
    }
  }
  return {
    all: rates(all),
    apart: Object.fromEntries(
      [...apart].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, t]) => [name, rates(t)]),
    ),
  };
}

const rates = ({ kindRight, kindTold, groupRight, ...counts }: Tally): SignRates => ({
  ...counts,
  precision: counts.found / counts.told,
  recall: counts.found / counts.truth,
  kindRight: kindRight / counts.found,
  kindTold: kindTold / counts.found,
  groupRight: groupRight / counts.found,
});
