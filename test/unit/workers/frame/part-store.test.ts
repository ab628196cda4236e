import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PartStore } from '../../../../workers/frame/part-store.ts';

const CODE = new TextEncoder().encode('export {};');
const HASH = createHash('sha256').update(CODE).digest('hex');
const copy = () => CODE.slice().buffer;

describe('parts handed into the frame', () => {
  it('are taken where they are what the site was built with', async () => {
    const store = new PartStore({ camera: HASH });
    expect(await store.accepts('camera', copy())).toBe(true);
  });

  it.each([
    { says: 'one changed bit', name: 'camera', change: (bytes: Uint8Array) => (bytes[3]! ^= 1) },
    { says: 'the bytes of another part', name: 'model', change: () => {} },
    { says: 'a name that is not on the list', name: 'other', change: () => {} },
    { says: 'a name that every object has', name: 'constructor', change: () => {} },
  ])('are refused with $says', async ({ name, change }) => {
    const store = new PartStore({ camera: HASH, model: HASH.replace(/^./, 'x') });
    const bytes = copy();
    change(new Uint8Array(bytes));
    expect(await store.accepts(name, bytes)).toBe(false);
  });

  it('are not there before they were kept', () => {
    expect(() => new PartStore({ camera: HASH }).get('camera')).toThrowError(RangeError);
  });
});
