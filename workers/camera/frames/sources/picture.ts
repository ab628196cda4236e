import { NativeReader, isReadable, type NativeFormat, type PlaneLayout } from '../native-picture.ts';
import { turn } from '../turning.ts';
import type { Shape, SourceFrame } from '../source.ts';
import { Fault } from '../../isolation/fault.ts';
import { asFault } from './limits.ts';

/** Clockwise turn that makes a picture upright, then a mirroring about the vertical axis, as containers state them. */
export interface Orientation {
  readonly rotation: 0 | 90 | 180 | 270;
  readonly flip: boolean;
}

export const UPRIGHT: Orientation = { rotation: 0, flip: false };

/** What a picture says of itself: its planes' format, and how it wants to be seen. */
export interface PictureFacts extends NativeFormat, Orientation {
  /** Pixels at which it is shown, after its own turn. */
  readonly displayWidth: number;
  readonly displayHeight: number;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Reads pictures as RGBA at the source's one size, whatever a decoder or device delivers: padded, turned, mirrored, with
 * non-square pixels, or suddenly of another size (then the whole picture is fitted in, on black).
 *
 * No `VideoFrame` is ever drawn on a canvas, and none is copied as RGBA where its planes can be read (`native-picture.ts`
 * says why). Every copy made on the way is overwritten before `read` settles.
 */
export class PictureReader {
  readonly #native = new NativeReader();
  #canvases: { from: OffscreenCanvasRenderingContext2D; to: OffscreenCanvasRenderingContext2D } | undefined;
  #last: Promise<void> = Promise.resolve();
  readonly #orientation: Orientation;

  constructor(
    readonly width: number,
    readonly height: number,
    orientation: Orientation = UPRIGHT,
  ) {
    this.#orientation = orientation;
  }

  /** Bytes that reading takes: the picture itself, its planes here, and the copies made on the way. */
  bytes(own: number, facts: PictureFacts): number {
    const rgba = facts.width * facts.height * 4;
    const wanted = this.width * this.height * 4;
    const turned = this.#isDirect(facts) ? 0 : rgba + (this.#turns(facts) ? rgba : 0);
    const fitted = this.#isFitting(facts) ? 0 : 3 * wanted;
    return own + NativeReader.bytes(own, facts) + turned + fitted;
  }

  /** Reads a frame, which stays the caller's. @throws {Fault} 'source-unreadable' */
  read(frame: VideoFrame, target: Uint8ClampedArray): Promise<void> {
    return this.#inTurn(async () => {
      const facts = factsOf(frame);
      if (!isReadable(frame.format)) return this.#readConverted(frame, facts, target);
      const size = frame.allocationSize();
      const layout = await frame.copyTo(this.#native.planes(size, facts));
      this.#finish(facts, target, (pixels) => this.#native.convert(size, layout, facts, pixels));
    });
  }

