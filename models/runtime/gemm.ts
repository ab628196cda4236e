/**
 * The inner kernel of matrix products. All its sums stay in the 16 vector registers of a processor. The runtime's own
 * kernel takes two rows at a time and keeps more values alive than there are registers; this one takes four rows by
 * eight columns: eight sums, two vectors of B, one number of A.
 *
 * MlasSgemmKernel(a, b, c, k, rows, columns, strideA, strideC, alpha): c = alpha * a * b, or that added to c; a is
 * [rows, k]; b is packed in panels of 16 columns, [k, 16] each, the last filled up with zeros. Returns the number of
 * rows done; the caller repeats it for the rest.
 */
import {
  add,
  addVectors,
  constant,
  floats,
  get,
  leU,
  loadSplat,
  loadVector,
  Locals,
  ltS,
  mul,
  multiply,
  multiplyAdd,
  otherwise,
  repeat,
  returned,
  seq,
  set,
  splat,
  storeLane,
  storeVector,
  sub,
  when,
  zeroVector,
  type Code,
} from '../../lib/wasm/assemble.ts';

const P = { a: 0, b: 1, c: 2, k: 3, rows: 4, columns: 5, strideA: 6, strideC: 7, alpha: 8 } as const;
export const PARAMETERS = 9;
/** Columns of a panel of B. */
const PANEL = 16;
/** Steps along k between two looks at the counter. */
const UNROLLED = 4;

/**
 * Rows at a time, and vectors of four columns, that fit the registers. The kernel takes the first entry that does not
 * exceed the remaining rows.
 */
const TILES = [
  { rows: 4, vectors: 2 },
  { rows: 2, vectors: 4 },
  { rows: 1, vectors: 4 },
] as const;

const increase = (local: number, by: Code) => set(local, add(get(local), by));

/** @param adds to c, instead of to overwrite it */
export function gemmKernel({ adds, relaxed }: { adds: boolean; relaxed: boolean }): Uint8Array {
  const locals = new Locals(PARAMETERS);
  const [b, k, c, columns] = [0, 1, 2, 3].map(() => locals.one('i32')) as [number, number, number, number];
  const a = [0, 1, 2, 3].map(() => locals.one('i32'));
  const sums = Array.from({ length: 8 }, () => locals.one('v128'));
  const pixels = Array.from({ length: 4 }, () => locals.one('v128'));
  const factor = locals.one('v128');
  const alpha = locals.one('v128');

  const tile = (rows: number, vectors: number): Code => {
    const sum = (row: number, vector: number) => sums[row * vectors + vector]!;
    const each = <T>(count: number, make: (i: number) => T) =>
      Array.from({ length: count }, (_, i) => make(i));
    const step = (i: number): Code =>
      seq(
        ...each(vectors, (v) => set(pixels[v]!, loadVector(get(b), (i * PANEL + v * 4) * 4))),
        ...each(rows, (row) =>
          seq(
            set(factor, loadSplat(get(a[row]!), i * 4)),
            ...each(vectors, (v) =>
              set(sum(row, v), multiplyAdd(get(factor), get(pixels[v]!), get(sum(row, v)), relaxed)),
            ),
          ),
        ),
      );
    const steps = (count: number): Code =>
      seq(
        ...each(count, step),
        ...each(rows, (row) => increase(a[row]!, constant(count * 4))),
        increase(b, constant(count * PANEL * 4)),
        increase(k, constant(-count)),
      );
    const place = (row: number): Code =>
      row === 0 ? get(c) : add(get(c), floats(mul(get(P.strideC), constant(row))));
    const storeOne = (row: number, v: number): Code => {
      const at = v * 16;
      const value = sum(row, v);
      const total = (before: Code) => (adds ? addVectors(get(value), before) : get(value));
      return otherwise(
        leU(constant(v * 4 + 4), get(columns)),
        storeVector(place(row), total(loadVector(place(row), at)), at),
        seq(
          ...each(3, (lane) =>
            when(
              ltS(constant(v * 4 + lane), get(columns)),
              storeLane(place(row), total(loadSplat(place(row), at + lane * 4)), lane, at + lane * 4),
            ),
          ),
        ),
      );
    };
    /** One part of a panel, from column `first` on. */
    const part = (first: number): Code =>
      seq(
        ...each(rows * vectors, (i) => set(sums[i]!, zeroVector)),
        ...each(rows, (row) =>
          set(a[row]!, row === 0 ? get(P.a) : add(get(a[row - 1]!), floats(get(P.strideA)))),
        ),
        set(b, add(get(P.b), constant(first * 4))),
        set(k, get(P.k)),
        repeat(leU(constant(UNROLLED), get(k)), steps(UNROLLED)),
        repeat(get(k), steps(1)),
        ...each(rows * vectors, (i) => set(sums[i]!, multiply(get(sums[i]!), get(alpha)))),
        set(c, add(get(P.c), constant(first * 4))),
        set(columns, sub(get(P.columns), constant(first))),
        ...each(rows, (row) => seq(...each(vectors, (v) => storeOne(row, v)))),
      );
    const firsts = each(PANEL / 4 / vectors, (i) => i * vectors * 4);
    return seq(
      repeat(
        ltS(constant(0), get(P.columns)),
        ...firsts.map((first) =>
          first === 0 ? part(first) : when(ltS(constant(first), get(P.columns)), part(first)),
        ),
        increase(P.b, floats(mul(get(P.k), constant(PANEL)))),
        increase(P.c, constant(PANEL * 4)),
        increase(P.columns, constant(-PANEL)),
      ),
      returned(constant(rows)),
    );
  };

  return locals.body(
    seq(
      set(alpha, splat(get(P.alpha))),
      ...TILES.map(({ rows, vectors }) => when(leU(constant(rows), get(P.rows)), tile(rows, vectors))),
      constant(0),
    ),
  );
}
