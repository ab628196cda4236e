/** The tour at work: which screen is shown, and the camera that runs behind it. */
import { ATTRIBUTES_SPEC } from '../cases/attributes/session.svelte.ts';
import type { AttributesRecords } from '../cases/attributes/records.svelte.ts';
import { CaseSession } from '../cases/shared/session.svelte.ts';
import type { OutRecordOf } from '../../contract/index.ts';

/** Screens, in order. */
export const SCREENS = [
  'intro',
  'lens',
  'model',
  'destroyed',
  'left',
  'who',
  'ask',
  'fool',
  'notice',
  'cases',
] as const;
export type Screen = (typeof SCREENS)[number];

/** Screens on which the camera is seen. */
const SEEN: ReadonlySet<Screen> = new Set<Screen>(['lens', 'model', 'destroyed', 'left', 'fool']);
/** Screens that start the sample, if it does not run. */
const STARTING: ReadonlySet<Screen> = new Set<Screen>(['lens', 'model', 'destroyed']);

/** One record of a face, with its size as it left. */
export interface Estimate {
  readonly number: number;
  readonly record: OutRecordOf<'attribute'>;
  readonly bytes: number;
}

export class Tour {
  screen = $state<Screen>('intro');
  readonly session: CaseSession<AttributesRecords> = new CaseSession(ATTRIBUTES_SPEC, { announced: false });

  get index(): number {
    return SCREENS.indexOf(this.screen);
  }

  get seen(): boolean {
    return SEEN.has(this.screen);
  }

  /** Estimates that left the camera, the latest first. */
  get estimates(): Estimate[] {
    return this.session.kept.slips.flatMap(({ record, bytes, number }) =>
      record.type === 'attribute' ? [{ record, bytes, number }] : [],
    );
  }

  /** The last estimate that says something; else the last. */
  get telling(): Estimate | undefined {
    return this.estimates.find(({ record }) => record.age !== 'unknown') ?? this.estimates[0];
  }

  /** @param by 1: on, -1: back */
  async turn(by: 1 | -1): Promise<void> {
    const next = SCREENS[this.index + by];
    if (next) await this.open(next);
  }

  async open(screen: Screen): Promise<void> {
    this.screen = screen;
    const { session } = this;
    // Behind a screen without a picture no camera runs; the visitor's own runs on its one screen only.
    if (!SEEN.has(screen) || (session.choice.kind === 'webcam') !== (screen === 'fool')) await session.stop();
    if (this.screen !== screen) return;
    if (screen !== 'fool' && session.choice.kind === 'webcam') await session.choose({ kind: 'sample' });
    if (STARTING.has(screen)) await session.start();
  }

  /** The visitor's own camera; the browser asks for permission. */
  async useWebcam(): Promise<void> {
    const { session } = this;
    await session.stop();
    if (session.choice.kind !== 'webcam') await session.choose({ kind: 'webcam', deviceId: '' });
    session.kept.reset();
    await session.start();
  }

  /** Switches the camera off, and with it its process. */
  stop(): Promise<void> {
    return this.session.stop();
  }
}
