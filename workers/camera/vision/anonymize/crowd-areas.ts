/**
 * Case 6 without single people: the picture's squares in the colour of most people on them, the denser the more there are. Who
 * stands alone in a square is told by their place alone, to the size of the square.
 */
import type { Raster, Rgb } from '../image/raster.ts';
import type { PersonIcon } from './icons.ts';

/** Squares across the picture. */
const ACROSS = 12;
/** How much of the background a square covers with one person on it, with two, and with three or more; shares. */
const COVERS = [0.35, 0.55, 0.75] as const;

/** @param icons feet in pixels of the picture; those outside of it are on no square */
export function drawAreas(
  { width, height, pixels }: Raster,
  icons: readonly PersonIcon[],
  { standing, moving }: { readonly standing: Rgb; readonly moving: Rgb },
): void {
  const side = Math.ceil(width / ACROSS);
  const squares = new Map<string, { column: number; row: number; people: number; walking: number }>();
  for (const { foot, heading } of icons) {
    // Feet on the lower edge stand on the last row.
    const [x, y] = [Math.floor(foot[0]), Math.min(Math.floor(foot[1]), height - 1)];
    if (x < 0 || x >= width || y < 0) continue;
    const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
    const key = `${column} ${row}`;
    const square = squares.get(key) ?? { column, row, people: 0, walking: 0 };
    square.people++;
    if (heading) square.walking++;
    squares.set(key, square);
  }
  for (const { column, row, people, walking } of squares.values()) {
    const colour = walking * 2 > people ? moving : standing;
    const share = COVERS[Math.min(people, COVERS.length) - 1]!;
    for (let y = row * side; y < Math.min((row + 1) * side, height); y++) {
      for (let x = column * side; x < Math.min((column + 1) * side, width); x++) {
        const at = (y * width + x) * 4;
        for (let c = 0; c < 3; c++) pixels[at + c] = pixels[at + c]! + (colour[c]! - pixels[at + c]!) * share;
      }
    }
  }
}
