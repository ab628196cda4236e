/** Fetches model cards and weights from the site itself, and checks them before anything else sees them. */
import * as v from 'valibot';
import { Registry, type CardFacts, type RegistryEntry } from '../../../models/registry.ts';
import { Fault } from '../isolation/fault.ts';
import { memoise } from './memoise.ts';

/** How far a download is, in bytes. */
export type OnBytes = (loaded: number, total: number) => void;

/** Where the site's files lie: in development the worker is served from its source folder, once built from `assets/`. */
export const siteRoot = (): URL => new URL(import.meta.env.DEV ? '/' : '../', self.location.href);

/**
 * The cards of all models, installed or not. Fetched once.
 * @throws {Fault} 'model-missing' when there is none, 'model-corrupt' when it can not be read; the next call tries again
 */
export const loadRegistry = memoise(async (root: string): Promise<Registry> => {
  const response = await request(new URL('models/registry.json', root), 'registry');
  const parsed = v.safeParse(Registry, await response.json().catch(() => undefined));
  if (!parsed.success)
    throw new Fault('model-corrupt', `the registry of models: ${parsed.issues[0].message}`);
  return parsed.output;
});

/**
 * The card of a model that is installed.
 * @throws {Fault} 'model-missing' when no such model is known or its weights are not installed
 */
export async function findModel(id: string, root: URL = siteRoot()): Promise<InstalledModel> {
  const { models } = await loadRegistry(root.href);
  const entry = models.find((model) => model.id === id);
  if (!entry)
    throw missing(id, `there is no model ${id}, only ${models.map((model) => model.id).join(', ')}`);
  if (!isInstalled(entry)) throw missing(id, `the weights of ${id} are not installed`);
  return entry;
}

export type InstalledModel = RegistryEntry & { readonly facts: CardFacts };
const isInstalled = (entry: RegistryEntry): entry is InstalledModel => entry.facts !== undefined;

/**
 * Downloads a model's weights and compares size and SHA-256 with the card.
 * @throws {Fault} 'model-missing' (no answer, or not the file), 'model-corrupt' (wrong size), 'model-wrong-hash',
 *   'memory-exhausted'
 */
export async function fetchWeights(
  entry: InstalledModel,
  onBytes: OnBytes,
  root: URL = siteRoot(),
): Promise<Uint8Array> {
  const { id, facts } = entry;
  const response = await request(new URL(facts.url, root), id);
  const weights = allocate(facts.bytes, id);
  let loaded = 0;
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (loaded + value.length > facts.bytes) throw corrupt(id, `more than ${facts.bytes} bytes`);
      weights.set(value, loaded);
      loaded += value.length;
      onBytes(loaded, facts.bytes);
    }
  } catch (cause) {
    await reader.cancel().catch(() => {});
    if (cause instanceof Fault) throw cause;
    throw new Fault('model-corrupt', `${id} broke off after ${loaded} bytes`, { cause, subject: id });
  }
  if (loaded !== facts.bytes) throw corrupt(id, `${loaded} bytes instead of ${facts.bytes}`);
  return weights;
}

/** @throws {Fault} 'model-wrong-hash' when the bytes are not the card's; 'backend-unavailable' where nothing can be hashed */
export async function verifyWeights({ id, facts }: InstalledModel, weights: Uint8Array): Promise<void> {
  // Absent outside of secure contexts; an unchecked model is not loaded.
  if (!globalThis.crypto?.subtle)
    throw new Fault('backend-unavailable', 'no crypto.subtle: the page is not secure');
  const digest = await crypto.subtle.digest('SHA-256', weights as Uint8Array<ArrayBuffer>);
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hash !== facts.sha256)
    throw new Fault('model-wrong-hash', `${id} has the hash ${hash}, not ${facts.sha256}`, { subject: id });
}

async function request(url: URL, id: string): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw missing(id, `no answer for ${url.pathname}`, cause);
  });
  // A development server answers with its start page for files that are not there.
  const isPage = response.headers.get('content-type')?.startsWith('text/html');
  if (!response.ok || isPage || !response.body) {
    await response.body?.cancel();
    throw missing(id, `${url.pathname}: ${isPage ? 'a page instead of the file' : response.status}`);
  }
  return response;
}

function allocate(bytes: number, id: string): Uint8Array {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new Fault('memory-exhausted', `no memory for ${bytes} bytes of ${id}`, { cause, subject: id });
  }
}

const missing = (subject: string, message: string, cause?: unknown) =>
  new Fault('model-missing', message, { cause, subject });
const corrupt = (subject: string, message: string) =>
  new Fault('model-corrupt', `${subject}: ${message}`, { subject });
