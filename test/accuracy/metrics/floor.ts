/**
 * Lines on the floor against true positions. A line is held against the person it is nearest to in the median over its
 * whole life, and then errs by its distance from that person at every moment: who is exchanged for another on the way
 * makes the error large, as it should.
 */
import { nearestRank } from '../../../lib/stats.ts';

export type FloorPosition = readonly [number, number];

export interface TimedPoint {
  readonly timeS: number;
  readonly at: FloorPosition;
}

/** Where everybody is, by identity; undefined where no truth is known for the moment. */
export type Truth = (timeS: number) => ReadonlyMap<string, FloorPosition> | undefined;

export interface FloorError {
  /** Metres, over all points of all lines that belong to somebody. */
  readonly median: number;
  readonly p90: number;
  readonly points: number;
  /** Lines nearer than `STRAY_M` to nobody. */
  readonly strayLines: number;
}

/** A line further from everybody than this in the median is nobody's, metres. */
const STRAY_M = 2;

const distance = (a: FloorPosition, b: FloorPosition) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** @returns whose line it is; undefined for nobody's */
export function ownerOf(line: readonly TimedPoint[], truth: Truth): string | undefined {
  const distances = new Map<string, number[]>();
  for (const { timeS, at } of line) {
    for (const [id, there] of truth(timeS) ?? []) {
      const own = distances.get(id) ?? [];
      own.push(distance(at, there));
      distances.set(id, own);
    }
  }
  // Somebody who was there for a small part of the line only is not its owner.
  const candidates = [...distances].filter(([, own]) => own.length * 2 >= line.length);
  const ranked = candidates
    .map(([id, own]) => ({ id, off: nearestRank(own, 0.5) }))
    .sort((a, b) => a.off - b.off);
  return ranked[0] && ranked[0].off <= STRAY_M ? ranked[0].id : undefined;
}

export function floorError(lines: Iterable<readonly TimedPoint[]>, truth: Truth): FloorError {
  const errors: number[] = [];
  let strayLines = 0;
  for (const line of lines) {
    const owner = ownerOf(line, truth);
    if (owner === undefined) {
      strayLines++;
      continue;
    }
    for (const { timeS, at } of line) {
      const there = truth(timeS)?.get(owner);
      if (there) errors.push(distance(at, there));
    }
  }
  return {
    median: nearestRank(errors, 0.5),
    p90: nearestRank(errors, 0.9),
    points: errors.length,
    strayLines,
  };
}

/** A stay of one person in one zone. */
export interface Visit {
  readonly person: string;
  readonly zone: string;
  readonly fromS: number;
  readonly toS: number;
}

export interface DwellError {
  readonly truth: number;
  readonly told: number;
  readonly matched: number;
  /** Sum of |told - true| over the sum of the true lengths, of matched visits; NaN without any. */
  readonly share: number;
}

const overlap = (a: Visit, b: Visit) => Math.min(a.toS, b.toS) - Math.max(a.fromS, b.fromS);

/** Visits of the same person to the same zone at the same time are one; each is matched once, the longest overlap first. */
export function dwellError(truth: readonly Visit[], told: readonly Visit[]): DwellError {
  const pairs = truth
    .flatMap((real) => told.map((visit) => ({ real, visit, shared: overlap(real, visit) })))
    .filter(
      ({ real, visit, shared }) => shared > 0 && real.person === visit.person && real.zone === visit.zone,
    )
    .sort((a, b) => b.shared - a.shared);
  const used = new Set<Visit>();
  let [wrong, all, matched] = [0, 0, 0];
  for (const { real, visit } of pairs) {
    if (used.has(real) || used.has(visit)) continue;
    used.add(real).add(visit);
    matched++;
    wrong += Math.abs(visit.toS - visit.fromS - (real.toS - real.fromS));
    all += real.toS - real.fromS;
  }
  return { truth: truth.length, told: told.length, matched, share: all > 0 ? wrong / all : NaN };
}
