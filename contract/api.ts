/** The worker's face: sources that can be opened, and the methods Comlink exposes. */
import type { CaseCommand, CaseConfig, CaseId } from './cases/index.ts';
import type { EngineChoice } from './commands.ts';
import type { PictureShape, Polygon } from './shapes.ts';

/**
 * Where frames come from. Only `webcam` and `scene` carry a transferable (a stream or a port); the page opens the
 * device but never reads a frame.
 */
export type SourceSpec =
  /** The port leads to the sensor worker, which copies the webcam's pictures. */
  | { kind: 'webcam'; port: MessagePort; width: number; height: number; fps?: number }
  | { kind: 'scene'; port: MessagePort; width: number; height: number; fps?: number }
  | { kind: 'file'; file: Blob; pace: Pace }
  /** Path below the site's root, as it was handed in. */
  | { kind: 'sample'; path: string; pace: Pace; loop: boolean }
  | { kind: 'pattern'; width: number; height: number; fps: number }
  | { kind: 'stills'; files: Blob[]; fps: number; pace: Pace };

/** `live`: the newest frame wins, as on a real camera. `exact`: every frame once, however long it takes. */
export type Pace = 'live' | 'exact';

/**
 * What Comlink exposes. Every method resolves to nothing: what there is to say leaves as a record through the gate.
 * Faults are records too; a method rejects only on a programming error (a wrong call order).
 */
export interface CameraApi {
  /**
   * Makes the runtime of a choice ready, so that a model loads sooner; runs beside other calls. A runtime that cannot be had is told
   * by the load that needs it.
   */
  prepare(choice: EngineChoice): Promise<void>;
  /**
   * Chooses the model for a role, and loads it if a case needs it; progress and the outcome leave as records.
   */
  load(choice: EngineChoice): Promise<void>;
  /** A model file the user dropped in; checked, wrapped and loaded like any other. */
  loadFile(file: Blob, card: unknown, choice: EngineChoice): Promise<void>;
  /** @param maxFps takes at most so many pictures a second, as a slower chip would; the others are destroyed unseen */
  open(source: SourceSpec, maxFps?: number): Promise<void>;
  configure(cases: CaseConfig[]): Promise<void>;
  /** Asks a case to do something once; the answer, if there is one, leaves as a record. */
  command(order: CaseCommand): Promise<void>;
  /**
   * @param drawnOn the shape of the pictures that the drawing was made on, where it was made anew because that changed
   */
  setMasks(masks: Polygon[], drawnOn?: PictureShape): Promise<void>;
  setGlass(glass: 'clear' | 'opaque'): Promise<void>;
  start(): Promise<void>;
  pause(): Promise<void>;
  /** Takes one frame and stops after each stage: call again to go on; the last call ends in the zeroed buffer. */
  step(): Promise<void>;
  /**
   * Lets a made-up picture through the camera as it is now, and searches the camera's own memories for it before and after it
   * was destroyed; what was found leaves as records. A running camera goes on afterwards.
   */
  prove(): Promise<void>;
  /** Forgets the counts and tracks of a case; the source goes on. */
  reset(caseId: CaseId): Promise<void>;
  /** Ends the source, wipes buffers and model memory, reports `wiped`. The page then terminates the worker. */
  stop(): Promise<void>;
}
