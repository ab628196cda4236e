import { describe, expect, it, vi } from 'vitest';
import { deleteAllBut, lockdown } from '../../../../workers/isolation/lockdown.ts';

/** A scope with the doors of a dedicated worker, some of them on its prototypes. */
function scope() {
  const fetched: string[] = [];
  const fetch = (url: string) => {
    fetched.push(url);
    return Promise.resolve(new Response('ok'));
  };
  const farther = Object.create(null, {
    fetch: { value: fetch, configurable: true, writable: true },
    indexedDB: { get: () => ({}), configurable: true },
    caches: { get: () => ({}), configurable: true },
  }) as object;
  const nearer = Object.create(farther, {
    postMessage: { value: () => {}, configurable: true },
    constructor: { value: class {}, configurable: true },
  }) as object;
  const navigator = Object.create({
    storage: {},
    locks: {},
    hardwareConcurrency: 2,
  }) as object;
  const own = {
    WebSocket: class {},
    SomethingThatIsInventedTomorrow: class {},
    Array,
    Worker: class {},
    navigator,
  };
  const doors = Object.assign(Object.create(nearer) as object, own);
  return { doors: doors as typeof own & Record<string, unknown>, fetched };
}

describe('lockdown', () => {
  it.each(['WebSocket', 'SomethingThatIsInventedTomorrow', 'postMessage', 'indexedDB', 'caches', 'Worker'])(
    'takes %s away, wherever on the chain it is',
    (name) => {
      const { doors } = scope();
      lockdown(doors);
      for (let holder: object | null = doors; holder; holder = Object.getPrototypeOf(holder) as object | null)
        expect(Object.getOwnPropertyDescriptor(holder, name)).toBeUndefined();
    },
  );

  it('leaves the language, and of the navigator what a runtime asks', () => {
    const { doors } = scope();
    lockdown(doors);
    expect(doors.Array).toBe(Array);
    const navigator = doors.navigator as Record<string, unknown>;
    expect([navigator['hardwareConcurrency'], navigator['storage'], navigator['locks']]).toEqual([
      2,
      undefined,
      undefined,
    ]);
  });

  it('keeps what its caller names', () => {
    const { doors } = scope();
    lockdown(doors, { keep: ['postMessage'] });
    expect(doors['postMessage']).toBeTypeOf('function');
  });

  it.each([
    { says: 'what lies in its own memory', url: 'blob:null/1', ok: true },
    { says: 'its own site', url: '/models/a.onnx', ok: false },
    { says: 'another site', url: 'https://elsewhere.example/', ok: false },
    { says: 'data', url: 'data:text/plain,x', ok: false },
  ])('fetches $says: $ok', async ({ url, ok }) => {
    const { doors, fetched } = scope();
    lockdown(doors);
    const fetch = doors['fetch'] as (input: unknown) => Promise<Response>;
    if (ok) await expect(fetch(url)).resolves.toBeInstanceOf(Response);
    else await expect(fetch(url)).rejects.toThrowError(TypeError);
    await expect(fetch({ url: 'https://elsewhere.example/' })).rejects.toThrowError(TypeError);
    expect(fetched).toEqual(ok ? [url] : []);
  });

  it('gives a worker of its caller’s making in the place of the browser’s', () => {
    const { doors } = scope();
    const native = doors.Worker;
    const made = vi.fn();
    lockdown(doors, { createWorker: (found) => (expect(found).toBe(native), made) });
    expect(doors.Worker).toBe(made);
    expect(() => Object.defineProperty(doors, 'Worker', { value: native })).toThrowError(TypeError);
  });

  it('does not go on where a door cannot be closed', () => {
    const doors = Object.defineProperty({}, 'WebSocket', { value: class {}, configurable: false });
    expect(() => lockdown(doors)).toThrowError(/WebSocket/);
  });

  it('lets a constant be, which leads nowhere', () => {
    const constant = Object.defineProperty({}, 'PERSISTENT', { value: 1, configurable: false });
    expect(deleteAllBut(new Set(), constant)).toEqual([]);
  });
});
