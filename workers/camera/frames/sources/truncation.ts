import type { EncodedPacket, EncodedPacketSink } from 'mediabunny';

/**
 * Whether a file ends before the length that its own headers state: the index names a further packet whose bytes are
 * not there, or a top-level box or element reaches beyond the end. A recording without a stated length (live WebM)
 * cannot be judged, and passes.
 *
 * @param last the last readable packet, if there is one
 */
export async function endsTooEarly(
  file: Blob,
  packets: EncodedPacketSink,
  last: EncodedPacket | undefined,
): Promise<boolean> {
  const promised = last ? await packets.getNextPacket(last, { metadataOnly: true }) : null;
  return promised !== null || isTruncated(file);
}

/** Whether a top-level ISO box or the EBML segment claims to reach beyond the end of the file. */
export async function isTruncated(file: Blob): Promise<boolean> {
  const head = await bytesAt(file, 0);
  return head.getUint32(0) === EBML ? isEbmlCut(file) : isIsoCut(file);
}

const EBML = 0x1a45dfa3;
const EBML_SEGMENT = 0x18538067;

/** ISO/IEC 14496-12, 4.2: 32-bit size, type, 64-bit size when the first is 1; 0 means "to the end of the file". */
async function isIsoCut(file: Blob): Promise<boolean> {
  let at = 0;
  while (at + 8 <= file.size) {
    const header = await bytesAt(file, at);
    const isBox = [4, 5, 6, 7].every((i) => header.getUint8(i) >= 0x20 && header.getUint8(i) < 0x7f);
    // Bytes after the last box that form no box are ignored.
    if (!isBox) return false;
    let size = header.getUint32(0);
    if (size === 1) size = Number(header.getBigUint64(8));
    if (size < 8) return false;
    at += size;
  }
  return at > file.size;
}

/** RFC 8794, 4-5: element id and size are variable-length integers; all size bits set means "unknown". */
async function isEbmlCut(file: Blob): Promise<boolean> {
  let at = 0;
  while (at + 2 <= file.size) {
    const header = await bytesAt(file, at);
    const idLength = Math.clz32(header.getUint8(0)) - 23;
    if (idLength > 4) return false;
    const first = header.getUint8(idLength);
    const sizeLength = Math.clz32(first) - 23;
    if (sizeLength > 8) return false;
    let size = BigInt(first & (0xff >> sizeLength));
    for (let i = 1; i < sizeLength; i++) size = (size << 8n) | BigInt(header.getUint8(idLength + i));
    const isUnknown = size === (1n << BigInt(7 * sizeLength)) - 1n;
    const isSegment = idLength === 4 && header.getUint32(0) === EBML_SEGMENT;
    if (isUnknown) return false;
    at += idLength + sizeLength + Number(size);
    if (isSegment) break;
  }
  return at > file.size;
}

/** The 16 bytes from `at`, zeros beyond the end. */
async function bytesAt(file: Blob, at: number): Promise<DataView> {
  const bytes = new Uint8Array(16);
  bytes.set(new Uint8Array(await file.slice(at, at + 16).arrayBuffer()));
  return new DataView(bytes.buffer);
}
