/** Shape rules of operations that move, cut and join elements without computing with them. */
import { OnnxError } from './errors.ts';
import { intOf, intsOf, type Node } from './model.ts';
import { axisOf, broadcastDims, known, need, needData, setting } from './rule-tools.ts';
import type { Rule, Value } from './shape-types.ts';
import { elementCount, elements, listed } from './tensors.ts';

const constant: Rule = (node) => {
  const value = node.attributes['value'];
  if (value?.kind === 'tensor') {
    const { type, dims } = value.value;
    return [{ type, dims, ...known(listed(value.value)) }];
  }
  const scalar = node.attributes['value_float'] ?? node.attributes['value_int'];
  if (scalar?.kind === 'int') return [{ type: 'int64', dims: [], data: [scalar.value] }];
  if (scalar?.kind === 'float') return [{ type: 'float32', dims: [], data: [scalar.value] }];
  const list = intsOf(node, 'value_ints');
  if (list) return [{ type: 'int64', dims: [list.length], data: list }];
  throw new OnnxError('unsupported', `constant ${node.name} without a value`);
};

const constantOfShape: Rule = (node, inputs) => {
  const dims = needData(node, inputs, 0);
  const value = node.attributes['value'];
  if (value?.kind !== 'tensor') return [{ type: 'float32', dims }];
  const [element = 0] = elements(value.value) ?? [];
  const small = elementCount(dims) <= 64;
  return [
    {
      type: value.value.type,
      dims,
      ...known(small ? Array<number>(elementCount(dims)).fill(element) : undefined),
    },
  ];
};

const shape: Rule = (node, inputs) => {
  const { dims } = need(node, inputs, 0);
  const data = dims.slice(intOf(node, 'start', 0), intOf(node, 'end', dims.length));
  return [{ type: 'int64', dims: [data.length], data }];
};

const reshape: Rule = (node, inputs) => {
  const { type, dims, data } = need(node, inputs, 0);
  const wanted = setting(node, 'shape', inputs, 1) ?? [];
  const copied = wanted.map((size, i) =>
    size === 0 && !intOf(node, 'allowzero', 0) ? (dims[i] ?? NaN) : size,
  );
  const rest = elementCount(dims) / copied.reduce((a, b) => (b === -1 ? a : a * b), 1);
  const result = copied.map((size) => (size === -1 ? rest : size));
  if (elementCount(result) !== elementCount(dims)) {
    throw new OnnxError('malformed', `Reshape ${node.name} of [${dims.join()}] into [${wanted.join()}]`);
  }
  return [{ type, dims: result, ...known(data) }];
};

const flatten: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const axis = intOf(node, 'axis', 1);
  const at = axis < 0 ? axis + dims.length : axis;
  return [{ type, dims: [elementCount(dims.slice(0, at)), elementCount(dims.slice(at))] }];
};

const transpose: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const order = intsOf(node, 'perm') ?? dims.map((_, i) => dims.length - 1 - i);
  return [{ type, dims: order.map((axis) => dims[axis] ?? NaN) }];
};

const squeeze: Rule = (node, inputs) => {
  const { type, dims, data } = need(node, inputs, 0);
  const axes = setting(node, 'axes', inputs, 1)?.map((axis) => axisOf(node, axis, dims.length));
  const result = dims.filter((dim, i) => (axes ? !axes.includes(i) : dim !== 1));
  return [{ type, dims: result, ...known(data) }];
};

const unsqueeze: Rule = (node, inputs) => {
  const { type, dims, data } = need(node, inputs, 0);
  const given = setting(node, 'axes', inputs, 1) ?? [];
  const rank = dims.length + given.length;
  const axes = new Set(given.map((axis) => axisOf(node, axis, rank)));
  const left = [...dims];
  const result = Array.from({ length: rank }, (_, i) => (axes.has(i) ? 1 : (left.shift() ?? NaN)));
  return [{ type, dims: result, ...known(data) }];
};

const concat: Rule = (node, inputs) => {
  const parts = inputs.map((_, i) => need(node, inputs, i));
  const { type, dims } = need(node, inputs, 0);
  const axis = axisOf(node, intOf(node, 'axis', 1), dims.length);
  const result = dims.map((dim, i) => {
    if (i === axis) return parts.reduce((sum, part) => sum + (part.dims[i] ?? NaN), 0);
    if (parts.some((part) => part.dims[i] !== dim)) {
      throw new OnnxError('malformed', `Concat ${node.name} of parts that differ on axis ${i}`);
    }
    return dim;
  });
  const data = parts.flatMap((part) => part.data ?? [NaN]);
  const whole = dims.length === 1 && parts.every((part) => part.data);
  return [{ type, dims: result, ...known(whole ? data : undefined) }];
};

