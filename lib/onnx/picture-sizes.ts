/** Sizes of a graph's inputs: where a picture's sides lie, what an open axis is taken for, and which size the layers fit. */
import { OnnxError } from './errors.ts';
import { trueInputs, type Dim, type Model, type ValueInfo } from './model.ts';
import type { Value } from './shape-types.ts';
import { inferShapes } from './shapes.ts';

/** Sides of a picture in pixels. */
export interface Side {
  readonly width: number;
  readonly height: number;
}

/**
 * Sizes for inputs that leave some of them open: pictures (four axes) take `side`, a batch is one, every other open
 * axis is one too.
 *
 * @returns sizes for `dissect`, and whether any of them was taken from `side`
 * @throws {OnnxError} `wrong-shape` for an input of which not even the number of axes is known
 */
export function sizesFor(model: Model, side: Side): { sizes: Record<string, number[]>; open: boolean } {
  let open = false;
  const sizes = trueInputs(model.graph).map((input) => {
    const axes = pictureAxes(input);
    const dims = axesOf(input).map((dim, axis) => {
      if (typeof dim === 'number') return dim;
      if (axis !== axes?.height && axis !== axes?.width) return axis === axes?.channels ? 3 : 1;
      open = true;
      return axis === axes.height ? side.height : side.width;
    });
    return [input.name, dims] as const;
  });
  return { sizes: Object.fromEntries(sizes), open };
}

function axesOf({ name, dims }: ValueInfo): readonly Dim[] {
  if (!dims) throw new OnnxError('wrong-shape', `input ${name} does not say how many axes it has`);
  return dims;
}

/** @returns the sides of the first input that is a picture; undefined where there is none */
export function pictureOf(
  inputs: readonly ValueInfo[],
  values: ReadonlyMap<string, Value>,
): Side | undefined {
  for (const input of inputs) {
    const axes = pictureAxes(input);
    const dims = values.get(input.name)?.dims;
    const [width, height] = axes && dims ? [dims[axes.width], dims[axes.height]] : [];
    if (width && height) return { width, height };
  }
  return undefined;
}

/** @returns how many pictures one run takes: the batch that the file fixes for all of its pictures, else 1 */
export function batchOf(inputs: readonly ValueInfo[]): number {
  const batches = inputs.flatMap((input) => {
    const axes = pictureAxes(input);
    if (!axes || !input.dims || !isChannels(input.dims[axes.channels])) return [];
    const sides = [input.dims[axes.width], input.dims[axes.height]];
    return sides.some((side) => typeof side === 'number' && side < MIN_SIDE) ? [] : [input.dims[0]];
  });
  const [first] = batches;
  return typeof first === 'number' && batches.every((batch) => batch === first) ? first : 1;
}

/** Four axes with shorter sides are no picture, but a tensor inside a network. */
const MIN_SIDE = 8;

const isChannels = (dim: Dim | undefined) => dim === 1 || dim === 3 || dim === 4;

/** Where a picture's sides and channels lie; undefined for what is no picture. Channels first unless they are last. */
function pictureAxes({ dims }: ValueInfo): { height: number; width: number; channels: number } | undefined {
  if (dims?.length !== 4) return undefined;
  const last = isChannels(dims[3]) && !isChannels(dims[1]);
  return last ? { height: 1, width: 2, channels: 3 } : { height: 2, width: 3, channels: 1 };
}

/** Sizes at which published networks were trained, the frequent ones first. */
const USUAL: readonly Side[] = [
  ...[224, 256, 320, 416, 640, 299, 300, 384, 448, 512, 227, 128, 160, 112, 192, 96, 64, 32, 28, 48],
  ...[240, 260, 288, 331, 336, 352, 380, 456, 528, 600, 608, 672, 768, 800, 896, 1024, 1280, 40, 56, 80],
].map((side) => ({ width: side, height: side }));
const USUAL_OBLONG: readonly Side[] = [
  ...[[320, 240], [640, 480], [640, 384], [640, 360], [512, 288], [320, 192], [1280, 720], [1024, 512]],
  ...[[128, 256], [64, 128], [96, 112], [100, 32], [160, 32], [256, 128], [192, 256], [288, 384], [800, 608]],
].map(([width = 0, height = 0]) => ({ width, height })); // prettier-ignore

/** Sides of squares that are tried when no usual size fits: every multiple of 8. */
const MAX_TRIED_SIDE = 1024;
const TRIED_STEP = 8;

/** Nodes inferred at most while a size is sought, so that a large graph cannot be tried for minutes. */
const MAX_TRIED_NODES = 400_000;

/**
 * Seeks the size for which a graph was made, where its inputs leave the sides open but a layer does not (a fully
 * connected one after a Flatten, a stored table of positions).
 *
 * @returns the first size at which shapes can be inferred; undefined where none of those tried fits
 */
export function fittingSide(model: Model): Side | undefined {
  const tries = Math.ceil(MAX_TRIED_NODES / Math.max(model.graph.nodes.length, 1));
  return candidates()
    .slice(0, tries)
    .find((side) => fits(model, side));
}

function candidates(): Side[] {
  const squares = Array.from({ length: MAX_TRIED_SIDE / TRIED_STEP }, (_, i) => (i + 1) * TRIED_STEP);
  return [...USUAL, ...USUAL_OBLONG, ...squares.map((side) => ({ width: side, height: side }))];
}

function fits(model: Model, side: Side): boolean {
  try {
    inferShapes(model, sizesFor(model, side).sizes);
    return true;
  } catch (error) {
    if (error instanceof OnnxError) return false;
    throw error;
  }
}
