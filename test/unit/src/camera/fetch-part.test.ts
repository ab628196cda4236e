import { parts } from 'virtual:incam-sealed';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fetchAhead, PartFault, takePart } from '../../../../src/camera/fetch-part.ts';

// Tests are built without parts.
Object.assign(parts, { one: { url: 'one.bin', bytes: 3 } });

const asked: string[] = [];
let online = true;
beforeEach(() => {
  asked.length = 0;
  online = true;
  vi.stubGlobal('document', { baseURI: 'https://site.example/' });
  vi.stubGlobal('fetch', (url: URL) => {
    asked.push(url.pathname);
    return online
      ? Promise.resolve(new Response(Uint8Array.of(1, 2, 3)))
      : Promise.reject(new TypeError('offline'));
  });
});
afterEach(() => vi.unstubAllGlobals());

it('is fetched once, ahead, and handed over once', async () => {
  fetchAhead('one');
  fetchAhead('one');
  expect([...new Uint8Array(await takePart('one'))]).toEqual([1, 2, 3]);
  expect(asked).toEqual(['/one.bin']);
  // Its bytes have gone into a frame: the next frame needs its own.
  expect((await takePart('one')).byteLength).toBe(3);
  expect(asked).toHaveLength(2);
});

it('tells how far it is', async () => {
  const told: [number, number][] = [];
  await takePart('one', (loaded, total) => told.push([loaded, total]));
  expect(told.at(-1)).toEqual([3, 3]);
});

it('is asked for again where it could not be had ahead', async () => {
  online = false;
  fetchAhead('one');
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve));
  online = true;
  expect((await takePart('one')).byteLength).toBe(3);
});

it('says why it cannot be had', async () => {
  await expect(takePart('another')).rejects.toThrow(new PartFault('another', 'missing'));
  online = false;
  await expect(takePart('one')).rejects.toThrow(new PartFault('one', 'not-reachable'));
});
