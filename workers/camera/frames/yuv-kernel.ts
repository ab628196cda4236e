/**
 * Planes of luminance and colour difference to RGBA, in 128-bit vectors, eight pixels at a time. Numbers are 16 bits wide and
 * carry five bits below the point, which leaves an error below half a step.
 */
import {
  add,
  addShorts,
  constant,
  get,
  loadHalf,
  Locals,
  ltU,
  narrowShorts,
  repeat,
  seq,
  set,
  splatShort,
  storeVector,
  widenToShorts,
  type Code,
} from '../../../lib/wasm/assemble.ts';
import { smallModule } from '../../../lib/wasm/small.ts';

/** Pixels of one step. A row is read and written in whole steps, so that memory must reach one step beyond its end. */
export const STEP = 8;
const PIXEL = 4;

/** How colour planes lie: `halved` and `paired` hold one value for two pixels; `paired` has both planes in one. */
export type Chroma = 'halved' | 'paired' | 'full';

const vector = (sub: number): Code => {
  const bytes: number[] = [];
  for (let rest = sub; ; rest >>>= 7) {
    if (rest < 0x80) return [0xfd, ...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
};
const shuffleBytes = (a: Code, b: Code, places: readonly number[]): Code => [
  ...a,
  ...b,
  ...vector(13),
  ...places,
];
/** The four bytes at an address, zeros behind them. */
const loadQuarter = (address: Code): Code => [...address, ...vector(92), 0, 0];
const subtractShorts = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x91)];
/** (a * b + 2^14) >> 15 of signed numbers, kept within 16 bits. */
const scaleShorts = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x82)];
const shiftLeft = (shorts: Code, bits: number): Code => [...shorts, ...constant(bits), ...vector(0x8b)];
const shiftRightSigned = (shorts: Code, bits: number): Code => [
  ...shorts,
  ...constant(bits),
  ...vector(0x8c),
];

const PARAMETERS = ['y', 'u', 'v', 'out', 'end', 'black', 'luma', 'vr', 'ug', 'vg', 'ub'] as const;
const P = Object.fromEntries(PARAMETERS.map((name, i) => [name, i])) as Record<
  (typeof PARAMETERS)[number],
  number
>;

/** Bits above the point while scaling, and below it in the result. */
const UP = 7;
const DOWN = 5;
const TWICE = [0, 0, 1, 1, 2, 2, 3, 3];

function body(chroma: Chroma): Uint8Array {
  const locals = new Locals(PARAMETERS.length);
  const v128 = () => locals.one('v128');
  const [y, u, v, bytes, colours] = [v128(), v128(), v128(), v128(), v128()];
  const half = (source: Code): Code => widenToShorts(source)[0];
  const spread = (places: readonly number[]): Code =>
    half(shuffleBytes(get(bytes), get(bytes), [...places, ...places]));
  const centred = (shorts: Code, zero: Code): Code => shiftLeft(subtractShorts(shorts, splatShort(zero)), UP);
  const scaled = (value: number, factor: number): Code => scaleShorts(get(value), splatShort(get(factor)));
  const finished = (sum: Code): Code =>
    shiftRightSigned(addShorts(sum, splatShort(constant(1 << (DOWN - 1)))), DOWN);

  const loadChroma: Record<Chroma, Code> = {
    halved: seq(
      set(bytes, loadQuarter(get(P.u))),
      set(u, spread(TWICE)),
      set(bytes, loadQuarter(get(P.v))),
      set(v, spread(TWICE)),
    ),
    paired: seq(
      set(bytes, loadHalf(get(P.u))),
      set(u, spread(TWICE.map((place) => 2 * place))),
      set(v, spread(TWICE.map((place) => 2 * place + 1))),
    ),
    full: seq(set(u, half(loadHalf(get(P.u)))), set(v, half(loadHalf(get(P.v))))),
  };
  const chromaStep = { halved: STEP / 2, paired: STEP, full: STEP }[chroma];
  const increase = (local: number, by: number) => set(local, add(get(local), constant(by)));
  const pixels = (first: number): Code =>
    shuffleBytes(
      get(bytes),
      get(colours),
      [0, 1, 2, 3].flatMap((i) => [first + i, first + i + 8, first + i + 16, first + i + 24]),
    );

  return locals.body(
    repeat(
      ltU(get(P.out), get(P.end)),
      set(y, centred(half(loadHalf(get(P.y))), get(P.black))),
      set(y, scaled(y, P.luma)),
      loadChroma[chroma],
      set(u, centred(get(u), constant(128))),
      set(v, centred(get(v), constant(128))),
      // Red and green side by side, then blue and opaque.
      set(
        bytes,
        narrowShorts(
          finished(addShorts(get(y), scaled(v, P.vr))),
          finished(subtractShorts(subtractShorts(get(y), scaled(u, P.ug)), scaled(v, P.vg))),
        ),
      ),
      set(colours, narrowShorts(finished(addShorts(get(y), scaled(u, P.ub))), splatShort(constant(255)))),
      storeVector(get(P.out), pixels(0)),
      storeVector(get(P.out), pixels(4), 16),
      increase(P.y, STEP),
      increase(P.u, chromaStep),
      increase(P.v, chromaStep),
      increase(P.out, STEP * PIXEL),
    ),
  );
}

