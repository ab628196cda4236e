import type { Kind, Polygon } from '../../../contract/index.ts';
import { KIND_COLOURS, UNKNOWN_COLOUR } from '../../../contract/palette.ts';
import type { Box } from '../vision/geometry/detection.ts';
import type { Picture } from './frame.ts';

/** A detection to draw; all values in pixels of the picture. */
export interface OverlayBox {
  readonly box: Box;
  readonly kind?: Kind | undefined;
  /** False where only the motion model says so: drawn dashed. */
  readonly seen?: boolean | undefined;
  /** A sign or a number of one or two digits that is painted at the box. */
  readonly note?: string | undefined;
  /** Where the object has been, oldest first. */
  readonly trail?: readonly (readonly [number, number])[] | undefined;
}

/** The overlay on the picture. */
export interface Overlay {
  readonly boxes: readonly OverlayBox[];
  readonly masks: readonly Polygon[];
}

export type Glass = 'clear' | 'opaque';

/** Wider pictures are painted with every n-th pixel only: the preview is for looking, not for reading plates. */
const MAX_WIDTH = 1280;
/** Colour of the opaque glass and of the wiped canvas. */
const GLASS_COLOUR = '#11161d';
/** Casing of coloured lines, so that they stand out from any picture. */
const CASING = 'rgb(255 255 255 / 0.85)';
/** Discs with the number of a rule, and with a tick. */
const NOTE_COLOUR = '#0b0d10';
const TICK_COLOUR = '#00694c';

/** Paintings that are announced after a canvas came or changed its size; once would do, three are safe. */
const ANNOUNCED = 3;

/**
 * The window behind the glass: paints what the sensor sees, after the privacy masks, on a canvas of the sealed frame, which
 * the page has no hold of. Demonstration only; with opaque glass nothing is painted at all.
 */
export class Preview {
  #canvas: OffscreenCanvas | undefined;
  #context: OffscreenCanvasRenderingContext2D | undefined;
  #glass: Glass = 'clear';
  /** The reduced picture, where one is needed; reused from frame to frame. */
  #reduced: ImageData | undefined;
  #holdsPicture = false;
  #announced = 0;
  readonly #painted: () => void;

  /** @param painted told of the first paintings: Chromium shows the canvas only after the frame's main thread made a frame */
  constructor(painted: () => void = () => {}) {
    this.#painted = painted;
  }

  get glass(): Glass {
    return this.#glass;
  }

