/**
 * The arithmetic of the downscale in 128-bit vectors: one row of the small picture at a time, the four channels of a
 * pixel side by side. First it sums the covered rows by their weights; then, for each pixel, the covered part of that
 * sum.
 */
import {
  add,
  addVectors,
  constant,
  get,
  load,
  loadSplat,
  loadVector,
  Locals,
  ltU,
  multiply,
  repeat,
  seq,
  set,
  storeLane,
  storeVector,
  toBytes,
  toFloats,
  widenBytes,
  zeroVector,
  type Code,
} from '../../../lib/wasm/assemble.ts';
import { smallModule } from '../../../lib/wasm/small.ts';

/** Bytes of a pixel, of a sum of pixels (a float each channel), and of four pixels, which are read at a time. */
export const PIXEL = 4;
export const SUM = 16;
export const READ = 16;

/** All values are bytes in memory, or addresses there. */
export interface RowOrder {
  /** First row of the large picture, its end, and the distance between rows. */
  readonly rows: number;
  readonly rowsEnd: number;
  readonly stride: number;
  /** A float for each of these rows. */
  readonly rowWeights: number;
  /** [width, channel] floats, as many as whole reads fill, and one span beyond. */
  readonly sums: number;
  readonly sumsEnd: number;
  /** For each pixel of the small row: the start of its sums after the first, and their `taps` weights. */
  readonly spans: number;
  readonly spansEnd: number;
  /** The small row. */
  readonly out: number;
}

const ORDER = [
  'rows',
  'rowsEnd',
  'stride',
  'rowWeights',
  'sums',
  'sumsEnd',
  'spans',
  'spansEnd',
  'out',
] as const satisfies readonly (keyof RowOrder)[];
const P = Object.fromEntries(ORDER.map((name, i) => [name, i])) as Record<keyof RowOrder, number>;

const increase = (local: number, by: Code) => set(local, add(get(local), by));

/** @param taps maximum number of sums that a pixel covers */
function body(taps: number): Uint8Array {
  const locals = new Locals(ORDER.length);
  const [at, row, weightAt] = [locals.one('i32'), locals.one('i32'), locals.one('i32')];
  const [weight, bytes, sum, scratch] = [
    ...[locals.one('v128'), locals.one('v128')],
    ...[locals.one('v128'), locals.one('v128')],
  ] as const;
  const four = Array.from({ length: READ / PIXEL }, () => locals.one('v128'));
  const plus = (to: number, numbers: Code, by: Code) => set(to, addVectors(get(to), multiply(numbers, by)));

  const down = repeat(
    ltU(get(at), get(P.sumsEnd)),
    ...four.map((one) => set(one, zeroVector)),
    set(row, get(P.rows)),
    set(weightAt, get(P.rowWeights)),
    repeat(
      ltU(get(row), get(P.rowsEnd)),
      set(weight, loadSplat(get(weightAt))),
      set(bytes, loadVector(get(row))),
      ...widenBytes(get(bytes)).map((numbers, i) => plus(four[i]!, toFloats(numbers), get(weight))),
      increase(row, get(P.stride)),
      increase(weightAt, constant(4)),
    ),
    ...four.map((one, i) => storeVector(get(at), get(one), i * SUM)),
    increase(at, constant(four.length * SUM)),
    // The same rows, four pixels further.
    increase(P.rows, constant(READ)),
    increase(P.rowsEnd, constant(READ)),
  );
  const across = repeat(
    ltU(get(P.spans), get(P.spansEnd)),
    set(at, add(get(P.sums), load(get(P.spans)))),
    set(sum, zeroVector),
    ...Array.from({ length: taps }, (_, tap) =>
      plus(sum, loadVector(get(at), tap * SUM), loadSplat(get(P.spans), (1 + tap) * 4)),
    ),
    storeLane(get(P.out), toBytes(get(sum), scratch), 0),
    increase(P.out, constant(PIXEL)),
    increase(P.spans, constant(spanBytes(taps))),
  );
  return locals.body(seq(set(at, get(P.sums)), down, across));
}

/** Bytes of a pixel's entry in `spans`. */
export const spanBytes = (taps: number): number => (1 + taps) * 4;

/** Compiles the kernel; takes about a millisecond. */
export function downscaleRow(taps: number, memory: WebAssembly.Memory): (order: RowOrder) => void {
  const bytes = smallModule({
    parameters: ORDER.map(() => 'i32'),
    results: [],
    functions: { run: body(taps) },
    memory: true,
  });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  const run = exports['run'] as (...order: number[]) => void;
  return (order) => run(...ORDER.map((name) => order[name]));
}
