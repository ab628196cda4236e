/**
 * Reported against true visits. A reported visit is paired with the true passage that ended nearest to it on the same
 * day; each is paired once.
 */
export interface TrueVisit {
  /** From 1. */
  readonly day: number;
  /** 1 for the first of this person. */
  readonly visit: number;
  readonly daysSinceLast?: number;
  readonly fromS: number;
  readonly toS: number;
}

export interface ToldVisit {
  /** From 0. */
  readonly day: number;
  readonly visit: number;
  readonly daysSinceLast?: number | undefined;
  readonly atS: number;
}

export interface VisitScores {
  /** True passages and reported visits, without those of people seen again on the same day. */
  expected: number;
  told: number;
  /** Share of the reported passages with the right number of the visit and days since the last. */
  correct: number;
  /** Of true returns that were told, the share told as such; of first visits, the share told as returns. */
  returnsFound: number;
  firstMistaken: number;
}

/** Maximum delay of a report, seconds: it comes at the end of a passage, or when the face has been seen well enough. */
const SLACK_S = 1;

export function visitScores(passages: readonly TrueVisit[], records: readonly ToldVisit[]): VisitScores {
  const told = records.filter(({ daysSinceLast }) => daysSinceLast !== 0);
  const open = new Set(passages);
  const pairs = told.flatMap((record) => {
    const candidates = [...open].filter(
      ({ day, fromS, toS }) =>
        day === record.day + 1 && record.atS >= fromS - SLACK_S && record.atS <= toS + SLACK_S,
    );
    const [nearest] = candidates.sort((a, b) => Math.abs(a.toS - record.atS) - Math.abs(b.toS - record.atS));
    if (!nearest) return [];
    open.delete(nearest);
    return [{ truth: nearest, record }];
  });
  const share = <T>(of: readonly T[], is: (one: T) => boolean) => of.filter(is).length / of.length;
  const isReturn = ({ record }: (typeof pairs)[number]) => record.visit > 1;
  return {
    expected: passages.length,
    told: told.length,
    correct: share(
      pairs,
      ({ truth, record }) => truth.visit === record.visit && truth.daysSinceLast === record.daysSinceLast,
    ),
    returnsFound: share(
      pairs.filter(({ truth }) => truth.visit > 1),
      isReturn,
    ),
    firstMistaken: share(
      pairs.filter(({ truth }) => truth.visit === 1),
      isReturn,
    ),
  };
}
