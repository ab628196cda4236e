/** Colours as road signs and signals use them, from 8-bit RGB. */

/** Hue in degrees [0, 360), saturation and value 0..1 (Smith, "Color gamut transform pairs", SIGGRAPH 1978). */
export function hsv(r: number, g: number, b: number): [hue: number, saturation: number, value: number] {
  const max = Math.max(r, g, b);
  const range = max - Math.min(r, g, b);
  if (range === 0) return [0, 0, max / 255];
  const sector = max === r ? (g - b) / range : max === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  return [(sector * 60 + 360) % 360, range / max, max / 255];
}

/** Relative luminance of ITU-R BT.601, 0..255. */
export const luminance = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;
