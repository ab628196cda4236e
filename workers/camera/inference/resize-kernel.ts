/**
 * The arithmetic of `resize.ts` in 128-bit vectors, four pixels at a time: channels have 16 bits, weights add up to
 * 256.
 */
import {
  add,
  addShorts,
  constant,
  get,
  leU,
  load,
  loadHalf,
  loadVector,
  Locals,
  ltU,
  meansDown,
  meansUp,
  multiplyShorts,
  narrowShorts,
  repeat,
  seq,
  set,
  shiftShorts,
  shuffle,
  splatShort,
  storeLane,
  storeVector,
  sub,
  widenToShorts,
  type Code,
} from '../../../lib/wasm/assemble.ts';
import { smallModule } from '../../../lib/wasm/small.ts';

/** The two weights of a pixel add up to this. */
export const ONE = 256;
export const PIXEL = 4;
/** Bytes written at a time; a function may write up to that many beyond the end, unless it says otherwise. */
export const WRITTEN = 16;
/** Bytes of one pixel's weights in `along`: of its two neighbours, four channels each, 16 bits. */
export const WEIGHTS = 16;

/** All arguments are addresses in memory, in bytes, unless stated otherwise. */
export interface Resizing {
  /**
   * Halves two rows to one: each pixel the mean of two by two. One mean rounds down, one up, so that the picture does not
   * darken. Writes whole vectors.
   */
  halve(above: number, below: number, unused: 0, out: number, end: number): void;
  /**
   * Resizes a row: each pixel from two neighbours. Writes whole vectors.
   * @param weights `WEIGHTS` bytes for each pixel
   * @param starts for each pixel, bytes from the row's beginning to the first neighbour, 32 bits each
   */
  along(row: number, weights: number, starts: number, out: number, end: number): void;
  /**
   * Blends two rows. Writes to the end and no further.
   * @param weight of the upper one, 0..`ONE`
   */
  across(upper: number, lower: number, weight: number, out: number, end: number): void;
}

const P = { a: 0, b: 1, c: 2, out: 3, end: 4 } as const;
const PARAMETERS = 5;

const increase = (local: number, by: number) => set(local, add(get(local), constant(by)));
/** Sums of weighted channels to bytes again, rounded. */
const rounded = (sum: Code): Code => shiftShorts(addShorts(sum, splatShort(constant(ONE / 2))), 8);

function halve(): Uint8Array {
  const locals = new Locals(PARAMETERS);
  const [first, second] = [locals.one('v128'), locals.one('v128')];
  const columns = (row: number, places: readonly number[]) =>
    shuffle(loadVector(get(row)), loadVector(get(row), WRITTEN), places);
  const [even, odd] = [
    [0, 2, 4, 6],
    [1, 3, 5, 7],
  ] as const;
  return locals.body(
    repeat(
      ltU(get(P.out), get(P.end)),
      set(first, meansDown(columns(P.a, even), columns(P.b, even))),
      set(second, meansUp(columns(P.a, odd), columns(P.b, odd))),
      storeVector(get(P.out), meansDown(get(first), get(second))),
      increase(P.a, 2 * WRITTEN),
      increase(P.b, 2 * WRITTEN),
      increase(P.out, WRITTEN),
    ),
  );
}

function along(): Uint8Array {
  const locals = new Locals(PARAMETERS);
  const four = Array.from({ length: WRITTEN / PIXEL }, () => locals.one('v128'));
  /** Two pixels: each one's neighbours lie in the halves of its vector. */
  const pair = (a: number, b: number) =>
    rounded(addShorts(shuffle(get(a), get(b), [0, 1, 4, 5]), shuffle(get(a), get(b), [2, 3, 6, 7])));
  return locals.body(
    repeat(
      ltU(get(P.out), get(P.end)),
      ...four.map((pixel, i) => {
        const [neighbours] = widenToShorts(loadHalf(add(get(P.a), load(get(P.c), i * 4))));
        return set(pixel, multiplyShorts(neighbours, loadVector(get(P.b), i * WEIGHTS)));
      }),
      storeVector(get(P.out), narrowShorts(pair(four[0]!, four[1]!), pair(four[2]!, four[3]!))),
      increase(P.b, four.length * WEIGHTS),
      increase(P.c, four.length * 4),
      increase(P.out, WRITTEN),
    ),
  );
}

function across(): Uint8Array {
  const locals = new Locals(PARAMETERS);
  const [weight, rest] = [locals.one('v128'), locals.one('v128')];
  const [upper, lower] = [locals.one('v128'), locals.one('v128')];
  const half = (which: 0 | 1) =>
    rounded(
      addShorts(
        multiplyShorts(widenToShorts(get(upper))[which], get(weight)),
        multiplyShorts(widenToShorts(get(lower))[which], get(rest)),
      ),
    );
  const blended = seq(
    set(upper, loadVector(get(P.a))),
    set(lower, loadVector(get(P.b))),
    set(upper, narrowShorts(half(0), half(1))),
  );
  const onward = (bytes: number) => [P.a, P.b, P.out].map((local) => increase(local, bytes)).flat();
  return locals.body(
    seq(
      set(weight, splatShort(get(P.c))),
      set(rest, splatShort(sub(constant(ONE), get(P.c)))),
      repeat(
        leU(constant(WRITTEN), sub(get(P.end), get(P.out))),
        blended,
        storeVector(get(P.out), get(upper)),
        onward(WRITTEN),
      ),
      repeat(ltU(get(P.out), get(P.end)), blended, storeLane(get(P.out), get(upper), 0), onward(PIXEL)),
    ),
  );
}

let compiled: WebAssembly.Module | undefined;

/** The functions on a memory. */
export function resizing(memory: WebAssembly.Memory): Resizing {
  compiled ??= new WebAssembly.Module(
    smallModule({
      parameters: Array<'i32'>(PARAMETERS).fill('i32'),
      results: [],
      functions: { halve: halve(), along: along(), across: across() },
      memory: true,
    }),
  );
  return new WebAssembly.Instance(compiled, { host: { memory } }).exports as unknown as Resizing;
}
