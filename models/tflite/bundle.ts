/** A MediaPipe .task file: a zip of models, stored without compression so that they can be mapped into memory. */
import type { Analysis } from '../../lib/onnx/analysis.ts';
import { analyseTflite } from './analysis.ts';
import { TfliteError } from './errors.ts';

/** Signatures of PKWARE's APPNOTE, 4.3: end of central directory, one entry of it. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;

/**
 * @returns the files in a zip by name, as views
 * @throws {TfliteError} for anything but a sound zip of stored files
 */
export function storedFiles(zip: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const files = new Map<string, Uint8Array>();
  try {
    let end = zip.length - 22;
    while (view.getUint32(end, true) !== END) end--;
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      if (view.getUint32(at, true) !== ENTRY || view.getUint16(at + 10, true) !== STORED) {
        throw new TfliteError('a bundle with compressed or damaged entries');
      }
      const [size, nameLength] = [view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
      const local = view.getUint32(at + 42, true);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength));
      if (start + size > zip.length) throw new TfliteError(`${name} reaches beyond the bundle`);
      files.set(name, zip.subarray(start, start + size));
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw new TfliteError('no bundle', { cause });
    throw cause;
  }
  return files;
}

/** The models of a bundle run one after the other: work adds up, memory is the maximum. */
export function analyseBundle(zip: Uint8Array): Omit<Analysis, 'opset'> {
  const parts = [...storedFiles(zip)].filter(([name]) => name.endsWith('.tflite'));
  const [first, ...rest] = parts.map(([, bytes]) => analyseTflite(bytes));
  if (!first) throw new TfliteError('a bundle without models');
  return rest.reduce((sum, part) => {
    const operators = { ...sum.operators };
    for (const [name, count] of Object.entries(part.operators)) {
      operators[name] = (operators[name] ?? 0) + count;
    }
    return {
      parameters: sum.parameters + part.parameters,
      precision: sum.precision === part.precision ? sum.precision : 'mixed',
      macs: sum.macs + part.macs,
      peakActivationBytes: Math.max(sum.peakActivationBytes, part.peakActivationBytes),
      operators,
    };
  }, first);
}
