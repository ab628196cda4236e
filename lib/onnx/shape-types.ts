/** What shape inference speaks of; the rules and the inference stand on it. */
import type { ElementType, Node } from './model.ts';

/** A value of a graph: its shape and, where known beforehand, its elements. */
export interface Value {
  readonly type: ElementType;
  readonly dims: readonly number[];
  /** The elements, where they do not depend on what is in the picture. */
  readonly data?: readonly number[];
}

/**
 * What one operation makes of its inputs: its outputs, in order.
 *
 * @param inputs one entry per input; `undefined` where an optional one is left out
 */
export type Rule = (node: Node, inputs: readonly (Value | undefined)[], opset: number) => Value[];
