/**
 * A uniform grid over boxes, rebuilt for every frame, that answers "which boxes could touch this one" in time
 * proportional to the answer. It keeps the tracker near linear: only neighbours are ever compared.
 */
import type { Box } from './detection.ts';

export class BoxGrid {
  private readonly x0: number;
  private readonly y0: number;
  private readonly cell: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly start: Int32Array;
  private readonly member: Int32Array;
  private readonly seen: Int32Array;
  private query = 0;

  constructor(private readonly boxes: readonly Box[]) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    let sides = 0;
    for (const b of boxes) {
      x0 = Math.min(x0, b[0]);
      y0 = Math.min(y0, b[1]);
      x1 = Math.max(x1, b[2]);
      y1 = Math.max(y1, b[3]);
      sides += Math.max(b[2] - b[0], b[3] - b[1]);
    }
    const n = boxes.length;
    this.x0 = x0;
    this.y0 = y0;
    // A cell of the mean box: a box lies in about four cells. Never more cells than a few for each box.
    const spread = n === 0 ? 1 : Math.sqrt(((x1 - x0) * (y1 - y0)) / (4 * n));
    this.cell = Math.max(1, n === 0 ? 1 : sides / n, spread);
    this.columns = n === 0 ? 0 : Math.floor((x1 - x0) / this.cell) + 1;
    this.rows = n === 0 ? 0 : Math.floor((y1 - y0) / this.cell) + 1;
    this.seen = new Int32Array(n);

    const sizes = new Int32Array(this.columns * this.rows + 1);
    for (const b of boxes) this.cells(b, (k) => sizes[k + 1]!++);
    for (let k = 1; k < sizes.length; k++) sizes[k]! += sizes[k - 1]!;
    this.start = sizes;
    this.member = new Int32Array(sizes[sizes.length - 1]!);
    const next = sizes.slice();
    for (let i = 0; i < n; i++) this.cells(boxes[i]!, (k) => (this.member[next[k]!++] = i));
  }

  /** Calls back once with the index of every box that touches `area`. */
  each(area: Box, found: (index: number) => void): void {
    const stamp = ++this.query;
    this.cells(area, (k) => {
      for (let m = this.start[k]!; m < this.start[k + 1]!; m++) {
        const i = this.member[m]!;
        if (this.seen[i] === stamp) continue;
        this.seen[i] = stamp;
        const b = this.boxes[i]!;
        if (b[0] <= area[2] && b[2] >= area[0] && b[1] <= area[3] && b[3] >= area[1]) found(i);
      }
    });
  }

  private cells(b: Box, visit: (cell: number) => void): void {
    const column = (x: number) => Math.floor((x - this.x0) / this.cell);
    const row = (y: number) => Math.floor((y - this.y0) / this.cell);
    const [c0, c1] = [Math.max(0, column(b[0])), Math.min(this.columns - 1, column(b[2]))];
    const [r0, r1] = [Math.max(0, row(b[1])), Math.min(this.rows - 1, row(b[3]))];
    for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) visit(r * this.columns + c);
  }
}
