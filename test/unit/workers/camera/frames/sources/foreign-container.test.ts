import { describe, expect, it } from 'vitest';
import {
  FOREIGN_CONTAINERS,
  foreignContainer,
  type ForeignContainer,
} from '../../../../../../workers/camera/frames/sources/foreign-container.ts';

const bytes = (...parts: (string | number)[]) =>
  parts.flatMap((part) =>
    typeof part === 'string' ? Array.from(part, (char) => char.charCodeAt(0)) : [part],
  );
const found = (head: number[], tail = 400) =>
  foreignContainer(new Blob([Uint8Array.from([...head, ...Array<number>(tail).fill(0x55)])]));

/** First bytes as the formats' descriptions have them. */
const HEADS: Record<ForeignContainer, number[][]> = {
  avi: [bytes('RIFF', 1, 2, 3, 4, 'AVI LIST'), bytes('RIFF', 0, 0, 0, 0, 'AVIX')],
  wmv: [bytes(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9)],
  flv: [bytes('FLV', 1, 5, 0, 0, 0, 9)],
  'mpeg-ps': [bytes(0, 0, 1, 0xba, 0x44), bytes(0, 0, 1, 0xba, 0x21)],
  'mpeg-video': [bytes(0, 0, 1, 0xb3, 0x16)],
  gif: [bytes('GIF89a'), bytes('GIF87a')],
  webp: [bytes('RIFF', 9, 9, 9, 9, 'WEBPVP8X', 10, 0, 0, 0, 0b10)],
  realmedia: [bytes('.RMF', 0, 0, 0, 18)],
  mxf: [bytes(0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0d)],
  ivf: [bytes('DKIF', 0, 0)],
  y4m: [bytes('YUV4MPEG2 W640 H480')],
  'ogg-theora': [bytes('OggS', 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 'theora')],
  h264: [bytes(0, 0, 0, 1, 0x67, 0x42), bytes(0, 0, 1, 0x09, 0xf0), bytes(0, 0, 0, 1, 0x40, 0x01)],
  dv: [bytes(0x1f, 0x07, 0x00, 0x3f)],
};

describe.each(FOREIGN_CONTAINERS)('%s', (container) => {
  it.each(HEADS[container].map((head) => ({ head })))('is known by its first bytes', async ({ head }) => {
    expect(await found(head)).toBe(container);
    // Cut off behind them it is still that.
    expect(await found(head, 0)).toBe(container);
  });
});

it.each([
  { says: 'nothing', head: [] },
  { says: 'text', head: bytes('a shopping list') },
  { says: 'MP4', head: bytes(0, 0, 0, 24, 'ftypisom') },
  { says: 'WebM', head: bytes(0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86) },
  { says: 'a transport stream', head: bytes(0x47, 0x40, 0x00, 0x10) },
  { says: 'a WAV file', head: bytes('RIFF', 1, 2, 3, 4, 'WAVEfmt ') },
  { says: 'a still WebP', head: bytes('RIFF', 9, 9, 9, 9, 'WEBPVP8X', 10, 0, 0, 0, 0) },
  { says: 'Ogg with sound', head: bytes('OggS', 0, 2, 'vorbis') },
  { says: 'an icon', head: bytes(0, 0, 1, 0, 1, 0) },
])('$says is none of them', async ({ head }) => {
  expect(await found(head)).toBeUndefined();
});
