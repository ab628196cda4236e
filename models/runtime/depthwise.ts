/**
 * Depthwise convolution for a runtime without one on WebAssembly. That runtime copies the window of every output number
 * (9 or 25 times the picture) and multiplies it by one row of weights; the copies cost more than the arithmetic. This
 * kernel reads the windows in place.
 *
 * The input's rows are copied into a ring of as many rows as the window is high, with zeros left and right for the padding.
 * With stride 2 even and odd columns are laid apart, so that four neighbouring outputs read four neighbouring numbers
 * in either case. Sixteen outputs are summed at a time, in registers.
 */
import {
  add,
  and,
  call,
  constant,
  copyMemory,
  eq,
  floats,
  get,
  leU,
  load,
  loadSplat,
  loadVector,
  Locals,
  ltS,
  ltU,
  minS,
  mul,
  multiplyAdd,
  otherwise,
  remU,
  repeat,
  returned,
  select,
  seq,
  set,
  shrU,
  shuffle,
  storeLane,
  storeVector,
  sub,
  when,
  zeroMemory,
  zeroVector,
  type Code,
} from '../../lib/wasm/assemble.ts';

/** Where MLAS_CONV_PARAMETERS of ONNX Runtime 1.30 has its fields, in bytes; two-dimensional ones as [rows, columns]. */
const FIELD = {
  activation: 0,
  dimensions: 4,
  inputChannels: 16,
  input: [24, 28],
  kernel: [36, 40],
  dilation: [48, 52],
  padding: [60, 64],
  stride: [84, 88],
  filterCount: 96,
  output: [100, 104],
  outputSize: 116,
  beta: 124,
} as const;

/** Parameters of MlasConvOperation. */
const P = { parameters: 0, input: 1, filter: 2, bias: 3, buffer: 4, output: 5, start: 6, count: 7 } as const;
export const PARAMETERS = 8;

/** Floats that the runtime's buffer holds at least (MLAS_SGEMM_STRIDEN x MLAS_SGEMM_STRIDEK). */
const BUFFER = 128 * 128;
/** Floats beyond a row's outputs that windows of up to 5 columns and whole vectors read. */
const MARGIN = 8;

export interface Window {
  /** Rows and columns. */
  readonly size: 3 | 5;
  readonly stride: 1 | 2;
}

export const WINDOWS: readonly Window[] = [
  { size: 3, stride: 1 },
  { size: 3, stride: 2 },
  { size: 5, stride: 1 },
  { size: 5, stride: 2 },
];

const field = (offset: number) => load(get(P.parameters), offset);
/** Floats of a row of the ring that hold every `stride`-th column. */
const planeFloats = add(and(add(field(FIELD.output[1]), constant(3)), constant(-4)), constant(MARGIN));
const increase = (local: number, by: Code) => set(local, add(get(local), by));

/** One channel: input [height, width], filter [size, size], output [height, width], without bias and activation. */
export function depthwise({ size, stride }: Window, relaxed: boolean): Uint8Array {
  const locals = new Locals(PARAMETERS);
  const i32 = () => locals.one('i32');
  const [height, width, outWidth, left, plane, ring] = [i32(), i32(), i32(), i32(), i32(), i32()];
  const [top, past, next, x, tap, lastTap, row, weights, out, scratch] = [
    ...[i32(), i32(), i32(), i32(), i32()],
    ...[i32(), i32(), i32(), i32(), i32()],
  ] as const;
  const sums = Array.from({ length: 4 }, () => locals.one('v128'));
  const weight = locals.one('v128');
  const rowOf = (index: Code) => add(get(P.buffer), mul(remU(index, constant(size)), get(ring)));

  const copyRow =
    stride === 1
      ? copyMemory(add(rowOf(get(next)), floats(get(left))), get(P.input), floats(get(width)))
      : splitRow({ from: P.input, row: rowOf(get(next)), width, left, plane, locals });

  /** `vectors` * 4 outputs from column `x` on. */
  const sum = (vectors: number): Code =>
    seq(
      ...sums.slice(0, vectors).map((vector) => set(vector, zeroVector)),
      // Rows above and below the picture count as zero.
      set(tap, select(sub(constant(0), get(top)), constant(0), ltS(get(top), constant(0)))),
      repeat(
        ltS(get(tap), get(lastTap)),
        set(row, add(rowOf(add(get(top), get(tap))), floats(get(x)))),
        set(weights, add(get(P.filter), mul(get(tap), constant(size * 4)))),
        ...Array.from({ length: size }, (_, column) => {
          const from = column % stride === 0 ? get(row) : add(get(row), get(plane));
          return seq(
            set(weight, loadSplat(get(weights), column * 4)),
            ...sums.slice(0, vectors).map((vector, i) => {
              const pixels = loadVector(from, (Math.floor(column / stride) + i * 4) * 4);
              return set(vector, multiplyAdd(pixels, get(weight), get(vector), relaxed));
            }),
          );
        }),
        increase(tap, constant(1)),
      ),
    );
  const storeSums = (vectors: number): Code =>
    seq(
      ...sums.slice(0, vectors).map((vector, i) => storeVector(get(out), get(vector), i * 16)),
      increase(out, constant(vectors * 16)),
      increase(x, constant(vectors * 4)),
    );
  const left4 = sub(get(outWidth), get(x));
  /** The last one to three of a row: what follows them may be another thread's. */
  const storeSome = seq(
    ...[0, 1, 2].map((lane) =>
      when(ltS(constant(lane), left4), storeLane(get(out), get(sums[0]!), lane, lane * 4)),
    ),
    increase(out, floats(left4)),
    set(x, get(outWidth)),
  );

  return locals.body(
    seq(
      set(height, field(FIELD.input[0])),
      set(width, field(FIELD.input[1])),
      set(outWidth, field(FIELD.output[1])),
      set(left, field(FIELD.padding[1])),
      set(plane, floats(planeFloats)),
      set(ring, mul(get(plane), constant(stride))),
      set(top, sub(constant(0), field(FIELD.padding[0]))),
      set(past, add(get(top), mul(field(FIELD.output[0]), constant(stride)))),
      set(out, get(P.output)),
      zeroMemory(get(P.buffer), mul(get(ring), constant(size))),
      repeat(
        ltS(get(top), get(past)),
        set(lastTap, sub(get(height), get(top))),
        set(lastTap, minS(lastTap, constant(size), scratch)),
        repeat(
          ltS(get(next), add(get(top), get(lastTap))),
          copyRow,
          increase(P.input, floats(get(width))),
          increase(next, constant(1)),
        ),
        set(x, constant(0)),
        repeat(leU(constant(16), left4), sum(4), storeSums(4)),
        repeat(
          ltU(get(x), get(outWidth)),
          sum(1),
          otherwise(leU(constant(4), left4), storeSums(1), storeSome),
        ),
        increase(top, constant(stride)),
      ),
    ),
  );
}

