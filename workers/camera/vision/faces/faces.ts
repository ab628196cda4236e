/**
 * Which part of a picture shows a face, turned upright, and how good a view of it that is. Pure functions.
 *
 * Landmarks come in the order that all face detectors here share: right eye, left eye, nose tip, then the mouth (one point,
 * and the ears after it; or, of five points, its right and left corner). "Right" is the person's own, so it lies left in
 * the picture of an upright face.
 */
import { centreOf, heightOf, intersection, areaOf, widthOf, type Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';

export type Landmarks = readonly Vec[];

/** A face as a detector finds it, in pixels of the picture. */
export interface Face {
  readonly box: Box;
  readonly keypoints?: Landmarks | undefined;
}

/** A square of the picture, in pixels, which may be turned and may reach beyond the border. */
export interface FaceCrop {
  readonly cx: number;
  readonly cy: number;
  readonly side: number;
  /** How far the face leans, radians, clockwise on the screen positive; the crop leans with it. */
  readonly roll: number;
}

export interface CropOptions {
  /** Side of the crop over the longer side of the box. */
  readonly scale?: number;
  /** How far the crop is moved up the face from the box's middle, as a share of the box's longer side. */
  readonly raise?: number;
  /** Whether the crop leans with the eyes. */
  readonly upright?: boolean;
}

/**
 * Detectors frame eyebrows to chin; the networks behind were trained on whole heads. So the crop is larger than the box
 * and sits higher. Between 1.3 and 1.6 times the box, verification hardly depends on the size (`npm run eval -- --set
 * lfw` prints the table).
 */
const CROP: Required<CropOptions> = { scale: 1.4, raise: 0.1, upright: true };

/**
 * @returns the square to show to a face network
 * @throws {RangeError} when the box has no area or an option is not possible
 */
export function cropOf({ box, keypoints }: Face, options: CropOptions = {}): FaceCrop {
  const { scale, raise, upright } = { ...CROP, ...options };
  const longer = Math.max(widthOf(box), heightOf(box));
  if (!(longer > 0 && Number.isFinite(longer))) throw new RangeError(`no face in the box ${box.join()}`);
  if (!(scale > 0 && Number.isFinite(raise)))
    throw new RangeError(`a crop of ${scale}, raised by ${raise}, is not possible`);
  const roll = upright && keypoints ? rollOf(keypoints) : 0;
  const [cx, cy] = centreOf(box);
  const up = raise * longer;
  // Up the face, which leans by `roll`.
  return { cx: cx + up * Math.sin(roll), cy: cy - up * Math.cos(roll), side: longer * scale, roll };
}

/**
 * Where the descriptor's network expects the eyes and the mouth: dlib's mean face (the landmarks of 300-W, Sagonas et al.,
 * ICCV-W 2013) with a border of a quarter of it on each side, as its training pictures were cut. In sides of the square.
 */
const CHIP = {
  /** From one eye to the other. */
  eyes: 0.353,
  /** From the middle between the eyes to the mouth. */
  mouth: 0.396,
  /** From the middle between the eyes to the middle of the square. */
  middle: 0.189,
} as const;

/** Without landmarks: BlazeFace's boxes are about so much smaller than the square (median of LFW: 1.16). */
const CHIP_WITHOUT_LANDMARKS: CropOptions = { scale: 1.16, raise: 0 };

/**
 * The square that a descriptor is read from: upright, eyes and mouth where the network expects them. Its side is the mean
 * of what the eyes' distance and the mouth's say, since turning the head shortens the one and nodding the other.
 * @throws {RangeError} when the box has no area
 */
export function chipOf(face: Face): FaceCrop {
  const [right, left] = face.keypoints ?? [];
  const mouth = mouthOf(face.keypoints ?? []);
  if (!right || !left || !mouth) return cropOf(face, CHIP_WITHOUT_LANDMARKS);
  const roll = rollOf([right, left]);
  const [x, y] = [(right[0] + left[0]) / 2, (right[1] + left[1]) / 2];
  const apart = Math.hypot(left[0] - right[0], left[1] - right[1]);
  const below = Math.hypot(mouth[0] - x, mouth[1] - y);
  const side = (apart / CHIP.eyes + below / CHIP.mouth) / 2;
  if (!(side > 0 && Number.isFinite(side))) return cropOf(face, CHIP_WITHOUT_LANDMARKS);
  const down = CHIP.middle * side;
  return { cx: x - down * Math.sin(roll), cy: y + down * Math.cos(roll), side, roll };
}

/** Landmarks of a detector that gives both corners of the mouth: eyes, nose tip, corners. */
const WITH_CORNERS = 5;

function mouthOf(landmarks: Landmarks): Vec | undefined {
  const [, , , right, left] = landmarks;
  if (!right || landmarks.length !== WITH_CORNERS || !left) return right;
  return [(right[0] + left[0]) / 2, (right[1] + left[1]) / 2];
}

/** How far the line of the eyes leans, radians, clockwise on the screen positive; 0 without eyes. */
export function rollOf([right, left]: Landmarks): number {
  if (!right || !left) return 0;
  return Math.atan2(left[1] - right[1], left[0] - right[0]);
}

/** How far the nose tip lies in front of the eyes, in distances between the eyes; about half on adults. */
const NOSE = 0.5;

/**
 * How far the head is turned to the side, radians, to the left of the picture negative; 0 without landmarks. The nose
 * tip, in front of the eyes, moves with the sine of the turn while the eyes' distance shrinks with its cosine; so their
 * ratio gives the tangent. Good to some ten degrees, which is enough to leave profiles out.
 */
export function yawOf([right, left, nose]: Landmarks): number {
  if (!right || !left || !nose) return 0;
  const across = [left[0] - right[0], left[1] - right[1]] as const;
  const apart = Math.hypot(...across);
  if (apart === 0) return Math.PI / 2;
  const from = [nose[0] - (right[0] + left[0]) / 2, nose[1] - (right[1] + left[1]) / 2] as const;
  const aside = (from[0] * across[0] + from[1] * across[1]) / apart;
  return Math.atan2(aside, NOSE * apart);
}

/** What a view of a face is worth for recognition, before any network has seen it. */
export interface FaceView {
  /** Longer side of the box in pixels of the picture. */
  readonly size: number;
  /** Radians. */
  readonly roll: number;
  readonly yaw: number;
  /** Share of the box inside the picture, 0..1. */
  readonly inside: number;
}

/** @param picture its size in pixels */
export function viewOf(face: Face, picture: { readonly width: number; readonly height: number }): FaceView {
  const { box, keypoints = [] } = face;
  const area = areaOf(box);
  return {
    size: Math.max(widthOf(box), heightOf(box)),
    roll: rollOf(keypoints),
    yaw: yawOf(keypoints),
    inside: area > 0 ? intersection(box, [0, 0, picture.width, picture.height]) / area : 0,
  };
}

/** What a view must at least be. Angles in radians, either way. */
export interface ViewGate {
  readonly minSize: number;
  readonly maxRoll: number;
  readonly maxYaw: number;
  readonly minInside: number;
}

const degrees = (value: number) => (value * Math.PI) / 180;

/**
 * A face of 36 pixels leaves the face networks one pixel in six of their input's 224; a head turned by 40 degrees hides
 * the far eye's corner; with more than a tenth cut off by the border, the crop misses chin or brow.
 */
export const VIEW_GATE: ViewGate = {
  minSize: 36,
  maxRoll: degrees(40),
  maxYaw: degrees(40),
  minInside: 0.9,
};

/** Whether a view is large, frontal and whole enough to be read; sizes in pixels, angles in radians. */
export function passes(view: FaceView, gate: ViewGate = VIEW_GATE): boolean {
  return (
    view.size >= gate.minSize &&
    Math.abs(view.roll) <= gate.maxRoll &&
    Math.abs(view.yaw) <= gate.maxYaw &&
    view.inside >= gate.minInside
  );
}

/**
 * One number to tell a track's better views from its worse ones, 0..1: the size against `fullSize`, less what turning
 * to the side hides and the border cuts off.
 * @param fullSize from this size on, in pixels, more of it makes no difference to the networks
 */
export function worthOf({ size, yaw, inside }: FaceView, fullSize = 160): number {
  return Math.min(1, size / fullSize) * Math.max(0, Math.cos(yaw)) * inside;
}

/**
 * How sharp a picture is: the variance of its Laplacian (Pech-Pacheco et al., Diatom autofocusing in brightfield
 * microscopy, ICPR 2000), over the variance of its brightness so that contrast and light do not matter. About 20 for
 * noise, near 0 for a smooth ramp; compare only pictures of one size.
 * @param rgba [height, width, 4]
 * @returns 0 for a picture of one colour
 * @throws {RangeError} when it has no inner pixels, or its buffer does not match its size
 */
export function sharpness(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): number {
  if (width < 3 || height < 3 || rgba.length !== width * height * 4)
    throw new RangeError(`${rgba.length} bytes are no picture of ${width} x ${height} pixels`);
  // Luma of ITU-R BT.601.
  const grey = (i: number) => 0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!;
  const edges = new Spread();
  const light = new Spread();
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const here = grey(i);
      light.add(here);
      edges.add(grey(i - 1) + grey(i + 1) + grey(i - width) + grey(i + width) - 4 * here);
    }
  }
  return light.variance > 0 ? edges.variance / light.variance : 0;
}

/**
 * The sharpness at which a view is worth half of what it would be if it were sharp, in a crop of `SHARP_SIDE` pixels.
 * There, sharp photos of faces have .006 from 200 pixels, .004 from 100, .003 from 60 and .002 from 40 (medians of UTKFace);
 * below that, they are blurred. In smaller crops the same faces have more: 8 times at 112 pixels, 3.5 times at 150, 1.7
 * times at 192, near to the third power of the side.
 */
const HALF_SHARP = 0.001;
const SHARP_SIDE = 224;

/**
 * What a view is worth for being sharp, 0..1: nothing when all detail is gone, near 1 when there is plenty.
 * @param sharp of the crop as the network saw it; see `sharpness`
 * @param side of that crop, pixels
 */
export const clarityOf = (sharp: number, side: number): number =>
  sharp / (sharp + HALF_SHARP * (SHARP_SIDE / side) ** 3);

/** Running variance (Welford, Technometrics 1962). */
class Spread {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    const off = value - this.#mean;
    this.#mean += off / ++this.#count;
    this.#squares += off * (value - this.#mean);
  }

  get variance(): number {
    return this.#count > 0 ? this.#squares / this.#count : 0;
  }
}
