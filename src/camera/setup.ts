/** What a camera is given for a start, and as much of its sealed frame as the page uses. */
import type * as Comlink from 'comlink';
import type { CaseConfig, EngineChoice, Polygon, SourceSpec } from '../../contract/index.ts';
import type { FrameEars, SealedFrame } from './sealed-frame.ts';

/** A source ready to be handed to the camera, and how to let the device go afterwards. */
export interface OpenedSource {
  readonly spec: SourceSpec;
  readonly transfer?: Transferable[];
  /** Switches the device off; may be called twice. */
  close?(): void;
}

/** Everything a camera needs before its first frame. */
export interface CameraSetup {
  /** One for each role that the cases need. */
  readonly engines: readonly EngineChoice[];
  /** A model file of the reader's own, with the card that describes it; in place of the first engine's. */
  readonly modelFile?: { readonly file: Blob; readonly card: unknown };
  readonly cases: CaseConfig[];
  readonly masks: Polygon[];
  /** Opens the device or names the file; may throw a fault. */
  readonly source: (frame: CameraFrame) => Promise<OpenedSource>;
  /** Takes at most so many pictures a second, as a slower chip would. */
  readonly maxFps?: number | undefined;
}

/** Where records arrive and commands are given. */
type Records = Comlink.Endpoint & EventTarget;

/** As much of the sealed frame as the client and the sources use. */
export type CameraFrame = Pick<
  SealedFrame,
  'hand' | 'startScene' | 'endScene' | 'unlockVault' | 'lockVault' | 'close' | 'expect'
> & {
  start(): Promise<Records>;
};

export type OpenFrame = (place: HTMLElement | undefined, ears: FrameEars) => Promise<CameraFrame>;
