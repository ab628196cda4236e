/** Containers that are videos but cannot be read here, by their first bytes. */

/** Names as the contract lets them pass; the page has the full ones. */
export const FOREIGN_CONTAINERS = [
  'avi',
  'wmv',
  'flv',
  'mpeg-ps',
  'mpeg-video',
  'gif',
  'webp',
  'realmedia',
  'mxf',
  'ivf',
  'y4m',
  'ogg-theora',
  'h264',
  'dv',
] as const;
export type ForeignContainer = (typeof FOREIGN_CONTAINERS)[number];

/** Bytes looked at. */
const HEAD = 512;

/**
 * @returns which container it is; undefined for one that can be read, and for anything that is no video
 */
export async function foreignContainer(file: Blob): Promise<ForeignContainer | undefined> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const text = new TextDecoder('latin1').decode(head);
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (text.startsWith('RIFF') && /^(AVI |AVIX)/.test(text.slice(8))) return 'avi';
  // The bits of the extended header say whether it moves; a still picture is no video.
  if (text.startsWith('RIFF') && text.startsWith('WEBPVP8X', 8) && (head[20] ?? 0) & 2) return 'webp';
  if (starts(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)) return 'wmv';
  if (text.startsWith('FLV\x01')) return 'flv';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('.RMF')) return 'realmedia';
  if (starts(0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01)) return 'mxf';
  if (text.startsWith('DKIF')) return 'ivf';
  if (text.startsWith('YUV4MPEG2 ')) return 'y4m';
  if (text.startsWith('OggS') && text.includes('theora')) return 'ogg-theora';
  if (starts(0x1f, 0x07, 0x00)) return 'dv';
  if (starts(0x00, 0x00, 0x01, 0xba)) return 'mpeg-ps';
  if (starts(0x00, 0x00, 0x01, 0xb3)) return 'mpeg-video';
  return startsH264(head) ? 'h264' : undefined;
}

/** An elementary stream of H.264 or H.265 begins with a start code and a parameter set, or a delimiter before it. */
function startsH264(head: Uint8Array): boolean {
  const zeros = head.findIndex((byte) => byte !== 0);
  if ((zeros !== 2 && zeros !== 3) || head[zeros] !== 1) return false;
  const first = head[zeros + 1] ?? 0;
  const [avc, hevc] = [first & 0x1f, (first >> 1) & 0x3f];
  return (first & 0x80) === 0 && ([7, 9].includes(avc) || [32, 35].includes(hevc));
}
