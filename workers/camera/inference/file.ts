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
  unsupported: 'model-unsupported',
  'external-data': 'model-unsupported',
  'wrong-shape': 'model-wrong-shape',
} as const satisfies Record<OnnxReason, string>;

/**
 * Reads the file. If it is an ONNX graph that takes normalised numbers, adds the nodes that make them from a picture.
 * MediaPipe's files stay as they are.
 *
 * @throws {Fault} 'config-invalid' (the card), 'model-corrupt', 'model-unsupported', 'model-wrong-shape',
 *   'memory-exhausted'
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
    throw new Fault(MEANINGS[cause.reason], `${id}: ${cause.message}`, { cause, subject: id });
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
