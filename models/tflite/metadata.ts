/**
 * Gives a .tflite file the metadata that MediaPipe's tasks ask for: how pixels are normalised, what the outputs are.
 *
 * The metadata is itself a flatbuffer (tflite/metadata_schema.fbs of tflite-support), stored as one more buffer of
 * the model. Offsets in a flatbuffer point forward and are relative, so the old file stays as it is: a new root table
 * goes in front of it and points into it.
 */
import { Builder, type Offset } from 'flatbuffers';
import { TfliteError } from './errors.ts';
import { Table } from './tables.ts';

export interface TaskMetadata {
  name: string;
  /** The model wants (byte - mean) / std. */
  mean: number;
  std: number;
  outputs: readonly { name: string; labels?: string }[];
}

const NAME = 'TFLITE_METADATA';

/**
 * @returns a new file
 * @throws {TfliteError} where `model` is no .tflite file or already carries such metadata
 */
export function addMetadata(model: Uint8Array, metadata: TaskMetadata): Uint8Array {
  const root = Table.root(model, 'TFL3');
  if (root.tables(6).some((entry) => entry.string(0) === NAME)) {
    throw new TfliteError('the file carries metadata already');
  }
  const payload = encodeMetadata(metadata);
  const front = layFront(root, payload);
  const file = new Uint8Array(front.length + model.length);
  file.set(front);
  file.set(model, front.length);
  return file;
}

/** Fields of a table by their number in the schema. */
function table(builder: Builder, fields: Record<number, Offset | { int8: number }>): Offset {
  const last = Math.max(...Object.keys(fields).map(Number));
  builder.startObject(last + 1);
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value === 'number') builder.addFieldOffset(Number(key), value, 0);
    else builder.addFieldInt8(Number(key), value.int8, 0);
  }
  return builder.endObject();
}

function vector(builder: Builder, items: readonly number[], add: (item: number) => void): Offset {
  builder.startVector(4, items.length, 4);
  for (const item of items.toReversed()) add(item);
  return builder.endVector();
}

function encodeMetadata({ name, mean, std, outputs }: TaskMetadata): Uint8Array {
  const builder = new Builder(1024);
  const text = (value: string) => builder.createString(value);
  const offsets = (items: readonly Offset[]) => vector(builder, items, (item) => builder.addOffset(item));
  const floats = (items: readonly number[]) => vector(builder, items, (item) => builder.addFloat32(item));

  // ProcessUnit { options_type = NormalizationOptions, options { mean, std } }
  const normalisation = table(builder, { 0: floats([mean]), 1: floats([std]) });
  const unit = table(builder, { 0: { int8: 1 }, 1: normalisation });
  // Content { content_properties_type = ImageProperties, content_properties { color_space = RGB } }
  const image = table(builder, { 0: { int8: 2 }, 1: table(builder, { 0: { int8: 1 } }) });
  // TensorMetadata { name, content, process_units, associated_files }
  const input = table(builder, { 0: text('image'), 3: image, 4: offsets([unit]) });
  const described = outputs.map((output) => {
    const label = text(output.name);
    if (output.labels === undefined) return table(builder, { 0: label });
    // AssociatedFile { name, type = TENSOR_AXIS_LABELS }
    const file = table(builder, { 0: text(output.labels), 2: { int8: 2 } });
    return table(builder, { 0: label, 6: offsets([file]) });
  });
  // SubGraphMetadata { input_tensor_metadata, output_tensor_metadata }
  const graph = table(builder, { 2: offsets([input]), 3: offsets(described) });
  // ModelMetadata { name, subgraph_metadata, min_parser_version }
  const model = table(builder, { 0: text(name), 3: offsets([graph]), 7: text('1.5.0') });
  builder.finish(model, 'M001');
  return builder.asUint8Array();
}

/** Root fields of the model schema; those that are offsets point on into the old file. */
const VERSION = 0;
const BUFFERS = 4;
const METADATA = 6;
const KEPT = [1, 2, 3, 5, 7];
const FIELDS = 8;

/** Places things one after the other and lets earlier ones point to later ones. */
class Front {
  readonly #points: [from: number, to: () => number][] = [];
  readonly #writes: ((view: DataView) => void)[] = [];
  #end = 0;

