/** Requests to the model worker, and its answers. */
import type { Side } from '../../lib/onnx/anatomy.ts';
import type { FileFault, Finding } from './parse-model.ts';

/** Without `file`, the worker examines the last one again at another size. */
export interface ReadRequest {
  readonly id: number;
  readonly file?: Blob;
  readonly side: Side;
}

export type ReadAnswer =
  { readonly id: number; readonly finding: Finding } | { readonly id: number; readonly fault: FileFault };
