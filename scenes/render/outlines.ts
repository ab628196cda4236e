/**
 * Outlines of each object, counted in pixels: every object is drawn flat on its own (its full size) and with all others
 * and the set (its visible part). Full boxes come from projected vertices, because they may reach beyond the picture;
 * `npm run scenes -- check` compares the two.
 */
import type { Camera, Mesh, Object3D, Scene, WebGLRenderer } from 'three';
import { Color, DoubleSide, MeshBasicMaterial, NearestFilter, NoToneMapping, WebGLRenderTarget } from 'three';
import { boxAround, clip, union } from '../truth/boxes.ts';
import type { MeasuredFace } from '../truth/assemble.ts';
import type { Projection, Vec2, Vec3 } from '../truth/camera.ts';
import type { Box } from '../truth/schema.ts';

/** An object whose outline is measured. */
export interface Subject {
  readonly meshes: readonly Mesh[];
  /** World positions xyz of its surface in the present pose. */
  readonly points: Float32Array;
  /** Separate parts: a bicycle and its rider. */
  readonly parts?: readonly Subject[];
  /** World positions of the corners of a box round the face, and the angle between its look and the way to the lens. */
  readonly face?: { readonly corners: readonly Vec3[]; readonly yawDeg: number };
}

export interface Outline {
  /** Around all projected points; null when none is in front of the camera. */
  box: Box | null;
  /** Around its own silhouette in the picture, nothing in front. */
  alone: Box | null;
  /** Around its visible pixels. */
  seen: Box | null;
  alonePixels: number;
  seenPixels: number;
  parts?: Outline[];
  face?: MeasuredFace;
}

const SET_LAYER = 2;
const SUBJECT_LAYER = 1;

export class Outliner {
  readonly #target: WebGLRenderTarget;
  readonly #flat: MeshBasicMaterial[] = [];
  readonly #renderer: WebGLRenderer;
  readonly #width: number;
  readonly #height: number;

