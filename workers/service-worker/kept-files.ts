/**
 * The site's files as they are kept on the device. A file is kept under its SHA-256: a newer version of the site fetches only
 * what has changed, and two versions can lie beside one another until the older one is purged.
 */
import type { FileGroup, KeepFault, KeptState, SiteFile, SiteFiles } from './site-files.ts';
import { FILE_GROUPS } from './site-files.ts';

/** Why a file could not be kept. */
export class KeepError extends Error {
  constructor(readonly why: KeepFault) {
    super(why);
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class KeptFiles {
  readonly #site: SiteFiles;
  readonly #scope: string;
  readonly #cacheName: string;
  readonly #storage: CacheStorage;
  /** Groups that are known to be kept; a worker that was woken up reads them anew. */
  #complete: Promise<readonly FileGroup[]> | undefined;

  /** @param scope address of the site's root; @param storage for tests, the browser's own otherwise */
  constructor(site: SiteFiles, scope: string, storage: CacheStorage = caches) {
    this.#site = site;
    this.#scope = scope;
    // Several sites can lie on one origin.
    this.#cacheName = `incam ${new URL(scope).pathname}`;
    this.#storage = storage;
  }

  /** Groups that are kept whole in this version. */
  groups(): Promise<readonly FileGroup[]> {
    return (this.#complete ??= this.#readGroups());
  }

  /** Groups that are kept in any version: what the visitor has chosen. */
  async chosen(): Promise<readonly FileGroup[]> {
    if (!(await this.#storage.has(this.#cacheName))) return [];
    const cache = await this.#storage.open(this.#cacheName);
    const marks = (await cache.keys()).filter(({ url }) => url.startsWith(this.#markUrl('')));
    const read = await Promise.all(marks.map(async (mark) => (await cache.match(mark))?.json()));
    return FILE_GROUPS.filter((group) =>
      read.some((groups) => Array.isArray(groups) && groups.includes(group)),
    );
  }

  async state(): Promise<KeptState> {
    const held = new Set<string>();
    // To open a storage makes it: after the visitor's deletion there is none.
    if (await this.#storage.has(this.#cacheName)) {
      const cache = await this.#storage.open(this.#cacheName);
      for (const { url } of await cache.keys()) held.add(url);
    }
    const missing = { site: [], gpu: [], more: [] } as Record<FileGroup, { url: string; bytes: number }[]>;
    for (const [url, file] of Object.entries(this.#site.files))
      if (!held.has(this.#fileUrl(file))) missing[file.group].push({ url, bytes: file.bytes });
    return { groups: await this.groups(), missing };
  }

  /**
   * Fetches one file past all caches of the browser's own and keeps it, if it is the one that was built.
   * @throws {KeepError}
   */
  async keep(url: string): Promise<void> {
    const file = this.#fileAt(url);
    if (!file) throw new KeepError('refused');
    const cache = await this.#storage.open(this.#cacheName);
    if (await cache.match(this.#fileUrl(file))) return;
    const answer = await fetch(new URL(url, this.#scope), { cache: 'no-cache' }).catch(() => undefined);
    if (!answer?.ok) throw new KeepError('network');
    const bytes = await answer.arrayBuffer().catch(() => undefined);
    if (!bytes) throw new KeepError('network');
    if ((await sha256(bytes)) !== file.sha256) throw new KeepError('changed');
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    try {
      await cache.put(this.#fileUrl(file), new Response(bytes, { headers: { 'Content-Type': type } }));
    } catch {
      throw new KeepError('full');
    }
  }

  /** Keeps all files of some groups. @throws {KeepError} */
  async keepAll(groups: readonly FileGroup[]): Promise<void> {
    const { missing } = await this.state();
    for (const group of groups) for (const { url } of missing[group]) await this.keep(url);
    await this.complete(groups);
  }

  /** Answers from what is kept from now on. @throws {KeepError} when a file of these groups is missing */
  async complete(groups: readonly FileGroup[]): Promise<void> {
    const { missing } = await this.state();
    if (groups.some((group) => missing[group].length > 0)) throw new KeepError('refused');
    const cache = await this.#storage.open(this.#cacheName);
    await cache.put(this.#markUrl(this.#site.version), new Response(JSON.stringify(groups)));
    this.#complete = undefined;
  }

  /** Takes away what belongs to other versions. */
  async purge(): Promise<void> {
    if (!(await this.#storage.has(this.#cacheName))) return;
    const cache = await this.#storage.open(this.#cacheName);
    const own = new Set(Object.values(this.#site.files).map((file) => this.#fileUrl(file)));
    own.add(this.#markUrl(this.#site.version));
    for (const key of await cache.keys()) if (!own.has(key.url)) await cache.delete(key);
  }

  async forget(): Promise<void> {
    await this.#storage.delete(this.#cacheName);
    this.#complete = undefined;
  }

  /**
   * A kept file, if the visitor keeps this version and the bytes are still what they were: another script of this origin
   * could write into the same storage.
   * @param navigation whether a page is asked for: any query leads to the same one
   */
  async find(address: string, navigation: boolean): Promise<Response | undefined> {
    const url = this.#urlOf(address, navigation);
    const file = url === undefined ? undefined : this.#fileAt(url);
    if (!file || !(await this.groups()).includes(file.group)) return undefined;
    const cache = await this.#storage.open(this.#cacheName);
    const kept = await cache.match(this.#fileUrl(file));
    if (!kept) return undefined;
    const bytes = await kept.arrayBuffer();
    if ((await sha256(bytes)) === file.sha256) return new Response(bytes, { headers: kept.headers });
    await cache.delete(this.#fileUrl(file));
    return undefined;
  }

  #fileAt(url: string): SiteFile | undefined {
    return Object.hasOwn(this.#site.files, url) ? this.#site.files[url] : undefined;
  }

  /** The address below the root. */
  #urlOf(address: string, navigation: boolean): string | undefined {
    const url = new URL(address);
    url.hash = '';
    if (navigation) url.search = '';
    if (!url.href.startsWith(this.#scope)) return undefined;
    return decodeURIComponent(url.href.slice(this.#scope.length)) || 'index.html';
  }

  async #readGroups(): Promise<readonly FileGroup[]> {
    if (!(await this.#storage.has(this.#cacheName))) return [];
    const cache = await this.#storage.open(this.#cacheName);
    const mark = await cache.match(this.#markUrl(this.#site.version));
    const groups: unknown = await mark?.json().catch(() => undefined);
    return FILE_GROUPS.filter((group) => Array.isArray(groups) && groups.includes(group));
  }

  #fileUrl = ({ sha256 }: SiteFile): string => new URL(`kept/${sha256}`, this.#scope).href;
  #markUrl = (version: string): string => new URL(`kept/complete-${version}`, this.#scope).href;
}
