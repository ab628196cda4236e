/** The current day: by the calendar, or in a time-lapse by the source's time. */
import type { RetentionDays } from '../../../../../contract/index.ts';
import { Fault } from '../../../isolation/fault.ts';

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
  /** The same in universal time: a journey to another time zone is no change of the clock. */
  readonly machine: () => number;
  /** Monotonic seconds, independent of the wall clock. May stand still while the machine sleeps. */
  readonly steady: () => number;
}

/** A moment as it is kept beyond the camera's life, in seconds. */
export interface SavedMoment {
  /** By the vault: the wall clock's local time, or later. */
  readonly vaultS: number;
  /** By the machine, universal time. */
  readonly machineS: number;
}

/** A clock that was set right by so much was not set back, in seconds. */
const MAX_CORRECTION_S = 600;
/** A clock that has gained so much on the steady one counts a sleep, in seconds. Less is the grain of the two clocks. */
const MIN_SLEEP_S = 1;

const MACHINE: Clocks = {
  wall: () => {
    const now = new Date();
    return now.getTime() / 1000 - now.getTimezoneOffset() * 60;
  },
  machine: () => Date.now() / 1000,
  steady: () => performance.now() / 1000,
};

export class RetentionClock {
  #latest: (SavedMoment & { readonly steadyS: number }) | undefined;
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
    const vaultS = day * CALENDAR_DAY_S;
    if (this.#nowS() < vaultS) this.#latest = this.#reading(vaultS);
  }

  /**
   * Continues from a saved moment: what has passed since then by the machine's clock is counted, on top of what the vault had
   * counted before.
   * @throws {Fault} 'vault-clock' when the clock is earlier than it was then: how much has passed cannot be known
   */
  resume({ vaultS, machineS }: SavedMoment): void {
    if (this.#days.kind !== 'calendar') return;
    const passedS = this.#clocks.machine() - machineS;
    if (passedS < -MAX_CORRECTION_S) throw new Fault('vault-clock', `${-passedS} s earlier than before`);
    this.#latest = this.#reading(vaultS + Math.max(0, passedS));
  }

  /** This moment, to be kept; undefined in a time-lapse, which nothing outlives. */
  get moment(): SavedMoment | undefined {
    if (this.#days.kind !== 'calendar') return undefined;
    return { vaultS: this.#nowS(), machineS: this.#clocks.machine() };
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

  /** The wall clock, but never slower than the monotonic one, nor than the machine's clock across a sleep. */
  #nowS(): number {
    const wallS = this.#clocks.wall();
    const reading = this.#reading(wallS);
    const before = this.#latest;
    if (before) {
      const steadyS = reading.steadyS - before.steadyS;
      const machineS = reading.machineS - before.machineS;
      const passedS = machineS > steadyS + MIN_SLEEP_S ? machineS : steadyS;
      reading.vaultS = Math.max(wallS, before.vaultS + passedS);
    }
    this.#latest = reading;
    return reading.vaultS;
  }

  #reading(vaultS: number) {
    return { vaultS, machineS: this.#clocks.machine(), steadyS: this.#clocks.steady() };
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
