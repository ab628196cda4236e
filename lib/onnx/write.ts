/** Writes the typed model as an ONNX file. The same model always gives the same bytes. */
import {
  ELEMENT_TYPES,
  type Attribute,
  type Graph,
  type Model,
  type Node,
  type Tensor,
  type ValueInfo,
} from './model.ts';
import { ProtoWriter } from './protobuf.ts';

/** @returns the bytes of an ONNX file (onnx/onnx.proto3) */
export function writeModel(model: Model): Uint8Array<ArrayBuffer> {
  const writer = new ProtoWriter().int(1, model.irVersion).string(2, model.producer);
  writer.message(7, graph(model.graph));
  for (const [domain, version] of Object.entries(model.opsets)) {
    writer.message(8, new ProtoWriter().string(1, domain).int(2, version));
  }
  return writer.finish();
}

function graph({ name, nodes, initialisers, inputs, outputs, values }: Graph): ProtoWriter {
  const writer = new ProtoWriter();
  for (const each of nodes) writer.message(1, node(each));
  writer.string(2, name);
  for (const each of initialisers) writer.message(5, tensor(each));
  for (const each of inputs) writer.message(11, valueInfo(each));
  for (const each of outputs) writer.message(12, valueInfo(each));
  for (const each of values) writer.message(13, valueInfo(each));
  return writer;
}

function node({ name, op, domain, inputs, outputs, attributes }: Node): ProtoWriter {
  const writer = new ProtoWriter();
  for (const input of inputs) writer.string(1, input);
  for (const output of outputs) writer.string(2, output);
  if (name) writer.string(3, name);
  writer.string(4, op);
  for (const [key, value] of Object.entries(attributes)) writer.message(5, attribute(key, value));
  if (domain) writer.string(7, domain);
  return writer;
}

function attribute(name: string, { kind, value }: Attribute): ProtoWriter {
  const writer = new ProtoWriter().string(1, name);
  switch (kind) {
    case 'float':
      return writer.float(2, value).int(20, 1);
    case 'int':
      return writer.int(3, value).int(20, 2);
    case 'string':
      return writer.string(4, value).int(20, 3);
    case 'tensor':
      return writer.message(5, tensor(value)).int(20, 4);
    case 'floats':
      for (const each of value) writer.float(7, each);
      return writer.int(20, 6);
    case 'ints':
      for (const each of value) writer.int(8, each);
      return writer.int(20, 7);
    case 'strings':
      for (const each of value) writer.string(9, each);
      return writer.int(20, 8);
  }
}

function tensor({ name, type, dims, bytes }: Tensor): ProtoWriter {
  const writer = new ProtoWriter();
  for (const dim of dims) writer.int(1, dim);
  writer.int(2, ELEMENT_TYPES[type].code);
  if (name) writer.string(8, name);
  return writer.bytes(9, bytes);
}

function valueInfo({ name, type, dims }: ValueInfo): ProtoWriter {
  const tensorType = new ProtoWriter().int(1, ELEMENT_TYPES[type].code);
  if (dims) {
    const shape = new ProtoWriter();
    for (const dim of dims) {
      const dimension = new ProtoWriter();
      if (typeof dim === 'number') dimension.int(1, dim);
      else if (dim !== null) dimension.string(2, dim);
      shape.message(1, dimension);
    }
    tensorType.message(2, shape);
  }
  return new ProtoWriter().string(1, name).message(2, new ProtoWriter().message(1, tensorType));
}
