/**
 * Linear assignment: pair rows with columns so that the sum of costs is least.
 *
 * Shortest augmenting paths with column potentials (Jonker & Volgenant, "A Shortest Augmenting Path Algorithm for Dense
 * and Sparse Linear Assignment Problems", Computing 38, 1987) over a sparse list of allowed pairs. A search never
 * leaves the connected component of its row, so that many small groups of overlapping objects cost the sum of their own
 * costs, not the cube of the whole.
 */

/** Allowed pairs in compressed rows: those of row r are `col[start[r]] .. col[start[r + 1] - 1]`, with their `cost`. */
export interface SparseCosts {
  readonly rows: number;
  readonly cols: number;
  readonly start: Int32Array;
  readonly col: Int32Array;
  readonly cost: Float64Array;
}

/**
 * Pairs rows with columns; a row may stay alone at the price `limit`. A pair is therefore made only where it is worth
 * it: cost below `limit`, and no better use of either side.
 *
 * @param limit finite, in the unit of the costs; pairs that cost this much or more are never made
 * @returns for each row its column, or -1
 */
export function assignSparse(costs: SparseCosts, limit: number): Int32Array {
  const { rows, cols, start, col, cost } = costs;
  // Column cols + r is row r's private exit, at the price `limit`; so every search ends.
  const width = cols + rows;
  const columnOf = new Int32Array(rows).fill(-1);
  const paid = new Float64Array(rows);
  const rowOf = new Int32Array(width).fill(-1);
  const potential = new Float64Array(width);
  const distance = new Float64Array(width).fill(Infinity);
  const cameFrom = new Int32Array(width);
  const scanned = new Uint8Array(width);
  const touched = new Int32Array(width);

  // A row whose best column is free gets it at once: most rows, in practice.
  for (let r = 0; r < rows; r++) {
    let best = cols + r;
    let min = limit;
    for (let e = start[r]!; e < start[r + 1]!; e++) {
      if (cost[e]! < min) {
        min = cost[e]!;
        best = col[e]!;
      }
    }
    if (rowOf[best] === -1) {
      rowOf[best] = r;
      columnOf[r] = best;
      paid[r] = min;
    }
  }

  for (let free = 0; free < rows; free++) {
    if (columnOf[free] !== -1) continue;
    let count = 0;
    const relax = (row: number, base: number) => {
      for (let e = start[row]!; e <= start[row + 1]!; e++) {
        const out = e === start[row + 1]!;
        const c = out ? limit : cost[e]!;
        if (c > limit) continue;
        const j = out ? cols + row : col[e]!;
        const d = base + c - potential[j]!;
        if (scanned[j] === 1 || d >= distance[j]!) continue;
        if (distance[j] === Infinity) touched[count++] = j;
        distance[j] = d;
        cameFrom[j] = row;
      }
    };
    relax(free, 0);
    let end = -1;
    let reach = 0;
    for (;;) {
      let next = -1;
      reach = Infinity;
      for (let k = 0; k < count; k++) {
        const j = touched[k]!;
        if (scanned[j] === 0 && distance[j]! < reach) {
          reach = distance[j]!;
          next = j;
        }
      }
      const holder = rowOf[next]!;
      if (holder === -1) {
        end = next;
        break;
      }
      scanned[next] = 1;
      relax(holder, reach - (paid[holder]! - potential[next]!));
    }
    for (let k = 0; k < count; k++) {
      const j = touched[k]!;
      if (scanned[j] === 1) potential[j]! += distance[j]! - reach;
      distance[j] = Infinity;
      scanned[j] = 0;
    }
    for (let j = end; ;) {
      const row = cameFrom[j]!;
      const previous = columnOf[row]!;
      rowOf[j] = row;
      columnOf[row] = j;
      paid[row] = j >= cols ? limit : costOf(costs, row, j);
      if (row === free) break;
      j = previous;
    }
  }
  for (let r = 0; r < rows; r++) if (columnOf[r]! >= cols) columnOf[r] = -1;
  return columnOf;
}

function costOf({ start, col, cost }: SparseCosts, row: number, column: number): number {
  let min = Infinity;
  for (let e = start[row]!; e < start[row + 1]!; e++) {
    if (col[e] === column && cost[e]! < min) min = cost[e]!;
  }
  return min;
}
