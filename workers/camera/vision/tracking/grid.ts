/**
 * A uniform grid over boxes, rebuilt for every frame, that finds the boxes that touch a box in time proportional to
 * their number. It keeps the tracker near linear: only neighbours are compared.
 */
import type { Box } from '../geometry/detection.ts';

export class BoxGrid {
  #x0 = 0;
  #y0 = 0;
  /** Side of a cell, pixels. */
  #cell = 1;
  #columns = 0;
  #rows = 0;
  /** Members of cell k are `member[start[k]] .. member[start[k + 1] - 1]`. */
  readonly #start: Int32Array;
  readonly #member: Int32Array;
  /** The last query that found each box, so that a box in several cells is reported once. */
  readonly #met: Int32Array;
  #query = 0;
  readonly #boxes: readonly Box[];

  constructor(boxes: readonly Box[]) {
    this.#boxes = boxes;

    this.#layOut();
    this.#met = new Int32Array(boxes.length);
    this.#start = new Int32Array(this.#columns * this.#rows + 1);
    for (const b of boxes) this.#eachCell(b, (k) => this.#start[k + 1]!++);
    for (let k = 1; k < this.#start.length; k++) this.#start[k]! += this.#start[k - 1]!;
    const next = this.#start.slice();
    this.#member = new Int32Array(next[next.length - 1]!);
    for (let i = 0; i < boxes.length; i++) this.#eachCell(boxes[i]!, (k) => (this.#member[next[k]!++] = i));
  }

  /** Calls back once with the index of every box that touches `area`. */
  each(area: Box, found: (index: number) => void): void {
    const start = this.#start,
      member = this.#member,
      met = this.#met,
      boxes = this.#boxes;
    const query = ++this.#query;
    this.#eachCell(area, (k) => {
      for (let m = start[k]!; m < start[k + 1]!; m++) {
        const i = member[m]!;
        if (met[i] === query) continue;
        met[i] = query;
        const b = boxes[i]!;
        if (b[0] <= area[2] && b[2] >= area[0] && b[1] <= area[3] && b[3] >= area[1]) found(i);
      }
    });
  }

  /** Cells of the mean box, so that a box lies in about four; but never many more cells than boxes. */
  #layOut(): void {
    const n = this.#boxes.length;
    if (n === 0) return;
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    let sides = 0;
    for (const b of this.#boxes) {
      x0 = Math.min(x0, b[0]);
      y0 = Math.min(y0, b[1]);
      x1 = Math.max(x1, b[2]);
      y1 = Math.max(y1, b[3]);
      sides += Math.max(b[2] - b[0], b[3] - b[1]);
    }
    this.#x0 = x0;
    this.#y0 = y0;
    this.#cell = Math.max(1, sides / n, Math.sqrt(((x1 - x0) * (y1 - y0)) / (4 * n)));
    this.#columns = Math.floor((x1 - x0) / this.#cell) + 1;
    this.#rows = Math.floor((y1 - y0) / this.#cell) + 1;
  }

  #eachCell(b: Box, visit: (cell: number) => void): void {
    const x0 = this.#x0,
      y0 = this.#y0,
      cell = this.#cell,
      columns = this.#columns,
      rows = this.#rows;
    const c0 = Math.max(0, Math.floor((b[0] - x0) / cell));
    const c1 = Math.min(columns - 1, Math.floor((b[2] - x0) / cell));
    const r0 = Math.max(0, Math.floor((b[1] - y0) / cell));
    const r1 = Math.min(rows - 1, Math.floor((b[3] - y0) / cell));
    for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) visit(r * columns + c);
  }
}
