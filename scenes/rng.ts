/** Seeded random numbers: all variation in `scenes/` comes from them, so that a seed determines a world. */

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state, passes gjrand, ample for scenery. */
export interface Rng {
  /** @returns uniform in [0, 1) */
  (): number;
  /** @returns uniform in [low, high) */
  range(low: number, high: number): number;
  /** @returns uniform whole number in [low, high] */
  whole(low: number, high: number): number;
  /** @returns true with the given probability */
  chance(probability: number): boolean;
  /** @returns one of the list, all equally likely; throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T;
  /** @returns one of the list, likely in proportion to its weight; throws RangeError when no weight is positive */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** @returns normally distributed (Box-Muller, cut at three deviations) */
  normal(mean: number, deviation: number): number;
  /** @returns an independent stream, so that draws from one do not shift another */
  fork(label: string): Rng;
}

/** FNV-1a over the label, mixed with the seed. */
export function hashSeed(seed: number, label: string): number {
  let hash = 0x811c9dc5 ^ (seed >>> 0);
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** @param seed whole number; only its low 32 bits count */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const rng = next as Rng;
  rng.range = (low, high) => low + (high - low) * next();
  rng.whole = (low, high) => low + Math.floor(next() * (high - low + 1));
  rng.chance = (probability) => next() < probability;
  rng.pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('Nothing to pick from: the list is empty.');
    return list[Math.floor(next() * list.length)] as T;
  };
  rng.weighted = <T>(list: readonly (readonly [T, number])[]): T => {
    const total = list.reduce((sum, [, weight]) => sum + Math.max(0, weight), 0);
    if (total <= 0) throw new RangeError('Nothing to pick from: no positive weight.');
    let rest = next() * total;
    for (const [item, weight] of list) {
      rest -= Math.max(0, weight);
      if (rest < 0) return item;
    }
    return list.filter(([, weight]) => weight > 0).at(-1)![0];
  };
  rng.normal = (mean, deviation) => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const z = radius * Math.cos(2 * Math.PI * next());
    return mean + deviation * Math.max(-3, Math.min(3, z));
  };
  rng.fork = (label) => createRng(hashSeed(seed, label));
  return rng;
}
