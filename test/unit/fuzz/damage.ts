/** Files that were damaged on the way: bytes exchanged, cut off, left out, doubled, put in. */
import fc, { type Arbitrary } from 'fast-check';

interface Damage {
  readonly how: 'exchange' | 'cut' | 'leave-out' | 'double' | 'put-in';
  /** Where, as a share of the file; most of what a reader decides by stands at the beginning. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

const damage: Arbitrary<Damage> = fc.record({
  how: fc.constantFrom('exchange', 'exchange', 'exchange', 'cut', 'leave-out', 'double', 'put-in'),
  at: fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x ** 3),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 16 }),
    fc.constantFrom(new Uint8Array(4).fill(255), new Uint8Array(8), Uint8Array.of(0x7f, 255, 255, 255)),
  ),
});

/** A file with one to four damages, or bytes that never were one. */
export const damaged = (files: readonly Uint8Array<ArrayBuffer>[]): Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => bytes.slice()) },
    {
      weight: 9,
      arbitrary: fc
        .tuple(fc.constantFrom(...files), fc.array(damage, { minLength: 1, maxLength: 4 }))
        .map(([file, damages]) => damages.reduce(apply, file)),
    },
  );

function apply(file: Uint8Array<ArrayBuffer>, { how, at, bytes }: Damage): Uint8Array<ArrayBuffer> {
  const from = Math.floor(at * file.length);
  const parts = {
    exchange: [file.subarray(0, from), bytes, file.subarray(from + bytes.length)],
    cut: [file.subarray(0, from)],
    'leave-out': [file.subarray(0, from), file.subarray(from + bytes.length)],
    double: [file, file.subarray(from)],
    'put-in': [file.subarray(0, from), bytes, file.subarray(from)],
  }[how];
  const made = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    made.set(part, end);
    end += part.length;
  }
  return made;
}
