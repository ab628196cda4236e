/** What the shape rules share. */
import { OnnxError } from './errors.ts';
import { intsOf, type Node } from './model.ts';
import type { Rule, Value } from './shape-types.ts';

/** An input by its index. @throws {OnnxError} `malformed` where an input the operation cannot do without is missing */
export function need(node: Node, inputs: readonly (Value | undefined)[], index: number): Value {
  const value = inputs[index];
  if (!value) throw new OnnxError('malformed', `${node.op} ${node.name} has no input ${index}`);
  return value;
}

/** The elements of an input, by its index. @throws {OnnxError} `data-dependent` where the elements depend on the picture */
export function needData(
  node: Node,
  inputs: readonly (Value | undefined)[],
  index: number,
): readonly number[] {
  const { data } = need(node, inputs, index);
  if (!data)
    throw new OnnxError('data-dependent', `${node.op} ${node.name}: input ${index} is not known beforehand`);
  return data;
}

/** A setting that moved from an attribute to an input in a later opset: the one that is present. */
export function setting(
  node: Node,
  attribute: string,
  inputs: readonly (Value | undefined)[],
  index: number,
): readonly number[] | undefined {
  return intsOf(node, attribute) ?? (inputs[index] ? needData(node, inputs, index) : undefined);
}

/** An axis counted from the end if negative. @throws {OnnxError} `malformed` outside the rank */
export function axisOf(node: Node, axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (positive < 0 || positive >= Math.max(rank, 1)) {
    throw new OnnxError('malformed', `${node.op} ${node.name}: axis ${axis} of ${rank}`);
  }
  return positive;
}

/** Multidirectional broadcasting: the size along each axis of what comes of all (onnx/docs/Broadcasting.md). */
export function broadcastDims(node: Node, all: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...all.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = all.map((dims) => dims[dims.length - rank + i] ?? 1);
    const size = sizes.find((each) => each !== 1) ?? 1;
    if (sizes.some((each) => each !== 1 && each !== size)) {
      throw new OnnxError('malformed', `${node.op} ${node.name} combines sizes ${sizes.join()}`);
    }
    return size;
  });
}

/** The same rule for several operations, their names apart by blanks. */
export const all = (names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(names.split(' ').map((name) => [name, rule]));

/** What is known of a value's elements (whole numbers: sizes and indices); an object without them where they are not known: `exactOptionalPropertyTypes` tells the two apart. */
export const known = (data: readonly number[] | undefined) => (data ? { data } : {});
