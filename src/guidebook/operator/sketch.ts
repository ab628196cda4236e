/** The shape of what a camera covers on a plan of 320 x 200 units. */
import type { CameraPlace } from '../operator-file.ts';

const STEP = 20;
const WIDTH = 320;
const HEIGHT = 200;

const lines = (length: number, draw: (at: number) => string): string =>
  Array.from({ length: Math.floor(length / STEP) - 1 }, (_, i) => draw((i + 1) * STEP)).join('');

export const PLAN = {
  width: WIDTH,
  height: HEIGHT,
  /** Path of a grid for the eye; it has no scale. */
  grid: lines(WIDTH, (x) => `M${x} 0V${HEIGHT}`) + lines(HEIGHT, (y) => `M0 ${y}H${WIDTH}`),
} as const;

/** Path of the sector from the camera, in the plan's units. */
export function coveragePath({ x, y, direction, angle, reach }: NonNullable<CameraPlace['sketch']>): string {
  const [cx, cy, r] = [x * WIDTH, y * HEIGHT, reach * WIDTH];
  const edge = (degrees: number) => {
    const a = (degrees * Math.PI) / 180;
    return `${(cx + r * Math.cos(a)).toFixed(1)} ${(cy + r * Math.sin(a)).toFixed(1)}`;
  };
  return `M${cx.toFixed(1)} ${cy.toFixed(1)}L${edge(direction - angle / 2)}A${r.toFixed(1)} ${r.toFixed(1)} 0 0 1 ${edge(direction + angle / 2)}Z`;
}
