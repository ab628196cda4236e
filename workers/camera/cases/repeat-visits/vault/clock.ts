/** The current day: by the calendar, or in a time-lapse by the source's time. */
import type { RetentionDays } from '../../../../../contract/index.ts';

export interface Moment {
  /** Calendar: days since 1 January 1970, local time. Otherwise days since the source began. */
  readonly day: number;
  /** Elapsed share of the day, 0..1. */
  readonly share: number;
  /** Length of the day in seconds. */
  readonly dayS: number;
}

const CALENDAR_DAY_S = 86_400;

/** Clocks of the machine; replaced in tests. */
export interface Clocks {
  /** Local time in seconds since 1 January 1970. The user of the machine can set it. */
  readonly wall: () => number;
  /** Monotonic seconds, independent of the wall clock. */
  readonly steady: () => number;
}

const MACHINE: Clocks = {
  wall: () => {
    const now = new Date();
    return now.getTime() / 1000 - now.getTimezoneOffset() * 60;
  },
  steady: () => performance.now() / 1000,
};

export class RetentionClock {
  #latest: { readonly wallS: number; readonly steadyS: number } | undefined;
  readonly #days: RetentionDays;
  readonly #clocks: Clocks;

  constructor(days: RetentionDays, clocks: Clocks = MACHINE) {
    this.#days = days;
    this.#clocks = clocks;
  }

  /** Whether a new day begins with another picture, so that no track continues over midnight. */
  get cuts(): boolean {
    return this.#days.kind === 'clip';
  }

  /** Sets the earliest day: time continues from it even if the wall clock was set back. */
  notBefore(day: number): void {
    if (this.#days.kind !== 'calendar') return;
    const wallS = day * CALENDAR_DAY_S;
    if (this.#nowS() < wallS) this.#latest = { wallS, steadyS: this.#clocks.steady() };
  }

  /** @param timeS source time in seconds */
  at(timeS: number): Moment {
    switch (this.#days.kind) {
      case 'calendar':
        return evenly(this.#nowS(), CALENDAR_DAY_S);
      case 'lapse':
        return evenly(timeS, this.#days.dayS);
      case 'clip':
        return inClip(timeS, this.#days);
    }
  }

  /** The wall clock, but never slower than the monotonic one. */
  #nowS(): number {
    const wallS = this.#clocks.wall();
    const steadyS = this.#clocks.steady();
    const min = this.#latest ? this.#latest.wallS + steadyS - this.#latest.steadyS : -Infinity;
    const latest = { wallS: Math.max(wallS, min), steadyS };
    this.#latest = latest;
    return latest.wallS;
  }
}

function evenly(timeS: number, dayS: number): Moment {
  const day = Math.floor(timeS / dayS);
  return { day, share: timeS / dayS - day, dayS };
}

function inClip(timeS: number, { startsS, lengthS }: Extract<RetentionDays, { kind: 'clip' }>): Moment {
  const round = Math.floor(timeS / lengthS);
  const inRound = timeS - round * lengthS;
  const index = Math.max(
    0,
    startsS.findLastIndex((startS) => startS <= inRound),
  );
  const startS = startsS[index]!;
  const dayS = Math.max(Number.EPSILON, (startsS[index + 1] ?? lengthS) - startS);
  return {
    day: round * startsS.length + index,
    share: Math.min(1, Math.max(0, inRound - startS) / dayS),
    dayS,
  };
}
