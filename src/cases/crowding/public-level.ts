/** Crowding in the three steps that the public reads: empty, busy, crowded. */
import type { CrowdRecord, ServiceLevel } from '../../../contract/index.ts';

export const PUBLIC_LEVELS = ['empty', 'busy', 'crowded'] as const;
export type PublicLevel = (typeof PUBLIC_LEVELS)[number];

/** After Fruin: at a and b no person is in another's way, from e on people touch. */
const BY_SERVICE: Readonly<Record<ServiceLevel, PublicLevel>> = {
  a: 'empty',
  b: 'empty',
  c: 'busy',
  d: 'busy',
  e: 'crowded',
  f: 'crowded',
};

/** Shares of the operator's limit, and of what is usual at this hour, from which on it is busy, and crowded. */
const OF_LIMIT = { busy: 0.5, crowded: 0.8 };
const OF_USUAL = { busy: 0.8, crowded: 1.5 };

/**
 * By the level of service where the floor is calibrated, else by the limit, else against what is usual.
 * @param usual people at this hour on other days; undefined: not known
 * @returns undefined where there is nothing to judge by
 */
export function publicLevel(
  { level, limit, standing, moving }: Pick<CrowdRecord, 'level' | 'limit' | 'standing' | 'moving'>,
  usual: number | undefined,
): PublicLevel | undefined {
  if (level) return BY_SERVICE[level];
  const people = standing + moving;
  if (limit !== undefined) return step(people / limit, OF_LIMIT);
  return usual !== undefined && usual > 0 ? step(people / usual, OF_USUAL) : undefined;
}

const step = (share: number, from: { busy: number; crowded: number }): PublicLevel =>
  share >= from.crowded ? 'crowded' : share >= from.busy ? 'busy' : 'empty';
