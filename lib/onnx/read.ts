/** Reads an ONNX file into the typed model. The reader trusts nothing: the file comes from the visitor. */
import { OnnxError } from './errors.ts';
import type { Attribute, Dim, Graph, Model, Node, Tensor, ValueInfo } from './model.ts';
import { ELEMENT_TYPES } from './model.ts';
import { ProtoReader, saturate, WIRE } from './protobuf.ts';
import { checked, elementType } from './tensors.ts';

/** Wire types of ModelProto's fields, to tell an ONNX file from anything else by its first tag. */
const MODEL_FIELDS = new Map<number, number>([
  [1, WIRE.varint],
  ...[2, 3, 4, 6, 7, 8, 14, 20, 25].map((field) => [field, WIRE.bytes] as const),
  [5, WIRE.varint],
]);

/**
 * @param bytes a whole ONNX file; the model's constants are views on it, so do not change it afterwards
 * @throws {OnnxError} every reason but `data-dependent` and `wrong-shape`
 */
export function readModel(bytes: Uint8Array): Model {
  const reader = new ProtoReader(bytes);
  const model: Partial<Model> & Pick<Model, 'opsets'> = { opsets: {}, producer: '' };
  let first = true;
  let graph: Uint8Array | undefined;
  while (nextField(reader, first)) {
    if (first && MODEL_FIELDS.get(reader.field) !== reader.wire) throw notOnnx();
    first = false;
    if (reader.field === 1) model.irVersion = reader.int();
    else if (reader.field === 2) model.producer = reader.string();
    else if (reader.field === 7) graph = reader.bytes();
    else if (reader.field === 8) readOpset(reader.message(), model.opsets);
    else if (reader.field === 25) throw new OnnxError('functions', 'functions inside the model');
    else reader.skip();
  }
  const { irVersion, producer = '', opsets } = model;
  if (irVersion === undefined || irVersion < 1 || irVersion > 64 || graph === undefined) throw notOnnx();
  return { irVersion, producer, opsets, graph: readGraph(new ProtoReader(graph)) };
}

const notOnnx = () => new OnnxError('not-onnx', 'not an ONNX model');

/** The first bytes of another format may not be a tag at all. */
function nextField(reader: ProtoReader, first: boolean): boolean {
  try {
    return reader.next();
  } catch (error) {
    throw first ? notOnnx() : error;
  }
}

function readOpset(reader: ProtoReader, into: Record<string, number>): void {
  let domain = '';
  let version = 0;
  while (reader.next()) {
    if (reader.field === 1) domain = reader.string();
    else if (reader.field === 2) version = reader.int();
    else reader.skip();
  }
  // `ai.onnx` is another spelling of ONNX's own domain.
  into[domain === 'ai.onnx' ? '' : domain] = version;
}

function readGraph(reader: ProtoReader): Graph {
  const graph: Graph = { name: '', nodes: [], initialisers: [], inputs: [], outputs: [], values: [] };
  while (reader.next()) {
    if (reader.field === 1) graph.nodes.push(readNode(reader.message()));
    else if (reader.field === 2) graph.name = reader.string();
    else if (reader.field === 5) graph.initialisers.push(readTensor(reader.message()));
    else if (reader.field === 11) graph.inputs.push(required(readValueInfo(reader.message())));
    else if (reader.field === 12) graph.outputs.push(required(readValueInfo(reader.message())));
    else if (reader.field === 13) {
      const value = readValueInfo(reader.message());
      if (value) graph.values.push(value);
    } else if (reader.field === 15) throw new OnnxError('not-tensors', 'sparse constants');
    else reader.skip();
  }
  return graph;
}

function required(value: ValueInfo | undefined): ValueInfo {
  if (!value) throw new OnnxError('not-tensors', 'an input or output that is not a tensor');
  return value;
}

function readNode(reader: ProtoReader): Node {
  const node: Node = { name: '', op: '', domain: '', inputs: [], outputs: [], attributes: {} };
  const attributes: ProtoReader[] = [];
  while (reader.next()) {
    if (reader.field === 1) node.inputs.push(reader.string());
    else if (reader.field === 2) node.outputs.push(reader.string());
    else if (reader.field === 3) node.name = reader.string();
    else if (reader.field === 4) node.op = reader.string();
    else if (reader.field === 5) attributes.push(reader.message());
    else if (reader.field === 7) node.domain = reader.string();
    else reader.skip();
  }
  if (node.domain === 'ai.onnx') node.domain = '';
  // Only now is it known which operation they belong to, for the error that names it.
  for (const each of attributes) {
    const [name, attribute] = readAttribute(each, node.op);
    node.attributes[name] = attribute;
  }
  return node;
}

