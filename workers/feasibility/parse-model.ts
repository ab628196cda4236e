/** From a file of unknown contents to an anatomy, or to a code that says what is wrong with it. */
import { dissect, unknownOperators, type Anatomy } from '../../lib/onnx/anatomy.ts';
import { OnnxError, type OnnxReason } from '../../lib/onnx/errors.ts';
import type { Model } from '../../lib/onnx/model.ts';
import { newerOperators, type NewerOperators } from '../../lib/onnx/opsets.ts';
import { weights } from '../../lib/onnx/parameters.ts';
import { fittingSide, sizesFor, type Side } from '../../lib/onnx/picture-sizes.ts';
import { readModel } from '../../lib/onnx/read.ts';

/** Maximum size of a file: no larger model runs in a camera, and a browser tab must hold the whole file. */
export const LARGEST_FILE = 256 * 1000 * 1000;

/**
 * Why an operation cannot be judged, which decides what to do about it.
 *
 * - `foreign`: it is of another domain than ONNX's own
 * - `post-processing`: how much it computes depends on what is in the picture; it belongs behind the network
 * - `no-rule`: it is one of ONNX's own; this site has no rule for what it costs
 */
export type UnknownKind = 'foreign' | 'post-processing' | 'no-rule';

/** Reasons that a model is refused as a camera's own; it is judged all the same. */
type WrapReason = 'newer-operator' | 'fixed-batch';

type Fault =
  | { readonly code: 'too-large'; readonly bytes: number }
  /** No bytes at all. */
  | { readonly code: 'empty' }
  | { readonly code: 'unreadable' }
  | { readonly code: 'took-too-long' }
  /** `ops` are names of operations from the file itself. */
  | {
      readonly code: 'unknown-operators';
      readonly ops: readonly string[];
      readonly kinds: readonly UnknownKind[];
    }
  /** Nothing in the graph is computed from its inputs. */
  | { readonly code: 'no-computation'; readonly detail: string }
  /** The sides of the input are open, but the layers fit none of the sizes that were tried. */
  | { readonly code: 'no-size-fits'; readonly detail: string }
  /** `detail` is a technical remark in English, names from the file in it. */
  | { readonly code: Exclude<OnnxReason, 'empty' | WrapReason>; readonly detail: string };

export type FileFault = Fault & {
  /** Number formats of the weights that may be the real trouble, as the file names them. */
  readonly formats?: readonly string[];
};

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

const POST_PROCESSING = /^(NonMaxSuppression|NonZero|Unique|Compress|RoiAlign|MaxRoiPool)$/;

function kindOf(op: string): UnknownKind {
  if (op.includes(':')) return 'foreign';
  return POST_PROCESSING.test(op) ? 'post-processing' : 'no-rule';
}

/** @throws {FileError} whatever is wrong with the file */
export function parse(bytes: Uint8Array): Model {
  const model = guarded(() => readModel(bytes));
  const ops = unknownOperators(model);
  if (ops.length > 0) {
    const kinds = [...new Set(ops.map(kindOf))].sort();
    throw new FileError({ code: 'unknown-operators', ops, kinds, ...formatsOf(model) });
  }
  return model;
}

/** A model at one size of input. */
export interface Finding {
  readonly anatomy: Anatomy;
  /** Whether the graph leaves the size open. */
  readonly open: boolean;
  /** The file leaves the size open, but its layers do not: it was found by trying. */
  readonly sought: boolean;
  /** Operations that the file's opset does not have; a runtime refuses them. */
  readonly newer: NewerOperators;
}

/** @throws {FileError} where shapes cannot be inferred at this size, nor at any other that was tried */
export function examine(model: Model, side: Side): Finding {
  return guarded(() => {
    const { open } = sizesFor(model, side);
    const newer = newerOperators(model);
    try {
      return { anatomy: dissectAt(model, side), open, sought: false, newer };
    } catch (error) {
      if (!open || !mayBeTheSize(error)) throw error;
      const fitting = fittingSide(model);
      if (fitting) return { anatomy: dissectAt(model, fitting), open: false, sought: true, newer };
      throw isTheSize(model, side, error) ? noSizeFits(error) : error;
    }
  }, model);
}

const dissectAt = (model: Model, side: Side): Anatomy => dissect(model, sizesFor(model, side).sizes);

const mayBeTheSize = (error: unknown): error is OnnxError =>
  error instanceof OnnxError && ['malformed', 'wrong-shape', 'data-dependent'].includes(error.reason);

/** A contradiction that reads the same at another size is not one of the size. */
function isTheSize(model: Model, { width, height }: Side, { message }: OnnxError): boolean {
  try {
    dissectAt(model, { width: width * 2, height: height * 2 });
    return true;
  } catch (error) {
    return !(error instanceof OnnxError) || error.message !== message;
  }
}

const noSizeFits = ({ message }: OnnxError) => new FileError({ code: 'no-size-fits', detail: message });

function guarded<T>(work: () => T, model?: Model): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileError) throw new FileError({ ...error.fault, ...formatsOf(model) });
    if (error instanceof OnnxError) {
      throw new FileError({ ...faultOf(error), ...formatsOf(model) });
    }
    // A file may be nested or sized beyond what the engine bears; that is a broken file too.
    if (error instanceof RangeError) throw new FileError({ code: 'malformed', detail: error.message });
    throw error;
  }
}

function faultOf({ reason, message: detail }: OnnxError): Fault {
  if (reason === 'empty') return { code: 'no-computation', detail };
  if (reason === 'newer-operator' || reason === 'fixed-batch') return { code: 'unsupported', detail };
  return { code: reason, detail };
}

function formatsOf(model: Model | undefined): { formats?: readonly string[] } {
  const rare = model ? weights(model).rareTypes : [];
  return rare.length > 0 ? { formats: rare } : {};
}
