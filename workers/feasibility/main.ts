/**
 * Reads model files off the main thread. It knows no camera and no pixel: it receives a model and returns numbers about
 * it.
 */
import type { Model } from '../../lib/onnx/model.ts';
import type { ReadAnswer, ReadRequest } from './messages.ts';
import { bytesOf, examine, FileError, parse } from './parse-model.ts';

let model: Model | undefined;

async function answer({ id, file, side }: ReadRequest): Promise<ReadAnswer> {
  try {
    if (file) {
      model = undefined;
      model = parse(await bytesOf(file));
    }
    if (!model) return { id, fault: { code: 'unreadable' } };
    return { id, finding: examine(model, side) };
  } catch (error) {
    if (error instanceof FileError) return { id, fault: error.fault };
    throw error;
  }
}

self.onmessage = async ({ data }: MessageEvent<ReadRequest>) => self.postMessage(await answer(data));
// A rejection is not an error event by itself; the page waits for an error event to report an unreadable file.
self.onunhandledrejection = (event) => {
  setTimeout(() => {
    throw event.reason;
  });
};
