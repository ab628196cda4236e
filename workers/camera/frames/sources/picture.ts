import { Fault } from '../../isolation/fault.ts';
import type { Shape, SourceFrame } from '../source.ts';
import { asFault } from './limits.ts';

/** Clockwise turn that makes a picture upright, then a mirroring about the vertical axis, as containers state them. */
export interface Orientation {
  readonly rotation: 0 | 90 | 180 | 270;
  readonly flip: boolean;
}

export const UPRIGHT: Orientation = { rotation: 0, flip: false };

/** A frame may state its own turn (newer browsers); drawing follows it, and its display size is the upright one. */
type Decoded = VideoFrame & { readonly rotation?: number; readonly flip?: boolean };

/**
 * Reads decoded pictures as RGBA at the source's one size, whatever a decoder or device delivers: padded, turned,
 * mirrored, with non-square pixels, or suddenly of another size (then the whole picture is fitted in, on black).
 */
export class PictureReader {
  #canvas: OffscreenCanvas | undefined;
  #context: OffscreenCanvasRenderingContext2D | undefined;
  /** Whether the browser converts to RGBA by itself; found out at the first picture. */
  #converts: boolean | undefined;
  readonly #orientation: Orientation;

  constructor(
    readonly width: number,
    readonly height: number,
    orientation: Orientation = UPRIGHT,
  ) {
    this.#orientation = orientation;
  }

  /** Bytes that reading `frame` takes: the picture itself, and where it must be redrawn the copies made on the way. */
  bytes(frame: VideoFrame): number {
    return allocation(frame) + (this.#readsDirectly(frame) ? 0 : 2 * this.width * this.height * 4);
  }

  /** @throws {Fault} 'source-unreadable' */
  async read(frame: VideoFrame, target: Uint8ClampedArray): Promise<void> {
    try {
      if (this.#readsDirectly(frame)) {
        await frame.copyTo(target, { format: 'RGBA' });
        return;
      }
      const across = this.#orientation.rotation % 180 === 90;
      this.#draw(frame, frame.displayWidth, frame.displayHeight, across);
      this.#fetch(target);
    } catch (error) {
      throw asFault(error, 'source-unreadable', 'reading a picture');
    }
  }

  /** The same for a still picture, which is upright already. @throws {Fault} 'source-unreadable' */
  readStill(bitmap: ImageBitmap, target: Uint8ClampedArray): void {
    try {
      this.#draw(bitmap, bitmap.width, bitmap.height, false);
      this.#fetch(target);
    } catch (error) {
      throw asFault(error, 'source-unreadable', 'reading a still picture');
    }
  }

  close(): void {
    if (this.#canvas) this.#canvas.width = this.#canvas.height = 0;
    this.#canvas = this.#context = undefined;
  }

  /** The upright size of a frame, whatever the source's is. */
  shapeOf({ displayWidth, displayHeight }: VideoFrame): Shape {
    const across = this.#orientation.rotation % 180 === 90;
    return across
      ? { width: displayHeight, height: displayWidth }
      : { width: displayWidth, height: displayHeight };
  }

  #readsDirectly(frame: Decoded): boolean {
    const asItIs =
      this.#orientation.rotation === 0 &&
      !this.#orientation.flip &&
      !frame.rotation &&
      !frame.flip &&
      // An alpha channel would be copied as it is; drawing on an opaque canvas makes it 255.
      frame.format !== null &&
      !frame.format.includes('A') &&
      frame.visibleRect?.width === this.width &&
      frame.visibleRect.height === this.height &&
      frame.displayWidth === this.width &&
      frame.displayHeight === this.height;
    return asItIs && (this.#converts ??= converts(frame));
  }

  #draw(image: VideoFrame | ImageBitmap, width: number, height: number, across: boolean): void {
    const context = this.#prepare();
    const scale = Math.min(this.width / (across ? height : width), this.height / (across ? width : height));
    context.translate(this.width / 2, this.height / 2);
    if (this.#orientation.flip) context.scale(-1, 1);
    context.rotate((this.#orientation.rotation * Math.PI) / 180);
    context.drawImage(image, (-width * scale) / 2, (-height * scale) / 2, width * scale, height * scale);
    context.resetTransform();
  }

  #prepare(): OffscreenCanvasRenderingContext2D {
    if (!this.#context) {
      this.#canvas = new OffscreenCanvas(this.width, this.height);
      const context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      if (!context) throw new Fault('memory-exhausted', 'no canvas to read pictures with');
      this.#context = context;
    }
    return this.#context;
  }

  /** Copies what was drawn, and leaves nothing of it behind. */
  #fetch(target: Uint8ClampedArray): void {
    const context = this.#context!;
    const { data } = context.getImageData(0, 0, this.width, this.height);
    context.fillRect(0, 0, this.width, this.height);
    target.set(data);
    data.fill(0);
  }
}

/** A browser that does not know the wish for RGBA ignores it, and would copy the planes as they are. */
function converts(frame: VideoFrame): boolean {
  try {
    const { width, height } = frame.visibleRect!;
    return frame.allocationSize({ format: 'RGBA' }) === width * height * 4;
  } catch {
    return false;
  }
}

/** Bytes a decoded picture occupies; opaque formats (on a GPU) are taken as RGBA. */
export function allocation(frame: VideoFrame): number {
  try {
    return frame.format === null ? frame.codedWidth * frame.codedHeight * 4 : frame.allocationSize();
  } catch {
    return frame.codedWidth * frame.codedHeight * 4;
  }
}

/** A decoded picture as the camera sees it. */
export class DecodedPicture implements SourceFrame {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly shape: Shape;
  readonly #frame: VideoFrame;
  readonly #reader: PictureReader;

  constructor(
    frame: VideoFrame,
    reader: PictureReader,
    readonly timestampUs: number,
  ) {
    this.#frame = frame;
    this.#reader = reader;

    this.width = reader.width;
    this.height = reader.height;
    this.bytes = reader.bytes(frame);
    this.shape = reader.shapeOf(frame);
  }

  copyTo(target: Uint8ClampedArray): Promise<void> {
    return this.#reader.read(this.#frame, target);
  }

  close(): void {
    this.#frame.close();
  }
}
