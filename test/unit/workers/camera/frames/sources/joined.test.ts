import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordingsIn } from '../../../../../../workers/camera/frames/sources/joined.ts';

const text = (value: string) => Array.from(value, (char) => char.charCodeAt(0));

/** An ISO box with so many bytes in it. */
function box(type: string, bytes: number): number[] {
  const size = 8 + bytes;
  return [
    size >>> 24,
    (size >>> 16) & 255,
    (size >>> 8) & 255,
    size & 255,
    ...text(type),
    ...Array<number>(bytes).fill(7),
  ];
}
/** An EBML element: an id of four bytes, a size of eight, unknown where `bytes` is undefined. */
function element(id: number[], content: number[], open = false): number[] {
  const { length } = content;
  const size = open ? [1, 255, 255, 255, 255, 255, 255, 255] : [1, 0, 0, 0, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]; // prettier-ignore
  return [...id, ...size, ...content];
}
const header = element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x84, ...text('webm')]);
const segment = (bytes: number, open: boolean) =>
  element([0x18, 0x53, 0x80, 0x67], Array<number>(bytes).fill(0x1a), open);

const lengths = async (parts: readonly number[][]) =>
  (await recordingsIn(new Blob([Uint8Array.from(parts.flat())]))).map(({ size }) => size);

const bytes = fc.integer({ min: 0, max: 90_000 });

describe('recordings joined byte by byte are told apart', () => {
  it('MP4, with the index in front, behind or in fragments', async () => {
    const recording = fc
      .tuple(bytes, bytes, fc.constantFrom('front', 'back', 'fragments'))
      .map(([a, b, index]) => {
        if (index === 'front') return [...box('ftyp', 16), ...box('moov', a), ...box('mdat', b)];
        if (index === 'back')
          return [...box('ftyp', 16), ...box('mdat', b), ...box('moov', a), ...box('free', 5)];
        const fragment = [...box('moof', 90), ...box('mdat', b)];
        return [...box('ftyp', 16), ...box('moov', a), ...box('styp', 8), ...fragment, ...fragment];
      });
    await fc.assert(
      fc.asyncProperty(fc.array(recording, { minLength: 1, maxLength: 4 }), async (parts) => {
        expect(await lengths(parts)).toEqual(parts.map(({ length }) => length));
      }),
      { numRuns: 30 },
    );
  });

  it('WebM, also where no length is stated', async () => {
    const recording = fc
      .tuple(bytes, fc.boolean())
      .map(([size, open]) => [...header, ...segment(size, open)]);
    await fc.assert(
      fc.asyncProperty(fc.array(recording, { minLength: 1, maxLength: 4 }), async (parts) => {
        expect(await lengths(parts)).toEqual(parts.map(({ length }) => length));
      }),
      { numRuns: 30 },
    );
  });
});

it.each([
  { says: 'nothing', parts: [] },
  { says: 'text', parts: [text('no video at all, but more than eight bytes')] },
  { says: 'an index without a beginning', parts: [box('moov', 30), box('mdat', 30)] },
  {
    says: 'a second beginning without an index',
    parts: [box('ftyp', 8), box('moov', 30), box('ftyp', 8), box('mdat', 9)],
  },
  { says: 'zeros', parts: [Array<number>(5000).fill(0)] },
])('$says is left as it is', async ({ parts }) => {
  expect(await lengths(parts)).toEqual([parts.flat().length]);
});
