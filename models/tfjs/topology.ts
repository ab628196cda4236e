/** The graph part of a TFJS graph-model (`model.json`): nodes with typed access to their attributes. */
import { ConversionError } from './errors.ts';

/** The parts of `model.json` the converter reads. Integers are decimal strings, byte strings base64. */
export interface GraphModelJson {
  modelTopology: { node: RawNode[] };
  weightsManifest: { weights: WeightEntry[] }[];
}

export interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
  /** `scale` and `min` where an element is one byte: byte * scale + min. */
  quantization?: { dtype: string; scale?: number; min?: number };
}

export interface RawNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, RawAttribute>;
}

export interface RawAttribute {
  i?: string | number;
  s?: string;
  b?: boolean;
  list?: { i?: (string | number)[]; s?: string[] };
}

/** A node; an input is `name` or `name:k` for the k-th output of a node, as TensorFlow writes it. */
export class TfNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly #attributes: Record<string, RawAttribute>;

  constructor({ name, op, input = [], attr = {} }: RawNode) {
    this.name = name;
    this.op = op;
    // `^name` is an order of execution, not a value.
    this.inputs = input.filter((each) => !each.startsWith('^')).map((each) => each.replace(/:0$/, ''));
    this.#attributes = attr;
  }

  flag(name: string): boolean {
    return this.#attributes[name]?.b ?? false;
  }

  text(name: string): string {
    const value = this.#attributes[name]?.s;
    if (value === undefined) throw this.error(`has no ${name}`);
    return atob(value);
  }

  texts(name: string): string[] {
    return (this.#attributes[name]?.list?.s ?? []).map(atob);
  }

  ints(name: string): number[] {
    const value = this.#attributes[name]?.list?.i;
    if (value === undefined) throw this.error(`has no ${name}`);
    return value.map(Number);
  }

  /** @throws {ConversionError} where the node has fewer inputs */
  input(index: number): string {
    const name = this.inputs.at(index);
    if (name === undefined) throw this.error(`has no input ${index}`);
    return name;
  }

  error(what: string): ConversionError {
    return new ConversionError(`${this.op} "${this.name}" ${what}`);
  }
}

/**
 * The nodes that `outputs` need, producers first, stopping at `picture`.
 *
 * @throws {ConversionError} where a named node does not exist
 */
export function reachable(json: GraphModelJson, picture: string, outputs: readonly string[]): TfNode[] {
  const nodes = new Map(json.modelTopology.node.map((raw) => [raw.name, new TfNode(raw)]));
  const order: TfNode[] = [];
  const seen = new Set([picture]);
  // An explicit stack: graphs are deeper than comfortable recursion on some engines.
  const stack = outputs.toReversed().map((name) => ({ name, expanded: false }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const node = nodes.get(top.name);
    if (!node && top.name !== picture) throw new ConversionError(`the graph has no node "${top.name}"`);
    if (top.expanded && node) order.push(node);
    if (seen.has(top.name) || !node) continue;
    seen.add(top.name);
    stack.push({ name: top.name, expanded: true });
    for (const input of node.inputs.toReversed()) stack.push({ name: input, expanded: false });
  }
  return order;
}