/** One row; places in memory, then the factors as `factorsOf` gives them. */
export type ConvertRow = (
  place: { readonly y: number; readonly u: number; readonly v: number; readonly out: number },
  width: number,
  factors: Factors,
) => void;

/** Factors as 16-bit numbers: of luminance above `black`, and of the colour differences. */
export interface Factors {
  readonly black: number;
  readonly luma: number;
  readonly vr: number;
  readonly ug: number;
  readonly vg: number;
  readonly ub: number;
}

/** Shares of red and blue in luminance (Kr, Kb): ITU-R BT.601-7, BT.709-6, BT.2020-2; SMPTE 170M has BT.601's. */
const SHARES: Readonly<Record<string, readonly [kr: number, kb: number]>> = {
  bt709: [0.2126, 0.0722],
  bt470bg: [0.299, 0.114],
  smpte170m: [0.299, 0.114],
  'bt2020-ncl': [0.2627, 0.0593],
};

/**
 * @param matrix as WebCodecs names it; unknown ones are taken as BT.601, which is what browsers do
 * @param fullRange whether luminance uses all of 0..255 instead of 16..235
 */
export function factorsOf(matrix: string | null | undefined, fullRange: boolean): Factors {
  const [kr, kb] = SHARES[matrix ?? ''] ?? SHARES['smpte170m']!;
  const kg = 1 - kr - kb;
  const [luma, chroma] = fullRange ? [1, 1] : [255 / 219, 255 / 224];
  // The value is 2^7 too large and shall be 2^5 too large, out of a product that is divided by 2^15.
  const fixed = (factor: number) => Math.round(factor * 2 ** (15 + DOWN - UP));
  return {
    black: fullRange ? 0 : 16,
    luma: fixed(luma),
    vr: fixed(chroma * 2 * (1 - kr)),
    ug: fixed((chroma * 2 * (1 - kb) * kb) / kg),
    vg: fixed((chroma * 2 * (1 - kr) * kr) / kg),
    ub: fixed(chroma * 2 * (1 - kb)),
  };
}

/** Compiles the kernel; takes about a millisecond. */
export function convertRows(chroma: Chroma, memory: WebAssembly.Memory): ConvertRow {
  const bytes = smallModule({
    parameters: PARAMETERS.map(() => 'i32'),
    results: [],
    functions: { run: body(chroma) },
    memory: true,
  });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  const run = exports['run'] as (...numbers: number[]) => void;
  return ({ y, u, v, out }, width, { black, luma, vr, ug, vg, ub }) =>
    run(y, u, v, out, out + width * PIXEL, black, luma, vr, ug, vg, ub);
}
