/** Geometry of simple polygons in pixels; corners in order, either way round, the last joined to the first. */
import type { Vec } from './boxes.ts';

export class Area {
  /** Unsigned area in square pixels. */
  readonly area: number;

  /** @throws {RangeError} when there are fewer than three corners or the area is zero */
  constructor(
    readonly id: string,
    readonly corners: readonly Vec[],
  ) {
    let doubled = 0;
    this.#eachEdge((a, b) => (doubled += a[0] * b[1] - b[0] * a[1]));
    this.area = Math.abs(doubled) / 2;
    if (corners.length < 3 || !(this.area > 0)) throw new RangeError(`Zone "${id}" has no area.`);
  }

  /** Even-odd rule; a point on an edge may fall on either side. */
  contains([x, y]: Vec): boolean {
    let inside = false;
    this.#eachEdge((a, b) => {
      if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    });
    return inside;
  }

  /** Distance to the nearest edge, pixels, 0 or more. */
  distanceToEdge([x, y]: Vec): number {
    let min = Infinity;
    this.#eachEdge((a, b) => {
      const dx = b[0] - a[0];
      const dy = b[1] - a[1];
      const length = dx * dx + dy * dy;
      const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length));
      min = Math.min(min, Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy));
    });
    return min;
  }

  #eachEdge(visit: (a: Vec, b: Vec) => void): void {
    const n = this.corners.length;
    for (let i = 0; i < n; i++) visit(this.corners[i]!, this.corners[(i + 1) % n]!);
  }
}
