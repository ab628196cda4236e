/** Results that are no numbers: half precision that overflows, or a picture normalised otherwise than in training. */
import type { Outputs } from './engine.ts';

/** Elements of an output looked at; a network that breaks down breaks down everywhere. */
const SAMPLES = 997;
/** Single boxes that are no numbers are left out by the decoders; from this share on nothing can be found at all. */
const MAX_SHARE = 0.5;

/**
 * @param rgba the picture that was run
 * @returns whether the results of a run are useless. Of a picture of one colour nothing is said: a network that divides
 *   by the picture's own contrast gives NaN there and is sound.
 */
export function isNotANumber(outputs: Outputs, rgba: Uint8Array): boolean {
  for (const { data } of outputs.values()) {
    if (shareOfNaN(data) >= MAX_SHARE) return !isOneColour(rgba);
  }
  return false;
}

function shareOfNaN(data: Float32Array): number {
  const step = Math.max(1, Math.floor(data.length / SAMPLES));
  let looked = 0;
  let found = 0;
  for (let i = 0; i < data.length; i += step) {
    looked++;
    if (Number.isNaN(data[i])) found++;
  }
  return looked === 0 ? 0 : found / looked;
}

function isOneColour(rgba: Uint8Array): boolean {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength >> 2);
  return pixels.every((pixel) => pixel === pixels[0]);
}
