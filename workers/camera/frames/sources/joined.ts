/**
 * Recordings that were joined byte by byte. A reader of containers takes the first and stops, or reads the rest by the
 * first one's index; so they are taken apart here, and read one after the other.
 */

/** Bytes read at once while walking from box to box: most files are walked with two reads. */
const WINDOW = 64 * 1024;
/** Bytes searched at once for a header. */
const STRIDE = 4 * 1024 * 1024;
/** Boxes walked at most: a fragmented recording of hours. */
const MAX_BOXES = 20_000;

const EBML = 0x1a45dfa3;
const EBML_SEGMENT = 0x18538067;

/** @returns the recordings in a file, in order, each whole; the file itself where there is one, or where none is known */
export async function recordingsIn(file: Blob): Promise<readonly Blob[]> {
  const bytes = new Window(file);
  const starts =
    file.size >= 8 && (await bytes.at(0, 8)).getUint32(0) === EBML
      ? await ebmlStarts(file, bytes)
      : await isoStarts(file, bytes);
  if (starts.length < 2) return [file];
  return starts.map((start, i) => file.slice(start, starts[i + 1] ?? file.size));
}

/** Offsets of recordings of ISO/IEC 14496-12: each begins with `ftyp` and has an index (`moov`) of its own. */
async function isoStarts(file: Blob, bytes: Window): Promise<number[]> {
  const starts: number[] = [];
  let begun: number | undefined;
  let at = 0;
  for (let boxes = 0; boxes < MAX_BOXES && at + 8 <= file.size; boxes++) {
    const header = await bytes.at(at, 16);
    const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => header.getUint8(i)));
    if (type === 'ftyp') begun = at;
    if (type === 'moov' && begun !== undefined) {
      starts.push(begun);
      begun = undefined;
    }
    let size = header.getUint32(0);
    if (size === 1) size = Number(header.getBigUint64(8));
    if (!/^[ -~]{4}$/.test(type) || size < 8) break;
    at += size;
  }
  // What comes before the first `ftyp` belongs to the first recording.
  return starts.map((start, i) => (i === 0 ? 0 : start));
}

/** Offsets of Matroska or WebM recordings. A segment that states no length is searched for the next header. */
async function ebmlStarts(file: Blob, bytes: Window): Promise<number[]> {
  const starts: number[] = [];
  let at = 0;
  while (at + 8 <= file.size) {
    const header = await bytes.at(at, 16);
    const id = header.getUint32(0);
    if (id === EBML) starts.push(at);
    const idLength = Math.clz32(header.getUint8(0)) - 23;
    if (idLength > 4) break;
    const sizeLength = Math.clz32(header.getUint8(idLength)) - 23;
    if (sizeLength > 8) break;
    let size = BigInt(header.getUint8(idLength) & (0xff >> sizeLength));
    for (let i = 1; i < sizeLength; i++) size = (size << 8n) | BigInt(header.getUint8(idLength + i));
    const isOpen = size === (1n << BigInt(7 * sizeLength)) - 1n;
    const next = isOpen
      ? id === EBML_SEGMENT && (await nextEbml(file, at + idLength + sizeLength))
      : at + idLength + sizeLength + Number(size);
    if (next === false || next === undefined) break;
    at = next;
  }
  return starts;
}

/** Where the next EBML header is that names Matroska or WebM. */
async function nextEbml(file: Blob, from: number): Promise<number | undefined> {
  const overlap = 64;
  for (let start = from; start < file.size; start += STRIDE) {
    const chunk = new Uint8Array(await file.slice(start, start + STRIDE + overlap).arrayBuffer());
    for (let i = chunk.indexOf(0x1a); i >= 0 && i < STRIDE; i = chunk.indexOf(0x1a, i + 1)) {
      if (chunk[i + 1] !== 0x45 || chunk[i + 2] !== 0xdf || chunk[i + 3] !== 0xa3) continue;
      const words = new TextDecoder('latin1').decode(chunk.subarray(i, i + overlap));
      if (/webm|matroska/.test(words)) return start + i;
    }
  }
  return undefined;
}

/** Reads bytes of a file a stretch at a time. */
class Window {
  #start = 0;
  #bytes = new Uint8Array(0);
  readonly #file: Blob;

  constructor(file: Blob) {
    this.#file = file;
  }

  /** `length` bytes from an offset, zeros beyond the end. */
  async at(offset: number, length: number): Promise<DataView> {
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      this.#start = offset;
      this.#bytes = new Uint8Array(await this.#file.slice(offset, offset + WINDOW).arrayBuffer());
    }
    const found = new Uint8Array(length);
    found.set(this.#bytes.subarray(offset - this.#start, offset - this.#start + length));
    return new DataView(found.buffer);
  }
}
