import { Fault } from '../../isolation/fault.ts';
import type { FrameSource, SourceFrame } from '../source.ts';
import { checkSize } from './limits.ts';
import { PictureReader } from './picture.ts';

/** Decoding options: orientation of the file, colours unchanged, alpha not premultiplied. */
const AS_STORED: ImageBitmapOptions = {
  imageOrientation: 'from-image',
  colorSpaceConversion: 'none',
  premultiplyAlpha: 'none',
};

/** A list of still pictures as the frames of a clip. All have the size of the first; others are fitted in. */
export class StillsSource implements FrameSource {
  readonly kind = 'stills';
  readonly live = false;
  readonly width: number;
  readonly height: number;
  readonly durationS: number;
  readonly #reader: PictureReader;
  #index = 0;
  #closed = false;
  readonly #files: readonly Blob[];

  private constructor(
    files: readonly Blob[],
    readonly fps: number,
    size: { width: number; height: number },
  ) {
    this.#files = files;

    this.width = size.width;
    this.height = size.height;
    this.durationS = files.length / fps;
    this.#reader = new PictureReader(size.width, size.height);
  }

  /** @throws {Fault} 'source-not-video' without pictures; 'source-unreadable', 'source-too-large' for the first one */
  static async open(files: readonly Blob[], fps: number): Promise<StillsSource> {
    const [first] = files;
    if (!first) throw new Fault('source-not-video', 'a list without pictures');
    if (!(fps > 0)) throw new Fault('config-invalid', `${fps} frames a second`);
    const bitmap = await decode(first);
    const { width, height } = bitmap;
    bitmap.close();
    checkSize(width, height);
    return new StillsSource(files, fps, { width, height });
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    const file = this.#files[this.#index];
    if (!file || this.#closed || signal.aborted) return null;
    const bitmap = await decode(file);
    if (this.#closed || signal.aborted) {
      bitmap.close();
      return null;
    }
    const timestampUs = Math.round((this.#index++ / this.fps) * 1e6);
    const reader = this.#reader;
    const rgba = this.width * this.height * 4;
    return {
      timestampUs,
      width: this.width,
      height: this.height,
      // The picture, the canvas it is drawn on, and the copy taken from there.
      bytes: bitmap.width * bitmap.height * 4 + 2 * rgba,
      copyTo: (target) => Promise.resolve(reader.readStill(bitmap, target)),
      close: () => bitmap.close(),
    };
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#reader.close();
    return Promise.resolve();
  }
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, AS_STORED);
  } catch (cause) {
    throw new Fault('source-unreadable', 'a file that is no picture', { cause });
  }
}
