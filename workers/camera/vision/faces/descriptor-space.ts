/**
 * Where descriptors are compared. The network's own vectors lie in a narrow cone, and within it people of one sex or origin
 * lie close together: at the threshold that takes 1 % of LFW's different men for one person it takes 53 % of UTKFace's
 * pairs of Asian women. What most faces have in common, the mean, and the few directions in which they vary most, which
 * are those of groups and not of persons, are taken out (Mu and Viswanath, All-but-the-Top, ICLR 2018, do it to words).
 * The same threshold then takes 12 % of them, and at a threshold fitted to the worst group .80 instead of .42 of LFW's same
 * pairs are recognised (`npm run eval -- --set lfw`).
 *
 * The numbers are statistics of all 270 faces of FairFace (`test/accuracy/fit-matching.ts`); nobody's face can be made of
 * them.
 */
import { normalise } from './descriptors.ts';
import fitted from './descriptor-space.json' with { type: 'json' };

export interface DescriptorSpace {
  /** Of descriptors of length 1. */
  readonly mean: readonly number[];
  /** Orthogonal, each of length 1. */
  readonly directions: readonly (readonly number[])[];
}

export const DESCRIPTOR_SPACE: DescriptorSpace = fitted;

/**
 * Makes what a network gives comparable, in place.
 * @param descriptor as the network gives it
 * @returns the same array, of length 1, compared by cosine
 * @throws {RangeError} when it has not as many numbers as the space
 */
export function toSpace(
  descriptor: Float32Array,
  { mean, directions }: DescriptorSpace = DESCRIPTOR_SPACE,
): Float32Array {
  if (descriptor.length !== mean.length)
    throw new RangeError(`${descriptor.length} numbers instead of ${mean.length}`);
  normalise(descriptor);
  for (let i = 0; i < descriptor.length; i++) descriptor[i]! -= mean[i]!;
  for (const direction of directions) {
    const along = descriptor.reduce((sum, x, i) => sum + x * direction[i]!, 0);
    for (let i = 0; i < descriptor.length; i++) descriptor[i]! -= along * direction[i]!;
  }
  return normalise(descriptor);
}