/** Copies a row so that even columns of the padded picture lie in the first plane and odd ones in the second. */
function splitRow(at: {
  from: number;
  row: Code;
  width: number;
  left: number;
  plane: number;
  locals: Locals;
}): Code {
  const [evens, odds, x, source] = Array.from({ length: 4 }, () => at.locals.one('i32')) as [
    number,
    number,
    number,
    number,
  ];
  const [a, b] = [at.locals.one('v128'), at.locals.one('v128')];
  const rest = sub(get(at.width), get(x));
  /** Address of column `left + shift` of the padded picture. */
  const place = (shift: number) =>
    add(
      at.row,
      add(
        mul(and(add(get(at.left), constant(shift)), constant(1)), get(at.plane)),
        floats(shrU(add(get(at.left), constant(shift)), constant(1))),
      ),
    );
  return seq(
    set(evens, place(0)),
    set(odds, place(1)),
    set(source, get(at.from)),
    set(x, constant(0)),
    repeat(
      leU(constant(8), rest),
      set(a, loadVector(get(source))),
      set(b, loadVector(get(source), 16)),
      storeVector(get(evens), shuffle(get(a), get(b), [0, 2, 4, 6])),
      storeVector(get(odds), shuffle(get(a), get(b), [1, 3, 5, 7])),
      ...[evens, odds].map((local) => increase(local, constant(16))),
      increase(source, constant(32)),
      increase(x, constant(8)),
    ),
    repeat(
      ltU(get(x), get(at.width)),
      storeLane(get(evens), loadSplat(get(source)), 0),
      when(ltU(constant(1), rest), storeLane(get(odds), loadSplat(get(source), 4), 0)),
      ...[evens, odds].map((local) => increase(local, constant(4))),
      increase(source, constant(8)),
      increase(x, constant(2)),
    ),
  );
}

/**
 * MlasConvOperation(parameters, input, filter, bias, buffer, output, start, count): what the runtime calls for each group
 * of a convolution that it would write out.
 *
 * @param original index of the runtime's own, for all that is not depthwise or not of a size known here
 * @param activation index of MlasActivation(activation, output, bias, rows, columns, stride)
 * @param kernels indices of `depthwise` for each of `WINDOWS`
 */
export function dispatch(original: number, activation: number, kernels: readonly number[]): Uint8Array {
  const locals = new Locals(PARAMETERS);
  const given = [P.parameters, P.input, P.filter, P.bias, P.buffer, P.output, P.start, P.count].map(get);
  const all = (conditions: readonly Code[], then: Code): Code =>
    conditions.reduceRight((inner, condition) => when(condition, inner), then);
  const isWhole = [eq(get(P.start), constant(0)), eq(get(P.count), field(FIELD.outputSize))];
  const isOne = [FIELD.inputChannels, FIELD.filterCount, ...FIELD.dilation].map((offset) =>
    eq(field(offset), constant(1)),
  );
  const fits = ({ size, stride }: Window) => leU(mul(planeFloats, constant(size * stride)), constant(BUFFER));
  return locals.body(
    seq(
      all(
        [eq(field(FIELD.dimensions), constant(2)), eq(field(FIELD.beta), constant(0)), ...isOne, ...isWhole],
        seq(
          ...WINDOWS.map((window, i) =>
            all(
              [
                ...FIELD.kernel.map((offset) => eq(field(offset), constant(window.size))),
                ...FIELD.stride.map((offset) => eq(field(offset), constant(window.stride))),
                ...FIELD.padding.map((offset) => ltU(field(offset), constant(window.size))),
                fits(window),
              ],
              seq(
                call(kernels[i]!, ...given),
                call(
                  activation,
                  field(FIELD.activation),
                  get(P.output),
                  get(P.bias),
                  constant(1),
                  get(P.count),
                  get(P.count),
                ),
                returned(),
              ),
            ),
          ),
        ),
      ),
      call(original, ...given),
    ),
  );
}
