/**
 * The running account of all that the camera holds: what was made, what was destroyed, and when (guidebook duty 8:
 * destroy the picture as soon as the needed data exists; duty 9: make the method clear).
 *
 * Entries come from the code that takes and zeroes the memory, so the account is exact. It must balance: acquired =
 * destroyed + alive + waiting, for frames, and for bytes likewise. Copies made by the browser itself (a decoder's own
 * frames, the WASM heap before it is overwritten) cannot be counted from here; the page says so.
 */
import { CaseAccount } from './case-account.ts';
import type { CaseId, OutRecordOf } from '../../../contract/index.ts';
import type { GateTally } from '../isolation/gate.ts';
import { SlidingWindow } from './sliding-window.ts';

/** Frames whose life time is remembered for the percentiles. */
const LIVES = 300;

type LedgerRecord = OutRecordOf<'ledger'>;

export class Ledger {
  #acquired = 0;
  #destroyed = 0;
  #unseen = 0;
  #alivePeak = 0;
  #bytesAcquired = 0;
  #bytesDestroyed = 0;
  #longestMs = 0;
  #wipes = 0;
  /** Frames that the source holds and the camera has not processed yet. */
  #waiting = { frames: 0, bytes: 0 };
  #waitingPeak = 0;
  readonly #lives = new SlidingWindow(LIVES);
  readonly #accounts = new Map<CaseId, CaseAccount>();
  #since = { ms: 0, acquired: 0, destroyed: 0, bytes: 0, out: 0 };
  readonly #now: () => number;

  constructor(
    /** Frames that can be alive at once. */
    readonly capacity: number,
    now: () => number = () => performance.now(),
  ) {
    this.#now = now;

    this.#since.ms = now();
  }

  get framesAlive(): number {
    return this.#acquired - this.#destroyed;
  }

  /** Bytes in the camera's own buffers, without what the source has and the camera has not looked at yet. */
  get bytesInWork(): number {
    return this.#bytesAcquired - this.#bytesDestroyed;
  }

  get bytesAlive(): number {
    return this.#bytesAcquired - this.#bytesDestroyed + this.#waiting.bytes;
  }

  /** Sets the frames that the source holds and has not delivered yet: decoded ahead, or the newest so far. */
  sourceHolds(frames: number, bytes: number): void {
    this.#waiting = { frames, bytes };
    this.#waitingPeak = Math.max(this.#waitingPeak, frames);
  }

  /** A frame entered the camera's own buffers; its bytes are entered separately, copy by copy. */
  frameAcquired(): void {
    this.#acquired++;
    this.#alivePeak = Math.max(this.#alivePeak, this.framesAlive);
  }

  /** @param lifeMs from acquisition to destruction */
  frameDestroyed(lifeMs: number): void {
    if (this.#acquired === this.#destroyed)
      throw new Error('ledger: a frame was destroyed that never was acquired');
    this.#destroyed++;
    this.#lives.push(lifeMs);
    this.#longestMs = Math.max(this.#longestMs, lifeMs);
  }

  /** A frame was destroyed without being processed: a newer one had arrived. */
  frameUnseen(bytes: number): void {
    this.#acquired++;
    this.#destroyed++;
    this.#unseen++;
    this.#bytesAcquired += bytes;
    this.#bytesDestroyed += bytes;
  }

  /** A copy of pixels was made. */
  pixelsMade(bytes: number): void {
    this.#bytesAcquired += bytes;
  }

  /** A copy of pixels was zeroed or closed. */
  pixelsDestroyed(bytes: number): void {
    if (bytes > this.#bytesAcquired - this.#bytesDestroyed)
      throw new Error('ledger: more pixel bytes were destroyed than acquired');
    this.#bytesDestroyed += bytes;
  }

  /** The account of one case; the same object each time, also after the case was switched off and on again. */
  account(caseId: CaseId): CaseAccount {
    const known = this.#accounts.get(caseId);
    if (known) return known;
    const account = new CaseAccount(caseId, (bytes) =>
      bytes < 0 ? this.pixelsDestroyed(-bytes) : this.pixelsMade(bytes),
    );
    this.#accounts.set(caseId, account);
    return account;
  }

  /** All model memory was overwritten and released. */
  wiped(): void {
    this.#wipes++;
  }

  /** The record that leaves; rates are since the last call. */
  snapshot(tally: Readonly<GateTally>): LedgerRecord {
    const now = this.#now();
    const acquired = this.#acquired + this.#waiting.frames;
    const bytesAcquired = this.#bytesAcquired + this.#waiting.bytes;
    const seconds = Math.max((now - this.#since.ms) / 1000, 1e-3);
    const rate = (value: number, before: number) =>
      Math.max(0, Math.round(((value - before) / seconds) * 10) / 10);
    const perSecond = {
      acquired: rate(acquired, this.#since.acquired),
      destroyed: rate(this.#destroyed, this.#since.destroyed),
      pixelBytesIn: rate(bytesAcquired, this.#since.bytes),
      bytesOut: rate(tally.bytes, this.#since.out),
    };
    this.#since = {
      ms: now,
      acquired,
      destroyed: this.#destroyed,
      bytes: bytesAcquired,
      out: tally.bytes,
    };
    const { cases: tallies, ...out } = tally;
    const cases = [...this.#accounts.values()].map((account) =>
      account.row(tallies[account.caseId] ?? NOTHING),
    );
    return {
      type: 'ledger',
      frames: {
        acquired,
        destroyed: this.#destroyed,
        unseen: this.#unseen,
        alive: this.framesAlive,
        alivePeak: this.#alivePeak,
        capacity: this.capacity,
        waiting: this.#waiting.frames,
        waitingPeak: this.#waitingPeak,
      },
      pixelBytes: {
        acquired: bytesAcquired,
        destroyed: this.#bytesDestroyed,
        alive: this.bytesAlive,
      },
      lifeMs: {
        p50: tenth(this.#lives.quantile(0.5)),
        p95: tenth(this.#lives.quantile(0.95)),
        max: tenth(this.#longestMs),
      },
      crops: {
        made: sum(cases, ({ crops }) => crops.made),
        destroyed: sum(cases, ({ crops }) => crops.destroyed),
      },
      vectors: {
        made: sum(cases, ({ vectors }) => vectors.made),
        destroyed: sum(cases, ({ vectors }) => vectors.destroyed),
        held: sum(cases, ({ vectors }) => vectors.held),
      },
      out,
      cases,
      perSecond,
      wipes: this.#wipes,
    };
  }
}

const NOTHING = { records: 0, bytes: 0, pictures: 0 };

const sum = <T>(values: readonly T[], of: (value: T) => number) =>
  values.reduce((total, value) => total + of(value), 0);
const tenth = (ms: number) => Math.round(ms * 10) / 10;