/** AttributeProto names its type in field 20; very old files leave it out and the filled field tells. */
function readAttribute(reader: ProtoReader, op: string): [string, Attribute] {
  let name = '';
  let type = 0;
  let float = 0;
  let int = 0;
  let string = '';
  let tensor: Tensor | undefined;
  const floats: number[] = [];
  const ints: bigint[] = [];
  const strings: string[] = [];
  let filled = 0;
  while (reader.next()) {
    const { field } = reader;
    if (field === 1) name = reader.string();
    else if (field === 20) type = reader.int();
    else if (field === 2) float = reader.float();
    else if (field === 3) int = reader.int();
    else if (field === 4) string = reader.string();
    else if (field === 5) tensor = readTensor(reader.message());
    else if (field === 7) reader.floats(floats);
    else if (field === 8) reader.ints(ints);
    else if (field === 9) strings.push(reader.string());
    else reader.skip();
    if (field >= 2 && field <= 11) filled = field;
  }
  // AttributeType numbers FLOAT..GRAPHS by the order of their fields.
  const kind = type || [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10][filled] || 0;
  if (kind === 1) return [name, { kind: 'float', value: float }];
  if (kind === 2) return [name, { kind: 'int', value: int }];
  if (kind === 3) return [name, { kind: 'string', value: string }];
  if (kind === 4 && tensor) return [name, { kind: 'tensor', value: tensor }];
  if (kind === 6) return [name, { kind: 'floats', value: floats }];
  if (kind === 7) return [name, { kind: 'ints', value: ints.map(saturate) }];
  if (kind === 8) return [name, { kind: 'strings', value: strings }];
  if (kind === 5 || kind === 10) throw new OnnxError('control-flow', `${op} holds a graph (${name})`);
  throw new OnnxError('unsupported', `${op}: attribute ${name} of type ${kind}`);
}

function readTensor(reader: ProtoReader): Tensor {
  const dims: bigint[] = [];
  let type = 0;
  let name = '';
  let raw: Uint8Array | undefined;
  const floats: number[] = [];
  const doubles: number[] = [];
  const ints: bigint[] = [];
  while (reader.next()) {
    if (reader.field === 1) reader.ints(dims);
    else if (reader.field === 2) type = reader.int();
    else if (reader.field === 4) reader.floats(floats);
    else if ([5, 7, 11].includes(reader.field)) reader.ints(ints);
    else if (reader.field === 8) name = reader.string();
    else if (reader.field === 9) raw = reader.bytes();
    else if (reader.field === 10) reader.floats(doubles, 8);
    else if (reader.field === 14 && reader.int() === 1) {
      throw new OnnxError('external-data', `constant ${name} is in another file`);
    } else if (reader.field !== 14) reader.skip();
  }
  const element = elementType(type);
  const bytes = raw ?? packed(element, floats, doubles, ints);
  return checked({ name, type: element, dims: dims.map(saturate), bytes });
}

/** Constants written as lists instead of raw bytes; short integers, halves and all smaller formats share the int32 list. */
function packed(type: Tensor['type'], floats: number[], doubles: number[], ints: bigint[]): Uint8Array {
  const width = ELEMENT_TYPES[type].bytes;
  if (type === 'float32') return new Uint8Array(Float32Array.from(floats).buffer);
  if (type === 'float64') return new Uint8Array(Float64Array.from(doubles).buffer);
  // Elements of less than a byte are packed already: each number of the list is one byte of them.
  const bytes = new Uint8Array(ints.length * Math.max(width, 1));
  const view = new DataView(bytes.buffer);
  ints.forEach((value, i) => {
    if (width === 8) view.setBigInt64(i * 8, value, true);
    else if (width === 4) view.setInt32(i * 4, Number(BigInt.asIntN(32, value)), true);
    else if (width === 2) view.setUint16(i * 2, Number(BigInt.asUintN(16, value)), true);
    else view.setUint8(i, Number(BigInt.asUintN(8, value)));
  });
  return bytes;
}

/** @returns `undefined` for a value that is no tensor (a sequence, a map, an optional) */
function readValueInfo(reader: ProtoReader): ValueInfo | undefined {
  let name = '';
  let tensor: ProtoReader | undefined;
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) {
      const type = reader.message();
      while (type.next()) {
        if (type.field === 1) tensor = type.message();
        else type.skip();
      }
    } else reader.skip();
  }
  if (!tensor) return undefined;
  let type = 0;
  let dims: Dim[] | null = null;
  while (tensor.next()) {
    if (tensor.field === 1) type = tensor.int();
    else if (tensor.field === 2) dims = readDims(tensor.message());
    else tensor.skip();
  }
  return { name, type: elementType(type), dims };
}

function readDims(reader: ProtoReader): Dim[] {
  const dims: Dim[] = [];
  while (reader.next()) {
    if (reader.field !== 1) {
      reader.skip();
      continue;
    }
    const dimension = reader.message();
    let dim: Dim = null;
    while (dimension.next()) {
      if (dimension.field === 1) dim = dimension.int();
      else if (dimension.field === 2) dim = dimension.string() || null;
      else dimension.skip();
    }
    // Exporters write 0 or -1 for "any size".
    dims.push(typeof dim === 'number' && dim < 1 ? null : dim);
  }
  return dims;
}