  reserve(bytes: number, align = 4, skew = 0): number {
    const at = Math.ceil((this.#end + skew) / align) * align - skew;
    this.#end = at + bytes;
    return at;
  }

  uint16(at: number, value: number): void {
    this.#writes.push((view) => view.setUint16(at, value, true));
  }

  uint32(at: number, value: number): void {
    this.#writes.push((view) => view.setUint32(at, value, true));
  }

  bytes(at: number, value: Uint8Array): void {
    this.#writes.push((view) => new Uint8Array(view.buffer).set(value, at));
  }

  /** A table of 4-byte fields. @returns where each field lies, `undefined` for those left out */
  table(present: readonly boolean[]): { at: number; fields: number[] } {
    const vtable = this.reserve(4 + 2 * present.length);
    const at = this.reserve(4 + 4 * present.length);
    this.uint16(vtable, 4 + 2 * present.length);
    this.uint16(vtable + 2, 4 + 4 * present.length);
    present.forEach((is, i) => this.uint16(vtable + 4 + 2 * i, is ? 4 + 4 * i : 0));
    this.uint32(at, at - vtable);
    return { at, fields: present.map((_, i) => at + 4 + 4 * i) };
  }

  /** A vector of offsets. @returns where its elements lie */
  vector(length: number): { at: number; elements: number[] } {
    const at = this.reserve(4 + 4 * length);
    this.uint32(at, length);
    return { at, elements: Array.from({ length }, (_, i) => at + 4 + 4 * i) };
  }

  /** A vector of bytes whose first byte is aligned, as TensorFlow Lite wants its buffers. */
  blob(value: Uint8Array, align: number): number {
    const at = this.reserve(4 + value.length, align, 4);
    this.uint32(at, value.length);
    this.bytes(at + 4, value);
    return at;
  }

  point(from: number, to: () => number): void {
    this.#points.push([from, to]);
  }

  /** The old file's data are aligned to 16 bytes; a multiple of 64 in front keeps that. */
  get length(): number {
    return Math.ceil(this.#end / 64) * 64;
  }

  finish(): Uint8Array {
    const view = new DataView(new ArrayBuffer(this.length));
    for (const write of this.#writes) write(view);
    for (const [from, to] of this.#points) view.setUint32(from, to() - from, true);
    return new Uint8Array(view.buffer);
  }
}

function layFront(old: Table, payload: Uint8Array): Uint8Array {
  const front = new Front();
  const header = front.reserve(8);
  front.bytes(header + 4, new TextEncoder().encode('TFL3'));
  const set = Array.from(
    { length: FIELDS },
    (_, i) => [VERSION, BUFFERS, METADATA].includes(i) || old.field(i) !== undefined,
  );
  const root = front.table(set);
  front.point(header, () => root.at);
  front.uint32(root.fields[VERSION] as number, old.uint32(VERSION));

  // Old things keep their place behind this front.
  const behind = (from: number, position: number) => front.point(from, () => front.length + position);
  for (const index of KEPT) {
    const target = old.target(index);
    if (target !== undefined) behind(root.fields[index] as number, target);
  }
  const append = (index: number): number => {
    const positions = old.positions(index);
    const { at, elements } = front.vector(positions.length + 1);
    front.point(root.fields[index] as number, () => at);
    positions.forEach((position, i) => behind(elements[i] as number, position));
    return elements[positions.length] as number;
  };
  const newBuffer = append(BUFFERS);
  const newEntry = append(METADATA);

  // Metadata { name, buffer index }
  const entry = front.table([true, true]);
  front.point(newEntry, () => entry.at);
  const name = front.blob(new TextEncoder().encode(`${NAME}\0`), 4);
  front.uint32(name, NAME.length);
  front.point(entry.fields[0] as number, () => name);
  front.uint32(entry.fields[1] as number, old.count(BUFFERS));
  // Buffer { data }
  const buffer = front.table([true]);
  front.point(newBuffer, () => buffer.at);
  const data = front.blob(payload, 16);
  front.point(buffer.fields[0] as number, () => data);
  return front.finish();
}
