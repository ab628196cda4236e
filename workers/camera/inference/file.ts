/** A model file that the visitor drops in. The page states what it is; the camera trusts none of it. */
import * as v from 'valibot';
import { OnnxError, type OnnxReason } from '../../../lib/onnx/errors.ts';
import { Card } from '../../../models/registry.ts';
import { wrapFile } from '../../../models/wrap.ts';
import { Fault } from '../isolation/fault.ts';

export interface ModelFile {
  readonly data: Blob;
  /** A model card, still unchecked. */
  readonly card: unknown;
}

const MEANINGS = {
  'not-onnx': 'model-corrupt',
  truncated: 'model-corrupt',
  malformed: 'model-corrupt',
  empty: 'model-empty',
  unsupported: 'model-unsupported',
  'control-flow': 'model-not-plain',
  functions: 'model-not-plain',
  'not-tensors': 'model-not-plain',
  'number-format': 'model-number-format',
  'data-dependent': 'model-unsupported',
  'external-data': 'model-external-data',
  'newer-operator': 'model-operator',
  'fixed-batch': 'model-batch',
  'wrong-shape': 'model-wrong-shape',
} as const satisfies Record<OnnxReason, string>;

/**
 * Reads the file. If it is an ONNX graph that takes normalised numbers, adds the nodes that make them from a picture.
 * MediaPipe's files stay as they are.
 *
 * @throws {Fault} 'config-invalid' (the card), 'memory-exhausted', or what is wrong with the file: 'model-corrupt',
 *   'model-empty', 'model-unsupported', 'model-not-plain', 'model-external-data', 'model-batch', 'model-wrong-shape';
 *   'model-operator' and 'model-number-format', whose subject is the operation or the format
 */
export async function readModelFile({ data, card }: ModelFile): Promise<{ card: Card; weights: Uint8Array }> {
  const parsed = v.safeParse(Card, card);
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? '(root)';
    throw new Fault('config-invalid', `model card, at ${where}: ${parsed.issues[0].message}`);
  }
  const { id, engine, input } = parsed.output;
  const bytes = await readAll(data, id);
  if (engine !== 'ort') return { card: parsed.output, weights: bytes };
  try {
    return { card: parsed.output, weights: wrapFile(bytes, input) };
  } catch (cause) {
    if (!(cause instanceof OnnxError)) throw cause;
    const named = cause.reason === 'number-format' || cause.reason === 'newer-operator';
    const subject = named ? cause.message.toLowerCase() : id;
    throw new Fault(MEANINGS[cause.reason], `${id}: ${cause.message}`, { cause, subject });
  }
}

async function readAll(data: Blob, subject: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await data.arrayBuffer());
  } catch (cause) {
    const code = cause instanceof RangeError ? 'memory-exhausted' : 'model-corrupt';
    throw new Fault(code, `${subject} could not be read`, { cause, subject });
  }
}
