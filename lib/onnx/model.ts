/** The parts of an ONNX model, typed (onnx/onnx.proto3, IR version 3 and later). */

/**
 * Element types by their number in TensorProto.DataType, with the bytes that one element takes. Four-bit and two-bit
 * elements share a byte. Strings and complex numbers are left out: no network of a camera computes with them.
 */
export const ELEMENT_TYPES = {
  float32: { code: 1, bytes: 4 },
  uint8: { code: 2, bytes: 1 },
  int8: { code: 3, bytes: 1 },
  uint16: { code: 4, bytes: 2 },
  int16: { code: 5, bytes: 2 },
  int32: { code: 6, bytes: 4 },
  int64: { code: 7, bytes: 8 },
  bool: { code: 9, bytes: 1 },
  float16: { code: 10, bytes: 2 },
  float64: { code: 11, bytes: 8 },
  uint32: { code: 12, bytes: 4 },
  uint64: { code: 13, bytes: 8 },
  bfloat16: { code: 16, bytes: 2 },
  float8e4m3fn: { code: 17, bytes: 1 },
  float8e4m3fnuz: { code: 18, bytes: 1 },
  float8e5m2: { code: 19, bytes: 1 },
  float8e5m2fnuz: { code: 20, bytes: 1 },
  uint4: { code: 21, bytes: 0.5 },
  int4: { code: 22, bytes: 0.5 },
  float4e2m1: { code: 23, bytes: 0.5 },
  float8e8m0: { code: 24, bytes: 1 },
  uint2: { code: 25, bytes: 0.25 },
  int2: { code: 26, bytes: 0.25 },
} as const;
export type ElementType = keyof typeof ELEMENT_TYPES;

/** Whether an element type holds floating-point numbers. */
export const isFloat = (type: ElementType): boolean => type.includes('float');

/** A constant. `bytes` holds dims' product of elements, little-endian, row-major. */
export interface Tensor {
  name: string;
  type: ElementType;
  dims: number[];
  bytes: Uint8Array;
}

/** A dimension: a size, a symbol such as `height`, or unknown. */
export type Dim = number | string | null;

/** What a graph says about one of its values. `dims` is null where not even the rank is known. */
export interface ValueInfo {
  name: string;
  type: ElementType;
  dims: Dim[] | null;
}

export type Attribute =
  | { kind: 'int'; value: number }
  | { kind: 'float'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'ints'; value: number[] }
  | { kind: 'floats'; value: number[] }
  | { kind: 'strings'; value: string[] }
  | { kind: 'tensor'; value: Tensor };

/** One operation. An empty string among `inputs` or `outputs` is an optional one left out. */
export interface Node {
  name: string;
  op: string;
  /** Operator set; empty for ONNX's own. */
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
}

/** `nodes` are in execution order, as the format demands. */
export interface Graph {
  name: string;
  nodes: Node[];
  initialisers: Tensor[];
  inputs: ValueInfo[];
  outputs: ValueInfo[];
  /** What is known of the values in between; may be empty. */
  values: ValueInfo[];
}

export interface Model {
  irVersion: number;
  producer: string;
  /** Version by domain; ONNX's own domain is the empty string. */
  opsets: Record<string, number>;
  graph: Graph;
}

/** @returns the whole number of an attribute, or `fallback` where it is absent */
export function intOf(node: Node, name: string, fallback: number): number {
  const attribute = node.attributes[name];
  return attribute?.kind === 'int' ? attribute.value : fallback;
}

/** @returns the whole numbers of a list attribute, or `undefined` where it is absent */
export function intsOf(node: Node, name: string): readonly number[] | undefined {
  const attribute = node.attributes[name];
  return attribute?.kind === 'ints' ? attribute.value : undefined;
}

/** @returns the value of a string attribute, or `fallback` where it is absent */
export function stringOf(node: Node, name: string, fallback: string): string {
  const attribute = node.attributes[name];
  return attribute?.kind === 'string' ? attribute.value : fallback;
}

/** The graph's inputs that are not constants: before IR version 4, files listed their weights as inputs too. */
export function trueInputs(graph: Graph): ValueInfo[] {
  const constants = new Set(graph.initialisers.map((tensor) => tensor.name));
  return graph.inputs.filter((input) => !constants.has(input.name));
}
