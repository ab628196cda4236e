/** How long things last on a screen that runs by itself, in seconds. */
export const TIMES = {
  /** The invitation between two rounds. */
  attract: 20,
  /** One caption; a case has three. */
  caption: 25,
  /** A camera that is not up by then takes from its own time; not in time-lapse. */
  start: 30,
  /** One language, before the other takes its turn. */
  language: 12.5,
  /** Without a key, after a presenter has used the screen. */
  idle: 90,
  /** What was done is said for so long. */
  word: 8,
} as const;
export const CAPTIONS = 3;

/** Fastest time-lapse: a case must come up within its time. */
export const MAX_LAPSE = 60;

/**
 * Time-lapse of a rehearsal, from the address: `#/event?lapse=15` runs fifteen times as fast.
 * @returns a factor, 1..60
 */
export function lapseOf(hash: string): number {
  const asked = Number(new URLSearchParams(hash.split('?')[1] ?? '').get('lapse') ?? 1);
  return Number.isFinite(asked) ? Math.min(MAX_LAPSE, Math.max(1, asked)) : 1;
}