  /** The same for planes that came as bytes; they are overwritten. @throws {Fault} 'source-unreadable' */
  readPlanes(
    planes: Uint8Array,
    layout: readonly PlaneLayout[],
    facts: PictureFacts,
    target: Uint8ClampedArray,
  ): Promise<void> {
    return this.#inTurn(async () => {
      this.#native.planes(planes.byteLength, facts).set(planes);
      planes.fill(0);
      const size = planes.byteLength;
      this.#finish(facts, target, (pixels) => this.#native.convert(size, layout, facts, pixels));
    });
  }

  /** The same for a still picture, which is upright already. @throws {Fault} 'source-unreadable' */
  readStill(bitmap: ImageBitmap, target: Uint8ClampedArray): void {
    try {
      const { to } = this.#prepare();
      this.#draw(to, bitmap, bitmap.width, bitmap.height);
      this.#fetch(to, target);
    } catch (error) {
      throw asFault(error, 'source-unreadable', 'reading a still picture');
    }
  }

  close(): void {
    for (const context of Object.values(this.#canvases ?? {}))
      context.canvas.width = context.canvas.height = 1;
    this.#canvases = undefined;
    // Not under a picture that is still being read.
    void this.#last.then(() => this.#native.close());
  }

  /** The upright size of a frame in square pixels, whatever the source's is. */
  shapeOf({ displayWidth, displayHeight }: Pick<PictureFacts, 'displayWidth' | 'displayHeight'>): Shape {
    const across = this.#orientation.rotation % 180 === 90;
    return across
      ? { width: displayHeight, height: displayWidth }
      : { width: displayWidth, height: displayHeight };
  }

  /** One picture at a time: they share the memory. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#last.then(work).catch((error: unknown) => {
      throw asFault(error, 'source-unreadable', 'reading a picture');
    });
    this.#last = result.catch(() => {});
    return result;
  }

  /** A format whose planes cannot be read (on a graphics device, mostly): the browser converts, and may keep one copy. */
  async #readConverted(frame: VideoFrame, facts: PictureFacts, target: Uint8ClampedArray): Promise<void> {
    const pixels = new Uint8ClampedArray(facts.width * facts.height * 4);
    await frame.copyTo(pixels, { format: 'RGBA' });
    this.#finish(facts, target, (to) => to.set(pixels));
    pixels.fill(0);
  }

  /** @param convert writes the picture as it lies, RGBA */
  #finish(
    facts: PictureFacts,
    target: Uint8ClampedArray,
    convert: (pixels: Uint8ClampedArray) => void,
  ): void {
    if (this.#isDirect(facts)) return convert(target);
    const { width, height } = facts;
    const lying: Pixels = { width, height, data: new Uint8ClampedArray(width * height * 4) };
    let upright = lying;
    try {
      convert(lying.data);
      upright = turned(turned(lying, facts), this.#orientation);
      if (this.#isFitting(facts)) target.set(upright.data);
      else this.#fit(upright, facts, target);
    } finally {
      lying.data.fill(0);
      upright.data.fill(0);
    }
  }

  #turns({ rotation, flip }: Orientation): boolean {
    return rotation !== 0 || flip || this.#orientation.rotation !== 0 || this.#orientation.flip;
  }

  /** Whether the picture, once turned, has the source's size and square pixels. */
  #isFitting({ width, height, displayWidth, displayHeight, rotation }: PictureFacts): boolean {
    const ownAcross = rotation % 180 === 90;
    const across = ownAcross !== (this.#orientation.rotation % 180 === 90);
    return (
      (across ? height : width) === this.width &&
      (across ? width : height) === this.height &&
      displayWidth === (ownAcross ? height : width) &&
      displayHeight === (ownAcross ? width : height)
    );
  }

  #isDirect(facts: PictureFacts): boolean {
    return !this.#turns(facts) && this.#isFitting(facts);
  }

  /** Scales an upright picture into the source's size; black where it does not reach. */
  #fit({ width, height, data }: Pixels, facts: PictureFacts, target: Uint8ClampedArray): void {
    const { from, to } = this.#prepare();
    const across = this.#orientation.rotation % 180 === 90;
    from.canvas.width = width;
    from.canvas.height = height;
    from.putImageData(new ImageData(data, width, height), 0, 0);
    const { displayWidth, displayHeight } = facts;
    this.#draw(to, from.canvas, across ? displayHeight : displayWidth, across ? displayWidth : displayHeight);
    from.canvas.width = from.canvas.height = 1;
    this.#fetch(to, target);
  }

  #draw(
    context: OffscreenCanvasRenderingContext2D,
    image: CanvasImageSource,
    width: number,
    height: number,
  ): void {
    const scale = Math.min(this.width / width, this.height / height);
    const [w, h] = [width * scale, height * scale];
    context.drawImage(image, (this.width - w) / 2, (this.height - h) / 2, w, h);
  }

  #prepare() {
    const context = (width: number, height: number) => {
      const made = new OffscreenCanvas(width, height).getContext('2d', {
        alpha: false,
        willReadFrequently: true,
      });
      if (!made) throw new Fault('memory-exhausted', 'no canvas to read pictures with');
      return made;
    };
    return (this.#canvases ??= { from: context(1, 1), to: context(this.width, this.height) });
  }

  /** Copies what was drawn, and leaves nothing of it behind. */
  #fetch(context: OffscreenCanvasRenderingContext2D, target: Uint8ClampedArray): void {
    const { data } = context.getImageData(0, 0, this.width, this.height);
    context.fillRect(0, 0, this.width, this.height);
    target.set(data);
    data.fill(0);
  }
}

/** The picture as it is to be seen; its own pixels where it stands already, else new ones, and the old are overwritten. */
function turned(pixels: Pixels, { rotation, flip }: Orientation): Pixels {
  if (rotation === 0 && !flip) return pixels;
  const { width, height, data } = pixels;
  const to = new Uint8ClampedArray(data.length);
  turn(data, { width, height }, to, rotation, flip);
  data.fill(0);
  return rotation % 180 === 90 ? { width: height, height: width, data: to } : { width, height, data: to };
}

/** What a decoded frame says of itself. */
export function factsOf(frame: VideoFrame): PictureFacts {
  // A frame may state its own turn (newer browsers); its display size is the upright one.
  const { rotation = 0, flip = false } = frame as Partial<Orientation>;
  return {
    format: frame.format ?? 'RGBA',
    width: frame.visibleRect?.width ?? frame.codedWidth,
    height: frame.visibleRect?.height ?? frame.codedHeight,
    matrix: frame.colorSpace.matrix,
    fullRange: frame.colorSpace.fullRange,
    displayWidth: frame.displayWidth,
    displayHeight: frame.displayHeight,
    rotation,
    flip,
  };
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
  readonly unreadBytes: number;
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
    this.unreadBytes = allocation(frame);
    this.bytes = reader.bytes(this.unreadBytes, factsOf(frame));
    this.shape = reader.shapeOf(frame);
  }

  copyTo(target: Uint8ClampedArray): Promise<void> {
    return this.#reader.read(this.#frame, target);
  }

  close(): void {
    this.#frame.close();
  }
}