  /** Pixel bytes the preview holds of a picture now: the canvas, and the reduced copy where there is one. */
  get bytes(): number {
    if (!this.#canvas || !this.#holdsPicture) return 0;
    return this.#canvas.width * this.#canvas.height * 4 + (this.#reduced?.data.byteLength ?? 0);
  }

  /** Takes over a canvas; the one before is wiped. */
  attach(canvas: OffscreenCanvas): void {
    this.wipe();
    this.#canvas = canvas;
    // Frames come from the CPU and are replaced each time: a canvas in main memory avoids the copy to the GPU.
    this.#context = canvas.getContext('2d', { alpha: false, willReadFrequently: true }) ?? undefined;
    this.#blank();
  }

  setGlass(glass: Glass): void {
    this.#glass = glass;
    if (glass === 'opaque') this.#blank();
  }

  /**
   * Paints a picture and its overlay. Does nothing behind opaque glass or without a canvas.
   * @param picture already masked; its pixels must not be shared memory
   */
  paint(picture: Picture, overlay: Overlay): void {
    const canvas = this.#canvas;
    const context = this.#context;
    if (!canvas || !context || this.#glass === 'opaque') return;
    const step = Math.ceil(picture.width / MAX_WIDTH);
    const image = step === 1 ? asImage(picture) : this.#reduce(picture, step);
    if (canvas.width !== image.width || canvas.height !== image.height) {
      canvas.width = image.width;
      canvas.height = image.height;
      this.#announced = 0;
    }
    context.putImageData(image, 0, 0);
    this.#holdsPicture = true;
    drawMasks(context, overlay.masks, image.width, image.height);
    context.save();
    context.scale(image.width / picture.width, image.height / picture.height);
    drawBoxes(context, overlay.boxes, picture.width / 480);
    context.restore();
    if (this.#announced++ < ANNOUNCED) this.#painted();
  }

  /** What is behind the glass now: the canvas, read back, and the reduced copy. */
  memories(): ArrayBufferLike[] {
    if (!this.#canvas || !this.#context) return [];
    const { width, height } = this.#canvas;
    const shown = this.#context.getImageData(0, 0, width, height).data.buffer;
    return this.#reduced ? [shown, this.#reduced.data.buffer] : [shown];
  }

  /** Overwrites the canvas and the copy, and gives their memory back. */
  wipe(): void {
    this.#blank();
    if (this.#canvas) this.#canvas.width = this.#canvas.height = 1;
    this.#reduced = undefined;
    this.#blank();
  }

  #blank(): void {
    this.#reduced?.data.fill(0);
    this.#holdsPicture = false;
    if (!this.#canvas || !this.#context) return;
    this.#context.fillStyle = GLASS_COLOUR;
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  #reduce(picture: Picture, step: number): ImageData {
    const width = Math.floor(picture.width / step);
    const height = Math.floor(picture.height / step);
    if (this.#reduced?.width !== width || this.#reduced.height !== height) {
      this.#reduced?.data.fill(0);
      this.#reduced = new ImageData(width, height);
    }
    const from = new Uint32Array(picture.pixels.buffer, picture.pixels.byteOffset);
    const to = new Uint32Array(this.#reduced.data.buffer);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0, at = y * step * picture.width; x < width; x++, at += step) to[i++] = from[at]!;
    }
    return this.#reduced;
  }
}

/** A view on the picture's own pixels, not a copy. */
function asImage({ pixels, width, height }: Picture): ImageData {
  return new ImageData(pixels as Uint8ClampedArray<ArrayBuffer>, width, height);
}

function drawBoxes(
  context: OffscreenCanvasRenderingContext2D,
  boxes: readonly OverlayBox[],
  scale: number,
): void {
  const line = Math.max(1.5, 1.5 * scale);
  context.lineJoin = context.lineCap = 'round';
  for (const { box, kind, seen, trail } of boxes) {
    const path = new Path2D();
    path.rect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    trail?.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
    context.setLineDash(seen === false ? [line * 3, line * 3] : []);
    context.strokeStyle = CASING;
    context.lineWidth = line * 2;
    context.stroke(path);
    context.strokeStyle = kind ? KIND_COLOURS[kind] : UNKNOWN_COLOUR;
    context.lineWidth = line;
    context.stroke(path);
  }
  for (const { box, note } of boxes) if (note !== undefined) drawNote(context, box, note, scale);
}

/** A disc above the box with a sign in it; a tick on green, a number on black. */
function drawNote(context: OffscreenCanvasRenderingContext2D, box: Box, note: string, scale: number): void {
  const radius = 8 * scale;
  const [x, y] = [(box[0] + box[2]) / 2, Math.max(radius, box[1] - 0.6 * radius)];
  context.setLineDash([]);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = note === '✓' ? TICK_COLOUR : NOTE_COLOUR;
  context.fill();
  context.strokeStyle = CASING;
  context.lineWidth = Math.max(1, scale);
  context.stroke();
  context.fillStyle = '#fff';
  context.font = `bold ${1.35 * radius}px sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(note, x, y + 0.08 * radius);
}

/** Outlines each mask, so that a grey patch is seen to be there on purpose. */
function drawMasks(
  context: OffscreenCanvasRenderingContext2D,
  masks: readonly Polygon[],
  width: number,
  height: number,
): void {
  context.setLineDash([]);
  context.strokeStyle = UNKNOWN_COLOUR;
  context.lineWidth = Math.max(1, width / 640);
  for (const { points } of masks) {
    const path = new Path2D();
    points.forEach(([x, y], i) =>
      i === 0 ? path.moveTo(x * width, y * height) : path.lineTo(x * width, y * height),
    );
    path.closePath();
    context.stroke(path);
  }
}
