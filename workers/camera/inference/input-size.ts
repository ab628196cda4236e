import { Fault } from '../isolation/fault.ts';
import type { ModelCard } from './detector.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The parts of an `EngineChoice` that ask for a certain size. */
export interface SizeWish {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** In place of the card's own long side; only where the size is free. */
  readonly longSide?: number | undefined;
}

/**
 * The input size with the smallest letterbox border: the long side as the card has it, the short side in the source's
 * proportions, rounded to a size that the graph accepts. 16:9 gives 512 x 288 with the default model.
 *
 * Graphs of one fixed size keep it.
 *
 * @param aspect width / height of the source
 * @param wish explicit sides; an absent side follows from the other
 * @throws {Fault} 'config-invalid' when a requested side is not possible with this model
 */
export function inputSize(
  { id, input }: Pick<ModelCard, 'id' | 'input'>,
  aspect: number,
  wish: SizeWish = {},
): Size {
  if (!(aspect > 0 && Number.isFinite(aspect)))
    throw new RangeError(`an aspect of ${aspect} is not possible`);
  const { multipleOf } = input;
  if (multipleOf === undefined) {
    if ((wish.width ?? input.width) !== input.width || (wish.height ?? input.height) !== input.height)
      throw new Fault('config-invalid', `${id} takes ${input.width} x ${input.height} pixels only`, {
        subject: id,
      });
    return { width: input.width, height: input.height };
  }
  const whole = (side: number) => Math.max(1, Math.round(side / multipleOf)) * multipleOf;
  const long = wish.longSide ?? Math.max(input.width, input.height);
  const width =
    wish.width ??
    whole(wish.height !== undefined ? wish.height * aspect : aspect >= 1 ? long : long * aspect);
  const height = wish.height ?? whole(wish.width !== undefined || aspect >= 1 ? width / aspect : long);
  if (width % multipleOf !== 0 || height % multipleOf !== 0)
    throw new Fault('config-invalid', `${id} takes multiples of ${multipleOf} only`, { subject: id });
  return { width, height };
}