const split: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const axis = axisOf(node, intOf(node, 'axis', 0), dims.length);
  const size = dims[axis] as number;
  const each = Math.ceil(size / node.outputs.length);
  const parts =
    setting(node, 'split', inputs, 1) ??
    node.outputs.map((_, i) => Math.max(Math.min(each, size - i * each), 0));
  if (parts.reduce((a, b) => a + b, 0) !== size) {
    throw new OnnxError('malformed', `Split ${node.name} of ${size} into ${parts.join()}`);
  }
  return parts.map((part) => ({ type, dims: dims.map((dim, i) => (i === axis ? part : dim)) }));
};

const slice: Rule = (node, inputs) => {
  const { type, dims, data } = need(node, inputs, 0);
  const starts = setting(node, 'starts', inputs, 1) ?? [];
  const ends = setting(node, 'ends', inputs, 2) ?? [];
  const axes = setting(node, 'axes', inputs, 3) ?? starts.map((_, i) => i);
  const steps = setting(node, 'steps', inputs, 4) ?? starts.map(() => 1);
  const result = [...dims];
  let kept = data;
  axes.forEach((given, i) => {
    const axis = axisOf(node, given, dims.length);
    const indices = sliced(dims[axis] as number, starts[i] ?? 0, ends[i] ?? 0, steps[i] ?? 1);
    result[axis] = indices.count;
    kept = dims.length === 1 ? kept && indices.list(kept) : undefined;
  });
  return [{ type, dims: result, ...known(kept) }];
};

/** Start and end as in Python: negative from the end, clamped to what is there. */
function sliced(size: number, start: number, end: number, step: number) {
  if (step === 0) throw new OnnxError('malformed', 'a slice with step 0');
  const clamp = (value: number, low: number, high: number) =>
    Math.min(Math.max(value < 0 ? value + size : value, low), high);
  const from = step > 0 ? clamp(start, 0, size) : clamp(start, 0, size - 1);
  const to = step > 0 ? clamp(end, 0, size) : clamp(end, -1, size - 1);
  const count = Math.max(Math.ceil((to - from) / step), 0);
  const list = (data: readonly number[]) =>
    Array.from({ length: count }, (_, i) => data[from + i * step] as number);
  return { count, list };
}

const gather: Rule = (node, inputs) => {
  const [source, indices] = [need(node, inputs, 0), need(node, inputs, 1)];
  const { type, dims, data } = source;
  const axis = axisOf(node, intOf(node, 'axis', 0), dims.length);
  const result = [...dims.slice(0, axis), ...indices.dims, ...dims.slice(axis + 1)];
  const picked =
    data && dims.length === 1
      ? indices.data?.map((index) => data[index < 0 ? index + data.length : index] ?? NaN)
      : undefined;
  return [{ type, dims: result, ...known(picked) }];
};

const expand: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  return [{ type, dims: broadcastDims(node, [dims, needData(node, inputs, 1)]) }];
};

const tile: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const repeats = needData(node, inputs, 1);
  return [{ type, dims: dims.map((dim, i) => dim * (repeats[i] ?? NaN)) }];
};

const pad: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const pads = setting(node, 'pads', inputs, 1) ?? [];
  const axes = inputs[3] ? needData(node, inputs, 3) : dims.map((_, i) => i);
  const result = [...dims];
  axes.forEach((given, i) => {
    const axis = axisOf(node, given, dims.length);
    result[axis] = (dims[axis] as number) + (pads[i] ?? NaN) + (pads[i + axes.length] ?? NaN);
  });
  return [{ type, dims: result }];
};

const depthToSpace: Rule = (node, inputs) => {
  const { type, n, channels, height, width } = picture(node, need(node, inputs, 0));
  const block = intOf(node, 'blocksize', 1);
  return [{ type, dims: [n, channels / block ** 2, height * block, width * block] }];
};

const spaceToDepth: Rule = (node, inputs) => {
  const { type, n, channels, height, width } = picture(node, need(node, inputs, 0));
  const block = intOf(node, 'blocksize', 1);
  return [{ type, dims: [n, channels * block ** 2, height / block, width / block] }];
};

function picture(node: Node, { type, dims }: Value) {
  if (dims.length !== 4) throw new OnnxError('malformed', `${node.op} ${node.name} of ${dims.length} axes`);
  const [n, channels, height, width] = dims as [number, number, number, number];
  return { type, n, channels, height, width };
}

/** Resize and its forerunner Upsample. Opset 10 gives scales second, opset 11 a region second and scales third. */
const resize: Rule = (node, inputs, opset) => {
  const { type, dims } = need(node, inputs, 0);
  const sizes = opset >= 11 ? inputs[3]?.data : undefined;
  if (sizes && sizes.length > 0) return [{ type, dims: sizes }];
  const attribute = node.attributes['scales'];
  const scales =
    attribute?.kind === 'floats'
      ? attribute.value
      : needData(node, inputs, node.op === 'Resize' && opset >= 11 ? 2 : 1);
  return [{ type, dims: dims.map((dim, i) => Math.floor(dim * (scales[i] ?? NaN))) }];
};

export const arrangementRules: Record<string, Rule> = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Shape: shape,
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  Expand: expand,
  Tile: tile,
  Pad: pad,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Resize: resize,
  Upsample: resize,
};