  constructor(renderer: WebGLRenderer, width: number, height: number) {
    this.#renderer = renderer;
    this.#width = width;
    this.#height = height;

    this.#target = new WebGLRenderTarget(width, height, {
      minFilter: NearestFilter,
      magFilter: NearestFilter,
    });
  }

  /** Marks what belongs to the set; call once, before any subject joins the scene. */
  static markSet(set: Object3D): void {
    set.traverse((o) => o.layers.enable(SET_LAYER));
  }

  measure(scene: Scene, camera: Camera, projection: Projection, subjects: readonly Subject[]): Outline[] {
    const renderer = this.#renderer;
    const before = {
      background: scene.background,
      layers: camera.layers.mask,
      shadows: renderer.shadowMap.autoUpdate,
      tone: renderer.toneMapping,
      moves: scene.matrixWorldAutoUpdate,
    };
    scene.updateMatrixWorld();
    scene.matrixWorldAutoUpdate = false;
    scene.background = null;
    renderer.shadowMap.autoUpdate = false;
    renderer.toneMapping = NoToneMapping;
    renderer.setRenderTarget(this.#target);
    renderer.setClearColor(0x000000, 1);
    const single = subjects.flatMap((subject) => subject.parts ?? [subject]);
    const measured = single.map((subject, i) => this.#measureAlone(scene, camera, projection, subject, i));
    const wholes = subjects.map((subject) =>
      subject.parts ? this.#measureAlone(scene, camera, projection, subject, 0) : null,
    );
    this.#drawTogether(scene, camera, single);
    const faces = single.map(({ face }) => face && this.#faceInPicture(face, projection));
    this.#readTogether(measured, faces);
    const rest = measured.values();
    const outlines = subjects.map((subject, i): Outline => {
      const parts = (subject.parts ?? [subject]).map(() => rest.next().value!);
      const whole = wholes[i];
      if (!whole) return parts[0]!;
      const face = parts.find((part) => part.face)?.face;
      const seen = parts.map((part) => part.seen).filter((box) => box !== null);
      return {
        ...whole,
        seen: seen.length > 0 ? seen.reduce(union) : null,
        seenPixels: parts.reduce((sum, part) => sum + part.seenPixels, 0),
        parts,
        ...(face && { face }),
      };
    });
    renderer.setRenderTarget(null);
    scene.background = before.background;
    scene.overrideMaterial = null;
    camera.layers.mask = before.layers;
    renderer.shadowMap.autoUpdate = before.shadows;
    renderer.toneMapping = before.tone;
    scene.matrixWorldAutoUpdate = before.moves;
    return outlines;
  }

  #measureAlone(
    scene: Scene,
    camera: Camera,
    projection: Projection,
    subject: Subject,
    index: number,
  ): Outline {
    const box = boxAround(project(subject.points, projection));
    const none: Outline = { box, alone: null, seen: null, alonePixels: 0, seenPixels: 0 };
    const inside = box && clip([box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3], this.#width, this.#height);
    if (!inside) return none;
    const x0 = Math.floor(inside[0]);
    const y0 = Math.floor(inside[1]);
    const w = Math.ceil(inside[2]) - x0;
    const h = Math.ceil(inside[3]) - y0;
    // Targets count rows from below.
    const fromBelow = this.#height - y0 - h;
    this.#target.scissor.set(x0, fromBelow, w, h);
    this.#target.scissorTest = true;
    this.#renderer.setRenderTarget(this.#target);
    this.#renderer.clear();
    this.#drawFlat(scene, camera, subject.meshes, index);
    const pixels = new Uint8Array(w * h * 4);
    this.#renderer.readRenderTargetPixels(this.#target, x0, fromBelow, w, h, pixels);
    this.#target.scissorTest = false;
    const found = countPixels(pixels, w, h, (red, green) => red + green * 256 === index + 1);
    if (!found) return none;
    const alone = shift(found.box, x0, y0);
    return { ...none, alone, alonePixels: found.pixels };
  }

  /** The set in black, then every subject in its own colour, all against one depth buffer. */
  #drawTogether(scene: Scene, camera: Camera, subjects: readonly Subject[]): void {
    this.#renderer.setRenderTarget(this.#target);
    this.#renderer.clear();
    camera.layers.set(SET_LAYER);
    scene.overrideMaterial = this.#material(-1);
    const { autoClear } = this.#renderer;
    this.#renderer.autoClear = false;
    this.#renderer.render(scene, camera);
    subjects.forEach(({ meshes }, i) => this.#drawFlat(scene, camera, meshes, i));
    this.#renderer.autoClear = autoClear;
  }

  #faceInPicture(
    { corners, yawDeg }: NonNullable<Subject['face']>,
    projection: Projection,
  ): Omit<MeasuredFace, 'open'> | undefined {
    const points = corners.map((corner) => projection.toPicture(corner)).filter((p) => p !== null);
    const box = points.length === corners.length ? boxAround(points) : null;
    return box && clip(box, this.#width, this.#height) ? { box, yawDeg } : undefined;
  }

  #readTogether(outlines: Outline[], faces: readonly (Omit<MeasuredFace, 'open'> | undefined)[]): void {
    const pixels = new Uint8Array(this.#width * this.#height * 4);
    this.#renderer.readRenderTargetPixels(this.#target, 0, 0, this.#width, this.#height, pixels);
    const boxes: (Box | null)[] = outlines.map(() => null);
    for (let row = 0; row < this.#height; row++)
      for (let x = 0; x < this.#width; x++) {
        const at = (row * this.#width + x) * 4;
        const index = pixels[at]! + pixels[at + 1]! * 256 - 1;
        const outline = outlines[index];
        if (!outline) continue;
        const y = this.#height - 1 - row;
        const box = (boxes[index] ??= [x, y, x + 1, y + 1]);
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x + 1);
        box[3] = Math.max(box[3], y + 1);
        outline.seenPixels++;
      }
    outlines.forEach((outline, i) => {
      outline.seen = boxes[i]!;
      const face = faces[i];
      if (face) outline.face = { ...face, open: this.#shareOf(pixels, middleOf(face.box), i) };
    });
  }

  /** The share of a box's pixels that belong to a subject; pixels beyond the picture belong to no subject. */
  #shareOf(pixels: Uint8Array, [x0, y0, x1, y1]: Box, index: number): number {
    let own = 0;
    let all = 0;
    for (let y = Math.round(y0); y < y1; y++)
      for (let x = Math.round(x0); x < x1; x++) {
        all++;
        if (x < 0 || y < 0 || x >= this.#width || y >= this.#height) continue;
        const at = ((this.#height - 1 - y) * this.#width + x) * 4;
        if (pixels[at]! + pixels[at + 1]! * 256 === index + 1) own++;
      }
    return all > 0 ? own / all : 0;
  }

  #drawFlat(scene: Scene, camera: Camera, meshes: readonly Mesh[], index: number): void {
    for (const mesh of meshes) mesh.layers.enable(SUBJECT_LAYER);
    camera.layers.set(SUBJECT_LAYER);
    scene.overrideMaterial = this.#material(index);
    const { autoClear } = this.#renderer;
    this.#renderer.autoClear = false;
    this.#renderer.render(scene, camera);
    this.#renderer.autoClear = autoClear;
    for (const mesh of meshes) mesh.layers.disable(SUBJECT_LAYER);
  }

  /** Red and green carry index + 1; -1 is black. */
  #material(index: number): MeshBasicMaterial {
    return (this.#flat[index + 1] ??= new MeshBasicMaterial({
      color: new Color().setRGB(((index + 1) & 255) / 255, ((index + 1) >> 8) / 255, 0),
      side: DoubleSide,
      toneMapped: false,
      fog: false,
    }));
  }
}

/** The middle half of a box: of a face, that is nothing but face from wherever it is seen. */
const middleOf = ([x0, y0, x1, y1]: Box): Box => [
  x0 + (x1 - x0) / 4,
  y0 + (y1 - y0) / 4,
  x1 - (x1 - x0) / 4,
  y1 - (y1 - y0) / 4,
];

function* project(points: Float32Array, projection: Projection): Generator<Vec2> {
  for (let i = 0; i + 2 < points.length; i += 3) {
    const p = projection.toPicture([points[i]!, points[i + 1]!, points[i + 2]!]);
    if (p) yield p;
  }
}

/** Pixels that match and the box around them, rows counted from above; null for none. */
function countPixels(
  rgba: Uint8Array,
  width: number,
  height: number,
  matches: (red: number, green: number) => boolean,
): { box: Box; pixels: number } | null {
  let box: Box | null = null;
  let pixels = 0;
  for (let row = 0; row < height; row++)
    for (let x = 0; x < width; x++) {
      const at = (row * width + x) * 4;
      if (!matches(rgba[at]!, rgba[at + 1]!)) continue;
      const y = height - 1 - row;
      box ??= [x, y, x + 1, y + 1];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x + 1);
      box[3] = Math.max(box[3], y + 1);
      pixels++;
    }
  return box && { box, pixels };
}

const shift = ([x0, y0, x1, y1]: Box, dx: number, dy: number): Box => [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
