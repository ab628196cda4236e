/** Turns a file of unknown content into an anatomy, or into a code that states the defect. */
import { dissect, sizesFor, unknownOperators, type Anatomy, type Side } from '../../lib/onnx/anatomy.ts';
import { OnnxError, type OnnxReason } from '../../lib/onnx/errors.ts';
import type { Model } from '../../lib/onnx/model.ts';
import { readModel } from '../../lib/onnx/read.ts';

/** Maximum size of a file: no larger model runs in a camera, and a browser tab must hold the whole file. */
export const LARGEST_FILE = 256 * 1000 * 1000;

export type FileFault =
  | { readonly code: 'too-large'; readonly bytes: number }
  | { readonly code: 'empty' }
  | { readonly code: 'unreadable' }
  | { readonly code: 'took-too-long' }
  /** `ops` are names of operations from the file itself. */
  | { readonly code: 'unknown-operators'; readonly ops: readonly string[] }
  /** `detail` is a technical remark in English, names from the file in it. */
  | { readonly code: OnnxReason; readonly detail: string };

export class FileError extends Error {
  constructor(readonly fault: FileFault) {
    super(fault.code);
    this.name = 'FileError';
  }
}

/**
 * Reads a file into memory, but only one that may be a model: an oversized one is refused by its size alone.
 * @throws {FileError} `too-large`, `empty` or `unreadable`
 */
export async function bytesOf(file: Blob): Promise<Uint8Array> {
  if (file.size > LARGEST_FILE) throw new FileError({ code: 'too-large', bytes: file.size });
  if (file.size === 0) throw new FileError({ code: 'empty' });
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // The file was moved, or is not readable, or does not fit into memory: the remedy for the visitor is the same.
    throw new FileError({ code: 'unreadable' });
  }
}

/** @throws {FileError} for any defect of the file */
export function parse(bytes: Uint8Array): Model {
  const model = guarded(() => readModel(bytes));
  const ops = unknownOperators(model);
  if (ops.length > 0) throw new FileError({ code: 'unknown-operators', ops });
  return model;
}

/** A model at one size of input. */
export interface Finding {
  readonly anatomy: Anatomy;
  /** Whether the graph leaves the size open. */
  readonly open: boolean;
}

/** @throws {FileError} where shapes cannot be inferred at this size */
export function examine(model: Model, side: Side): Finding {
  return guarded(() => {
    const { sizes, open } = sizesFor(model, side);
    return { anatomy: dissect(model, sizes), open };
  });
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof OnnxError) throw new FileError({ code: error.reason, detail: error.message });
    // A file may exceed the engine's limits of nesting or size; that is a broken file too.
    if (error instanceof RangeError) throw new FileError({ code: 'malformed', detail: error.message });
    throw error;
  }
}
