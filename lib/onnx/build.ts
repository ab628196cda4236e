/** Builds a graph node by node, naming what it makes. */
import type { Attribute, Graph, Node, Tensor } from './model.ts';
import { checked, float32Tensor, halved, int64Tensor } from './tensors.ts';

export type AttributeInput = number | string | readonly number[] | { float: number };

/** @returns ONNX attributes; a bare number is an integer, `{ float }` a float */
export function attributes(values: Record<string, AttributeInput>): Record<string, Attribute> {
  const typed = (value: AttributeInput): Attribute => {
    if (typeof value === 'number') return { kind: 'int', value };
    if (typeof value === 'string') return { kind: 'string', value };
    if ('float' in value) return { kind: 'float', value: value.float };
    return { kind: 'ints', value: [...value] };
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typed(value)]));
}

/** Numbers of one byte each: `byte * scale + min`. */
export interface ByteWeight {
  readonly bytes: Uint8Array;
  readonly scale: number;
  readonly min: number;
}

/** Constants of fewer elements stay float32: a Cast node would cost more than it saves. */
const MIN_HALVED = 16;

export class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly initialisers: Tensor[] = [];
  readonly #taken = new Map<string, number>();
  readonly #known = new Map<string, string>();
  readonly #prefix: string;

  /** @param prefix put before every name, to keep clear of the names of a graph being extended */
  constructor(prefix = '') {
    this.#prefix = prefix;
  }

  /** Adds an operation of one output. @returns the output's name */
  add(op: string, inputs: string[], values: Record<string, AttributeInput> = {}, output?: string): string {
    const name = this.#name(op);
    const result = output ?? name;
    this.nodes.push({ name, op, domain: '', inputs, outputs: [result], attributes: attributes(values) });
    return result;
  }

  float32(data: ArrayLike<number>, dims: number[]): string {
    return this.#constant(float32Tensor('', dims, data), 'f');
  }

  int64(data: readonly number[]): string {
    return this.#constant(int64Tensor('', data), 'i');
  }

  /** A weight, stored in half precision (and cast back) where no bit is lost. */
  weight(data: ArrayLike<number>, dims: number[]): string {
    const full = float32Tensor('', dims, data);
    const half = data.length >= MIN_HALVED ? halved(full) : undefined;
    return half ? this.add('Cast', [this.#constant(half, 'h')], { to: 1 }) : this.#constant(full, 'f');
  }

  /** A weight, stored in one byte an element; it is computed once, when the file is loaded. */
  bytes({ bytes, scale, min }: ByteWeight, dims: number[]): string {
    const stored = this.#constant(checked({ name: '', type: 'uint8', dims, bytes }), 'b');
    const scaled = this.add('Mul', [this.add('Cast', [stored], { to: 1 }), this.float32([scale], [])]);
    return this.add('Add', [scaled, this.float32([min], [])]);
  }

  finish(name: string, inputs: Graph['inputs'], outputs: Graph['outputs']): Graph {
    return { name, nodes: this.nodes, initialisers: this.initialisers, inputs, outputs, values: [] };
  }

  /** Small equal constants (bounds, sizes) are shared. */
  #constant(tensor: Tensor, kind: string): string {
    const key =
      tensor.bytes.length <= 64 ? `${tensor.type}[${tensor.dims.join()}]${tensor.bytes.join()}` : '';
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#name(kind);
    if (key) this.#known.set(key, name);
    this.initialisers.push({ ...tensor, name });
    return name;
  }

  #name(kind: string): string {
    const count = this.#taken.get(kind) ?? 0;
    this.#taken.set(kind, count + 1);
    return `${this.#prefix}${kind}_${count}`;
  }
}
