/**
 * Third-party notices, made at build time from what is really installed: the licence text of every package that goes
 * into the site, and the terms of every model. Nothing is copied into the repository, and nothing can go stale.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  name: string;
  version: string;
  licence: string;
  text: string;
}

/** @throws {Error} when a package that goes into the site has no licence field: it must not be shipped then */
function readPackage(root: string, name: string): Package & { dependencies: string[] } {
  const folder = join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof manifest.license !== 'string') throw new Error(`${name} states no licence`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  return {
    name,
    version: manifest.version,
    licence: manifest.license,
    text: file ? readFileSync(join(folder, file), 'utf8').trim() : '(the package carries no licence file)',
    dependencies: Object.keys(manifest.dependencies ?? {}),
  };
}

/** All packages reachable from the given ones, themselves included, by name. */
function closure(root: string, names: readonly string[]): Package[] {
  const found = new Map<string, Package>();
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name) || !existsSync(join(root, 'node_modules', name, 'package.json'))) continue;
    const entry = readPackage(root, name);
    found.set(name, entry);
    queue.push(...entry.dependencies);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** What `registry.json` says of a model, as far as its terms go. */
export interface ModelTerms {
  readonly id: string;
  readonly title: { readonly en: string };
  readonly licence: string;
  readonly copyright: string;
  readonly trainedOn: { readonly en: string };
  readonly source: {
    readonly package?: string;
    readonly version?: string;
    readonly files?: readonly string[];
    readonly origin?: string;
    readonly url?: string;
    readonly file?: string;
  };
  /** Of models that are served. */
  readonly facts?: unknown;
}

function modelTerms(root: string): ModelTerms[] {
  const registry = join(root, 'public/models/registry.json');
  if (!existsSync(registry)) return [];
  const { models } = JSON.parse(readFileSync(registry, 'utf8')) as { models: ModelTerms[] };
  return models.filter((model) => model.facts);
}

/** Licences that a model may have by itself, and where their text is: in the site, or nowhere because none is needed. */
const KNOWN: Readonly<Record<string, string>> = {
  MIT: 'its text stands with the package below',
  'Apache-2.0': 'its text stands at the end',
  'BSD-3-Clause': 'its text stands with the package below',
  'CC0-1.0': 'no terms: https://creativecommons.org/publicdomain/zero/1.0/legalcode',
};

/**
 * @returns a model's terms in words
 * @throws {Error} when its card names no licence whose text the notices have: it must not be shipped then
 */
export function termsOf({ id, title, licence, copyright, trainedOn, source }: ModelTerms): string {
  const licences = Object.keys(KNOWN).filter((name) => licence.includes(name));
  if (licences.length === 0) throw new Error(`${id}: no text for the licence "${licence}"`);
  if (!copyright || !trainedOn.en)
    throw new Error(`${id}: the card does not say whose it is, or what it was trained on`);
  const from = source.package
    ? `${source.package} ${source.version ?? ''}: ${(source.files ?? []).join(', ')}`
    : (source.url ?? source.file ?? '');
  return [
    `${title.en} [${id}]`,
    `Licence: ${licence}`,
    ...licences.map((name) => `  ${name}: ${KNOWN[name]!}`),
    copyright,
    `From: ${from}`,
    ...(source.origin ? [`Origin: ${source.origin}`] : []),
    `Trained on: ${trainedOn.en}`,
    '',
  ].join('\n');
}

/**
 * @param root the repository's root
 * @returns the whole text
 * @throws {Error} when something that is shipped has no terms
 */
export function thirdPartyNotices(root: string): string {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const line = '-'.repeat(80);
  const models = modelTerms(root);
  // Weights are part of the site although their packages are installed as development dependencies.
  const carriers = models.flatMap(({ source }) => source.package ?? []);
  const packages = closure(root, [...Object.keys(own.dependencies), ...carriers]).map(
    ({ name, version, licence, text }) => `${line}\n${name} ${version} (${licence})\n\n${text}\n`,
  );
  const apache = readFileSync(join(root, 'LICENSE'), 'utf8');
  return [
    'Models',
    ...models.map((model) => `${line}\n${termsOf(model)}`),
    'Libraries',
    ...packages,
    `${line}\nApache License, version 2.0, as it applies to models above\n\n${apache}`,
  ].join('\n');
}

/** Adds `third-party-notices.txt` to the built site. */
export function notices(): Plugin {
  return {
    name: 'incam-notices',
    apply: 'build',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'third-party-notices.txt',
        source: thirdPartyNotices(import.meta.dirname),
      });
    },
  };
}
