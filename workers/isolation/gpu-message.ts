/** What the camera and the worker on the graphics device say to one another. */

export type GpuQuestion =
  | { do: 'begin'; binary: ArrayBuffer }
  | { do: 'open'; weights: Uint8Array; sides: Readonly<Record<string, number>> }
  | { do: 'run'; session: number; input: string; data: Uint8Array; dims: readonly number[] }
  | { do: 'release'; session: number };

/** An open model as the camera must know it. */
export interface GpuSession {
  readonly session: number;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly unknown[];
}

export interface GpuOutput {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** `wrong` is the runtime's own text; it stays in the frame, where the camera reads its meaning. */
export type GpuAnswer = { id: number; value: unknown } | { id: number; wrong: string } | { lost: string };
