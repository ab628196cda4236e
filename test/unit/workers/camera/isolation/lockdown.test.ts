import { describe, expect, it } from 'vitest';
import { lockdown } from '../../../../../workers/camera/isolation/lockdown.ts';

/** A scope with the doors of a dedicated worker. */
function scope() {
  const sent: unknown[] = [];
  const requests: string[] = [];
  const headers: unknown[] = [];
  const doors = {
    sent,
    requests,
    headers,
    location: { origin: 'https://incam.example', href: 'https://incam.example/assets/camera.js' },
    postMessage: (message: unknown) => void sent.push(message),
    fetch: (input: unknown, init?: RequestInit) => {
      headers.push(init?.headers);
      requests.push(String(input instanceof Request ? input.url : input));
      return Promise.resolve(new Response('ok'));
    },
    BroadcastChannel: class {},
    WebSocket: class {},
    XMLHttpRequest: class {},
    caches: {},
    indexedDB: {},
    navigator: Object.create({ storage: { getDirectory: () => {} } }) as Navigator,
  };
  return doors as unknown as Parameters<typeof lockdown>[0] & typeof doors;
}

describe('lockdown', () => {
  it('leaves one way out, and gives it to the caller', () => {
    const doors = scope();
    const post = lockdown(doors);
    post('through the gate');
    expect(() => doors.postMessage('past the gate')).toThrowError(TypeError);
    expect(doors.sent).toEqual(['through the gate']);
  });

  it.each(['BroadcastChannel', 'WebSocket', 'XMLHttpRequest', 'caches', 'indexedDB'] as const)(
    'closes %s',
    (name) => {
      const doors = scope();
      lockdown(doors);
      expect(doors[name]).toBeUndefined();
      expect(() => Object.defineProperty(doors, name, { value: class {} })).toThrowError(TypeError);
    },
  );

  it.each([
    {
      says: 'reads from its own site',
      url: 'https://incam.example/models/registry.json',
      init: {},
      ok: true,
    },
    { says: 'reads relative to itself', url: './model.onnx', init: {}, ok: true },
    { says: 'asks nobody else', url: 'https://elsewhere.example/x', init: {}, ok: false },
    { says: 'sends nothing, even home', url: '/collect', init: { method: 'POST', body: 'x' }, ok: false },
    { says: 'puts nothing into a query', url: '/models/a.onnx?pixels=AAECAw', init: {}, ok: false },
  ])('$says', async ({ url, init, ok }) => {
    const doors = scope();
    lockdown(doors);
    if (ok) await expect(doors.fetch(url, init)).resolves.toBeInstanceOf(Response);
    else await expect(doors.fetch(url, init)).rejects.toThrowError(TypeError);
    expect(doors.requests).toHaveLength(ok ? 1 : 0);
  });

  it('passes no headers on', async () => {
    const doors = scope();
    lockdown(doors);
    await doors.fetch('/models/registry.json', { headers: { 'X-Pixels': 'AAECAw' } });
    await doors.fetch(new Request('https://incam.example/a.onnx', { headers: { 'X-Pixels': 'AAECAw' } }));
    expect(doors.headers).toEqual([undefined, undefined]);
  });

  it('closes the private file system, which would outlive the worker', () => {
    const doors = scope();
    lockdown(doors);
    expect(doors.navigator.storage).toBeUndefined();
  });
});
