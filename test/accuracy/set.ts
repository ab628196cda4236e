import type { EngineChoice } from '../../contract/index.ts';
import type { Laboratory } from '../lab/server.ts';

/** What a set may use to measure. */
export interface EvalContext {
  /** Detector and engine for the sets that run the camera. */
  readonly engine: EngineChoice;
  /** Sets that can: fit what they measure by one half of their pictures, instead of measuring on the other. */
  readonly fit: boolean;
  /** Pictures a second that the laboratory's camera takes at most; all where absent. */
  readonly maxFps?: number | undefined;
  /** Builds and opens the laboratory when first asked for. */
  lab(): Promise<Laboratory>;
}

/** Footage or pictures with truth, and how the camera is measured on them. */
export interface EvalSet<R extends object = object> {
  /** Below the folder with evaluation footage; absent where the footage is part of the repository. */
  readonly folder?: string;
  measure(context: EvalContext): Promise<R>;
  /** The result in short, as Markdown. */
  table(result: R): string;
}

/** Forgets the type of the result, so that sets of all kinds fit into one list. */
export const evalSet = <R extends object>(set: EvalSet<R>): EvalSet => ({
  ...set,
  table: (result) => set.table(result as R),
});
