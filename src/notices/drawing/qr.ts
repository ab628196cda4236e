/** The address of the long form as a QR code: one path of squares, dark on the paper's white. */
import { encode } from 'uqr';
import { node, type SvgNode } from './svg.ts';

/** Blank modules around the code that scanners need (ISO/IEC 18004: four). */
const QUIET_MODULES = 4;

/** Longest address that is encoded, in UTF-8 bytes: longer ones make modules too small to scan from a sticker. */
export const MAX_ADDRESS_BYTES = 300;

/**
 * @param address what the code leads to
 * @param label what a screen reader says
 * @returns undefined where there is no address, or one too long to be scanned
 */
export function qrCode(address: string, label: string): SvgNode | undefined {
  if (address === '' || new TextEncoder().encode(address).length > MAX_ADDRESS_BYTES) return undefined;
  // Medium error correction (15 %): a sticker by a door is scratched.
  const { data, size } = encode(address, { ecc: 'M', border: QUIET_MODULES });
  let d = '';
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) d += `M${x} ${y}h1v1h-1z`;
    }),
  );
  return node(
    'svg',
    { viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' },
    node('rect', { width: size, height: size, fill: '#fff' }),
    node('path', { d, fill: '#000' }),
  );
}
