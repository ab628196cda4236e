/**
 * The show that runs by itself: an invitation, then the six cases, round after round. A presenter can take it over at any
 * moment; left alone, it wipes what there is and begins again.
 */
import { CASES, type CaseId } from '../../contract/index.ts';
import { locale, type Language } from '../app/locale.svelte.ts';
import { verdictOf, type ProofVerdict } from '../camera/proof-verdict.ts';
import type { CaseSession } from '../cases/shared/session.svelte.ts';
import { showOf } from '../show/show.ts';
import { CAPTIONS, TIMES } from './timing.ts';

/** What is said on the screen for a few seconds. */
export type Word = 'reset' | 'proving' | 'proved';

export interface EventShowOptions {
  /** Times as fast as the usual. */
  readonly lapse: number;
  readonly languages: () => readonly [Language, Language];
  /** Makes a case's session; exchanged in tests. */
  readonly open?: (id: CaseId) => CaseSession;
}

export class EventShow {
  /** The case that is shown; absent: the invitation. */
  id = $state<CaseId | undefined>();
  session = $state.raw<CaseSession | undefined>();
  /** From 0. */
  caption = $state(0);
  paused = $state(false);
  word = $state<Word | undefined>();
  /** What the latest proof came to; absent where none was made. */
  proof = $state.raw<ProofVerdict | undefined>();
  /** Cases that were started since the page was opened. */
  starts = $state(0);
  /** Rounds of all cases that were finished. */
  rounds = $state(0);
  /** Times that a camera came to an error. */
  faults = $state(0);
  /** Code of the last one. */
  lastFault = $state<string | undefined>();
  /** Pictures destroyed by cameras that are off again. */
  destroyed = $state(0);

  readonly #options: EventShowOptions;
  /** Seconds, counted from the beginning of what is shown. */
  #shownS = 0;
  #languageS = 0;
  #wordS = 0;
  /** Seconds since the presenter's last key; absent: the show runs by itself. */
  #idleS: number | undefined;
  #turning: Promise<void> = Promise.resolve();
  /** What is coming up; its time begins when it is there. */
  #coming: object | undefined;
  #comingS = 0;
  #closed = false;

  constructor(options: EventShowOptions) {
    this.#options = options;
    locale.show(options.languages()[0]);
  }

  /** Whether a presenter has taken the show over. */
  get taken(): boolean {
    return this.#idleS !== undefined;
  }

  /** Lets time pass. @param seconds since the last call */
  tick(seconds: number): void {
    const s = seconds * this.#options.lapse;
    // A word is to be read, in a time-lapse, too.
    if (this.word && this.word !== 'proving' && (this.#wordS += seconds) >= TIMES.word) this.word = undefined;
    this.#alternate(s);
    if (this.#idleS !== undefined && (this.#idleS += s) >= TIMES.idle) return void this.reset('reset');
    if (this.paused || (this.#coming && (this.#comingS += seconds) < TIMES.start)) return;
    this.#shownS += s;
    if (this.id === undefined) {
      if (this.#shownS >= TIMES.attract) this.show(CASES[0]);
      return;
    }
    const caption = Math.floor(this.#shownS / TIMES.caption);
    if (caption < CAPTIONS) this.caption = caption;
    else this.#next();
  }

  /** The presenter has pressed a key: from now on the show waits, and goes back when it is left alone. */
  touch(): void {
    this.#idleS = 0;
  }

  /** @param id absent: the invitation */
  show(id: CaseId | undefined): void {
    this.paused = false;
    this.caption = 0;
    this.#shownS = 0;
    this.id = id;
    const coming = (this.#coming = {});
    this.#comingS = 0;
    const arrived = () => {
      if (this.#coming === coming) this.#coming = undefined;
    };
    this.#turn(async () => {
      await this.#shut();
      if (this.#closed || this.id !== id || id === undefined) return;
      const session = (this.#options.open ?? showOf)(id);
      this.session = session;
      this.starts++;
      await session.prepare();
      await session.start();
      const { error } = session.camera.troubles;
      if (error) this.#fault(error.code);
    }, arrived);
  }

  async pause(): Promise<void> {
    const camera = this.session?.camera;
    this.paused = !this.paused;
    if (this.paused) await camera?.pause();
    else await camera?.resume();
  }

  async step(): Promise<void> {
    this.paused = true;
    await this.session?.camera.step();
  }

  async glass(): Promise<void> {
    const camera = this.session?.camera;
    await camera?.setGlass(camera.glass === 'clear' ? 'opaque' : 'clear');
  }

  /** Sends a made-up pattern through the camera and looks for it; then stops it, so that its last account can be shown. */
  async prove(): Promise<void> {
    const { session } = this;
    if (!session || this.word === 'proving') return;
    this.paused = true;
    this.proof = undefined;
    if (session.camera.power === 'on') {
      this.#say('proving');
      await session.camera.prove();
      // Another case was asked for meanwhile.
      if (this.session !== session) return this.#endProving();
      this.proof = verdictOf(session.camera.proofs);
    }
    await session.stop();
    this.#say('proved');
  }

  #endProving(): void {
    if (this.word === 'proving') this.word = undefined;
  }

  /** Wipes what there is and begins again. @param word what is said about it */
  reset(word?: Word): void {
    this.#idleS = undefined;
    this.#languageS = 0;
    locale.show(this.#options.languages()[0]);
    this.show(undefined);
    if (word) this.#say(word);
  }

  /** The other language, at once. */
  turnLanguage(): void {
    this.#languageS = 0;
    const [first, second] = this.#options.languages();
    locale.show(locale.current === first ? second : first);
  }

  /** Ends the show. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#turn(() => this.#shut());
    await this.#turning;
  }

  #next(): void {
    const after = this.id === undefined ? undefined : CASES[CASES.indexOf(this.id) + 1];
    if (after === undefined) this.rounds++;
    this.show(after);
  }

  #alternate(s: number): void {
    const [first, second] = this.#options.languages();
    if (first === second || this.paused || (this.#languageS += s) < TIMES.language) return;
    this.turnLanguage();
  }

  #say(word: Word): void {
    this.word = word;
    this.#wordS = 0;
  }

  /** One after the other: a camera is off before the next one comes up. */
  #turn(work: () => Promise<void>, after?: () => void): void {
    this.#turning = this.#turning
      .then(work)
      .catch((error: unknown) => this.#fault(String(error)))
      .then(after);
  }

  #fault(code: string): void {
    this.faults++;
    this.lastFault = code;
  }

  async #shut(): Promise<void> {
    const { session } = this;
    if (!session) return;
    await session.stop();
    this.destroyed += session.camera.ledger?.frames.destroyed ?? 0;
    session.kept.reset();
    this.session = undefined;
  }
}
