import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CASES, needsOf } from '../../../../contract/index.ts';
import { CASE_MODELS, groupOf, listFiles, sizesOf } from '../../../../build/service-worker.ts';
import { models } from '../../../../src/app/models.svelte.ts';
import { SPECS } from '../../../../src/cases/specs.ts';
import { KeptFiles } from '../../../../workers/service-worker/kept-files.ts';
import type { FileGroup, SiteFiles } from '../../../../workers/service-worker/site-files.ts';

const SCOPE = 'https://host.example/sites/incam/';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** As much of the browser's cache storage as is used. */
function fakeStorage(): CacheStorage {
  const caches = new Map<string, Map<string, Response>>();
  const urlOf = (key: RequestInfo | URL) => (key instanceof Request ? key.url : String(key));
  const open = async (name: string) => {
    const held = caches.get(name) ?? new Map<string, Response>();
    caches.set(name, held);
    return {
      keys: async () => [...held.keys()].map((url) => new Request(url)),
      match: async (key: RequestInfo | URL) => held.get(urlOf(key))?.clone(),
      put: async (key: RequestInfo | URL, answer: Response) => void held.set(urlOf(key), answer),
      delete: async (key: RequestInfo | URL) => held.delete(urlOf(key)),
    } as unknown as Cache;
  };
  return {
    open,
    has: async (name: string) => caches.has(name),
    delete: async (name: string) => caches.delete(name),
    keys: async () => [...caches.keys()],
  } as unknown as CacheStorage;
}

/** A site by its texts. */
function siteOf(texts: Record<string, string>, group: (url: string) => FileGroup = () => 'site'): SiteFiles {
  const files = Object.fromEntries(
    Object.entries(texts).map(([url, text]) => [
      url,
      { group: group(url), bytes: text.length, sha256: hashOf(text) },
    ]),
  );
  return { version: hashOf(JSON.stringify(texts)).slice(0, 16), files };
}

let served: Record<string, string> = {};
let asked: string[] = [];
beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (address: URL) => {
    const url = address.href.slice(SCOPE.length);
    asked.push(url);
    if (!(url in served)) throw new TypeError('no network');
    return new Response(served[url], { headers: { 'Content-Type': 'text/html' } });
  });
});
afterEach(() => vi.unstubAllGlobals());

const textOf = (answer: Response | undefined) => answer?.text();
const OLD = { 'index.html': 'page 1', 'models/a.onnx': 'weights' };
const NEW = { 'index.html': 'page 2', 'models/a.onnx': 'weights' };

