/**
 * Bytes and halves to floats: how every picture enters a network, and how weights kept in 16 bits are unfolded. The runtime's
 * `Cast` does all pairs of types in one function of half a megabyte. A browser that finds its loops busy compiles all of it for
 * speed: seconds of processor time at each start, while the kernels that matter wait for the compiler. This function does
 * the two pairs, and hands everything else to the runtime's own.
 */
import {
  add,
  and,
  andVectors,
  call,
  callIndirect,
  constant,
  divU,
  eq,
  equalVectors,
  floats,
  get,
  leU,
  load,
  loadByteSplat,
  loadShortSplat,
  loadVector,
  Locals,
  ltU,
  mul,
  multiply,
  orVectors,
  repeat,
  returned,
  seq,
  set,
  shiftLeft,
  shl,
  splatWhole,
  store,
  storeLane,
  storeVector,
  toFloats,
  when,
  widenBytes,
  widenShorts,
  type Code,
} from '../../lib/wasm/assemble.ts';

/** Parameters of Cast::Compute: where the status goes, the kernel, its OpKernelContext. */
const P = { status: 0, kernel: 1, context: 2 } as const;
export const PARAMETERS = 3;

/** Where ONNX Runtime 1.30 has the fields, in bytes. */
const FIELD = {
  kernel: { to: 8 },
  /** In the context's table of virtual functions. */
  context: { input: 56, output: 64 },
  /** Of a tensor; `shape` begins with the number of sides and the address of the sides, 64 bits each. */
  tensor: { data: 0, shape: 16, type: 72, offset: 108 },
  shape: { rank: 0, sides: 4 },
  type: { id: 12 },
} as const;
/** ONNX's numbers of its types. */
const ONNX = { float: 1, uint8: 2, float16: 10 } as const;
/** Types of functions in this module: (i32, i32) and (i32, i32, i32), each with an i32 as result. */
const TAKES = { two: 3, three: 5 } as const;
/** Larger pictures go to the runtime's own function, whose checks of sizes are not repeated here. */
const MAX_NUMBERS = 2 ** 28;

interface Source {
  /** ONNX's number of the type. */
  readonly type: number;
  /** Numbers in a vector, and bytes of each. */
  readonly wide: number;
  readonly size: number;
  /** One number at an address, in every place of a vector. */
  readonly one: (address: Code) => Code;
  /** A vector of numbers as vectors of four floats, in order. */
  readonly toFloat: (numbers: Code) => Code[];
}

const SOURCES: readonly Source[] = [
  {
    type: ONNX.uint8,
    wide: 16,
    size: 1,
    one: loadByteSplat,
    toFloat: (numbers) => widenBytes(numbers).map(toFloats),
  },
  {
    type: ONNX.float16,
    wide: 8,
    size: 2,
    one: loadShortSplat,
    toFloat: (numbers) => widenShorts(numbers).map(halfToFloat),
  },
];

/**
 * Halves, each in the lower bits of 32, as floats. Fraction and exponent move up by 13 bits; a product with 2^112 corrects the
 * exponent's bias (127 - 15), exactly, and makes those below 2^-14 right as well. Infinity and NaN keep all bits of the exponent.
 */
function halfToFloat(halves: Code): Code {
  const magnitude = shiftLeft(andVectors(halves, splatWhole(0x7fff)), 13);
  const sign = shiftLeft(andVectors(halves, splatWhole(0x8000)), 16);
  const isSpecial = equalVectors(andVectors(halves, splatWhole(0x7c00)), splatWhole(0x7c00));
  const exponent = andVectors(isSpecial, splatWhole(0x7f80_0000));
  return orVectors(orVectors(multiply(magnitude, splatWhole(0x7780_0000)), exponent), sign);
}

export interface CastParts {
  /** Function that was there before, under its new number. */
  readonly original: number;
  /** Functions that take an OrtValue and give its tensor: to read, and to write. */
  readonly tensor: number;
  readonly writableTensor: number;
}

/** @returns the body of Cast::Compute */
export function cast({ original, tensor, writableTensor }: CastParts): Uint8Array {
  const locals = new Locals(PARAMETERS);
  const i32 = () => locals.one('i32');
  const [value, input, count, side, address, from, to, at] = [
    ...[i32(), i32(), i32(), i32()],
    ...[i32(), i32(), i32(), i32()],
  ] as const;
  const numbers = locals.one('v128');
  const { kernel, context, tensor: T, shape, type } = FIELD;

  const virtual = (offset: number) => load(load(get(P.context)), offset);
  const dataOf = (of: number): Code => add(load(get(of), T.data), load(get(of), T.offset));
  const increase = (local: number, by: number) => set(local, add(get(local), constant(by)));

  /** Sets `count` to the product of the sides: 0 for an empty tensor, and for one that is too large. */
  const countNumbers = seq(
    set(count, constant(1)),
    set(address, load(get(input), T.shape + shape.sides)),
    set(side, load(get(input), T.shape + shape.rank)),
    repeat(
      ltU(constant(0), get(side)),
      set(to, load(get(address))),
      // The upper half of a side, which also has its sign.
      when(load(get(address), 4), set(to, constant(0))),
      when(eq(get(to), constant(0)), set(count, constant(0))),
      when(
        get(count),
        set(count, mul(mul(get(count), get(to)), leU(get(count), divU(constant(MAX_NUMBERS), get(to))))),
      ),
      increase(address, 8),
      increase(side, -1),
    ),
  );

  /** `wide` numbers at a time, and the rest one by one: the first of as many equal ones. */
  const convert = ({ wide, size, one, toFloat }: Source): Code => {
    const fromAt = add(get(from), size === 2 ? shl(get(at), constant(1)) : get(at));
    const toAt = add(get(to), floats(get(at)));
    const vectors = toFloat(get(numbers));
    return seq(
      set(at, constant(0)),
      repeat(
        ltU(get(at), and(get(count), constant(-wide))),
        set(numbers, loadVector(fromAt)),
        ...vectors.map((four, i) => storeVector(toAt, four, i * 16)),
        increase(at, wide),
      ),
      repeat(
        ltU(get(at), get(count)),
        set(numbers, one(fromAt)),
        storeLane(toAt, vectors[0]!, 0),
        increase(at, 1),
      ),
    );
  };

  const allocate = set(
    value,
    callIndirect(
      TAKES.three,
      virtual(context.output),
      ...[get(P.context), constant(0), add(get(input), constant(T.shape))],
    ),
  );
  const addresses = seq(
    set(from, dataOf(input)),
    set(value, call(writableTensor, get(value))),
    set(to, dataOf(value)),
  );
  const done = seq(store(get(P.status), constant(0)), returned());

  return locals.body(
    seq(
      when(
        eq(load(get(P.kernel), kernel.to), constant(ONNX.float)),
        set(value, callIndirect(TAKES.two, virtual(context.input), get(P.context), constant(0))),
        when(
          get(value),
          set(input, call(tensor, get(value))),
          ...SOURCES.map((source) =>
            when(
              eq(load(load(get(input), T.type), type.id), constant(source.type)),
              countNumbers,
              when(get(count), allocate, when(get(value), addresses, convert(source), done)),
            ),
          ),
        ),
      ),
      call(original, get(P.status), get(P.kernel), get(P.context)),
    ),
  );
}
