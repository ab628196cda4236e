/** What both sides of a comparison are asked, and what they answer. */

/** Case 1's work on a picture: every face found and read; or case 4's: objects found. */
export type Job = 'attributes' | 'objects';

/** Pictures of a clip, RGBA in memory that both sides' workers see, so that handing them over costs neither anything. */
export interface Frames {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly Uint8ClampedArray<SharedArrayBuffer>[];
}

export interface FoundFace {
  /** [x0, y0, x1, y1], pixels */
  readonly box: readonly [number, number, number, number];
  readonly score: number;
  /** Years; absent where the side read none. */
  readonly age?: number;
  readonly sex?: 'male' | 'female';
}

export interface FoundObject {
  readonly box: readonly [number, number, number, number];
  readonly score: number;
  readonly label: string;
}

/** One picture looked at: from the pixels to the result, in milliseconds. */
export interface Answer {
  readonly ms: number;
  readonly faces: readonly FoundFace[];
  readonly objects: readonly FoundObject[];
}

/** One side at work in a worker of its own. */
export interface Side {
  /** Loads the models, and runs them once. @param threads of the WASM runtime; 0: what the side chooses by itself */
  open(job: Job, threads: number, frames: Frames): Promise<void>;
  look(frame: number): Promise<Answer>;
  /** Threads at work. */
  threads(): Promise<number>;
}

/** What one network is fed and gives, for the comparison of runtimes. */
export interface Network {
  readonly model: string;
  readonly width: number;
  readonly height: number;
}
