/** What the importers of single operations share. */
import type { Op, Padding, Pair } from './ir.ts';
import type { TfNode } from './topology.ts';
import type { Constant } from './weights.ts';

/** The context of an importer: constants by name, and names for further operations. */
export interface Importing {
  readonly ops: Map<string, Op>;
  readonly constants: ReadonlyMap<string, Constant>;
}

/**
 * Fused operations carry a bias and an activation. The activation becomes an operation of its own under the node's
 * name; the convolution or product before it then goes by another name.
 *
 * @returns the name under which to enter the operation itself, and its bias
 */
export function finishFused(node: TfNode, into: Importing): { name: string; bias: Float32Array | null } {
  const fused = node.texts('fused_ops');
  const bias = fused[0] === 'BiasAdd' ? Float32Array.from(constantOf(node, 2, into).data) : null;
  const rest = fused.slice(bias ? 1 : 0);
  if (rest.length === 0) return { name: node.name, bias };
  const high = { Relu: Infinity, Relu6: 6 }[rest[0] as string];
  if (rest.length > 1 || high === undefined) throw node.error(`fuses ${rest.join(', ')}`);
  const name = `${node.name}/before-activation`;
  // The map keeps producers first, so the operation must take its place before its activation.
  into.ops.set(name, { kind: 'identity', inputs: [node.input(0)] });
  into.ops.set(node.name, { kind: 'clip', inputs: [name], low: 0, high });
  return { name, bias };
}

export function constantOf(node: TfNode, index: number, { constants }: Importing): Constant {
  const constant = constants.get(node.input(index));
  if (!constant) throw node.error(`needs a constant as input ${index}`);
  return constant;
}

/** Height and width of an attribute given for all four NHWC axes. */
export function spatial(node: TfNode, attribute: string): Pair {
  const [batch, height, width, channels] = node.ints(attribute);
  if (batch !== 1 || channels !== 1 || height === undefined || width === undefined) {
    throw node.error(`has ${attribute} over batch or channels`);
  }
  return [height, width];
}

export function paddingOf(node: TfNode): Padding {
  const padding = node.text('padding');
  if (padding === 'SAME') return 'same';
  if (padding === 'VALID') return 'valid';
  throw node.error(`has padding ${padding}`);
}