describe('files kept on the device', () => {
  it('are answered once the visitor’s choice is complete, and not before', async () => {
    served = OLD;
    const kept = new KeptFiles(siteOf(OLD), SCOPE, fakeStorage());
    await kept.keep('index.html');
    expect(await kept.find(SCOPE, true)).toBeUndefined();
    await expect(kept.complete(['site'])).rejects.toThrow('refused');
    await kept.keep('models/a.onnx');
    await kept.complete(['site']);
    const page = await kept.find(`${SCOPE}?from=poster#/about`, true);
    expect(await textOf(page)).toBe('page 1');
    expect(page?.headers.get('content-type')).toBe('text/html');
    expect(await textOf(await kept.find(`${SCOPE}models/a.onnx`, false))).toBe('weights');
  });

  it.each([
    { says: 'another path', address: `${SCOPE}models/b.onnx` },
    { says: 'another folder of the host', address: 'https://host.example/index.html' },
    { says: 'a name of every object', address: `${SCOPE}constructor` },
    { says: 'a query on a file', address: `${SCOPE}models/a.onnx?x` },
  ])('$says is not one of them', async ({ address }) => {
    served = OLD;
    const kept = new KeptFiles(siteOf(OLD), SCOPE, fakeStorage());
    await kept.keepAll(['site']);
    expect(await kept.find(address, false)).toBeUndefined();
  });

  it('that are not what was built are refused, when fetched and when answered', async () => {
    served = { ...OLD, 'index.html': 'forged' };
    const storage = fakeStorage();
    const kept = new KeptFiles(siteOf(OLD), SCOPE, storage);
    await expect(kept.keep('index.html')).rejects.toThrow('changed');
    served = OLD;
    await kept.keepAll(['site']);
    const cache = await storage.open((await storage.keys())[0]!);
    await cache.put(`${SCOPE}kept/${hashOf('page 1')}`, new Response('forged'));
    expect(await kept.find(SCOPE, true)).toBeUndefined();
  });

  it('of a newer version are only those that have changed; the older one answers until it is purged', async () => {
    const storage = fakeStorage();
    served = OLD;
    const older = new KeptFiles(siteOf(OLD), SCOPE, storage);
    await older.keepAll(['site']);
    served = NEW;
    asked = [];
    const newer = new KeptFiles(siteOf(NEW), SCOPE, storage);
    expect(await newer.chosen()).toEqual(['site']);
    expect(await newer.groups()).toEqual([]);
    await newer.keepAll(await newer.chosen());
    expect(asked).toEqual(['index.html']);
    expect(await textOf(await older.find(SCOPE, true))).toBe('page 1');
    await newer.purge();
    expect(await textOf(await newer.find(SCOPE, true))).toBe('page 2');
    const cache = await storage.open((await storage.keys())[0]!);
    expect((await cache.keys()).map(({ url }) => url)).toHaveLength(3);
  });

  it('without a network say so, and keep what is there', async () => {
    served = { 'index.html': 'page 1' };
    const kept = new KeptFiles(siteOf(OLD), SCOPE, fakeStorage());
    await expect(kept.keepAll(['site'])).rejects.toThrow('network');
    expect((await kept.state()).missing.site.map(({ url }) => url)).toEqual(['models/a.onnx']);
  });

  it('of groups that were not chosen are not answered', async () => {
    served = OLD;
    const group = (url: string): FileGroup => (url.startsWith('models/') ? 'more' : 'site');
    const kept = new KeptFiles(siteOf(OLD, group), SCOPE, fakeStorage());
    await kept.keepAll(['site']);
    expect(asked).toEqual(['index.html']);
    expect(await kept.find(`${SCOPE}models/a.onnx`, false)).toBeUndefined();
  });

  it('are gone when the visitor deletes them', async () => {
    served = OLD;
    const storage = fakeStorage();
    const kept = new KeptFiles(siteOf(OLD), SCOPE, storage);
    await kept.keepAll(['site']);
    await kept.forget();
    expect((await kept.state()).groups).toEqual([]);
    expect(await kept.find(SCOPE, true)).toBeUndefined();
    expect(await storage.keys()).toEqual([]);
  });
});

describe('the list of files', () => {
  it('holds what pages ask for, with size and hash, and not what hosts read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'incam-list-'));
    mkdirSync(join(folder, 'models'));
    const texts = {
      'index.html': 'page',
      'models/centernet.onnx': 'weights',
      _headers: '/*',
      'x.truth.json': '{}',
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    const site = listFiles(folder);
    rmSync(folder, { recursive: true });
    expect(site.files).toEqual({
      'index.html': { group: 'site', bytes: 4, sha256: hashOf('page') },
      'models/centernet.onnx': { group: 'more', bytes: 7, sha256: hashOf('weights') },
    });
    expect(sizesOf(site)).toEqual({ site: 4, gpu: 0, more: 7 });
  });

  it('keeps every model that a case starts with in the first group', () => {
    for (const id of CASES)
      for (const role of needsOf(id)) {
        const model = SPECS[id].models?.[role] ?? models.defaultFor(role);
        expect(CASE_MODELS, `${id}: ${role}`).toContain(model);
        expect(groupOf(`models/${model}.onnx`, new Set(CASE_MODELS))).toBe('site');
      }
  });
});
