import { describe, expect, it } from 'vitest';
import { isTruncated } from '../../../../../../workers/camera/frames/sources/truncation.ts';

const text = (s: string) => [...s].map((c) => c.charCodeAt(0));
const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);

/** An ISO box of `size` bytes in all, of which `there` are really in the file. */
const box = (type: string, size: number, there = size) => [...u32(size), ...text(type), ...zeros(there - 8)];
const EBML = [0x1a, 0x45, 0xdf, 0xa3, 0x84, 0, 0, 0, 0];
const SEGMENT = [0x18, 0x53, 0x80, 0x67];

describe('isCut', () => {
  const rows: { says: string; bytes: number[]; cut: boolean }[] = [
    { says: 'whole boxes', bytes: [...box('ftyp', 16), ...box('moov', 40), ...box('mdat', 100)], cut: false },
    { says: 'a last box that breaks off', bytes: [...box('ftyp', 16), ...box('mdat', 100, 60)], cut: true },
    {
      says: 'a break between two boxes cannot be seen',
      bytes: [...box('ftyp', 16), ...box('moov', 40)],
      cut: false,
    },
    {
      says: 'a size of 0 reaches to the end',
      bytes: [...box('ftyp', 16), ...box('mdat', 0, 30)],
      cut: false,
    },
    {
      says: 'a 64-bit size that is kept',
      bytes: [...u32(1), ...text('mdat'), ...u32(0), ...u32(24), ...zeros(8)],
      cut: false,
    },
    {
      says: 'a 64-bit size that is not',
      bytes: [...u32(1), ...text('mdat'), ...u32(1), ...u32(24), ...zeros(8)],
      cut: true,
    },
    {
      says: 'something that is no box behind the last one',
      bytes: [...box('ftyp', 16), ...box('mdat', 20), 255, 255, 255, 255, 1, 2, 3, 4, 5],
      cut: false,
    },
    {
      says: 'fewer bytes than a box header behind the last',
      bytes: [...box('ftyp', 16), 0, 0, 0],
      cut: false,
    },
    {
      says: 'a box that claims less than its own header',
      bytes: [...u32(4), ...text('free'), 1, 2],
      cut: false,
    },
    { says: 'an empty file', bytes: [], cut: false },
    { says: 'a segment that is whole', bytes: [...EBML, ...SEGMENT, 0x85, 1, 2, 3, 4, 5], cut: false },
    { says: 'a segment that breaks off', bytes: [...EBML, ...SEGMENT, 0x85, 1, 2, 3], cut: true },
    {
      says: 'a segment with a size of eight bytes that breaks off',
      bytes: [...EBML, ...SEGMENT, 0x01, 0, 0, 0, 0, 0, 1, 0, 9, 9],
      cut: true,
    },
    {
      says: 'a segment of unknown size, as recorded live, cannot be judged',
      bytes: [...EBML, ...SEGMENT, 0x01, 255, 255, 255, 255, 255, 255, 255, 9, 9],
      cut: false,
    },
    {
      says: 'an element of no known kind of length ends the search',
      bytes: [...EBML, 0, 0, 0, 0],
      cut: false,
    },
  ];
  it.each(rows)('$says', async ({ bytes, cut }) => {
    expect(await isTruncated(new Blob([new Uint8Array(bytes)]))).toBe(cut);
  });
});
