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

/** Packages whose code or weights are part of the site although they are installed as development dependencies. */
const WEIGHT_PACKAGES = ['@vladmandic/human', '@mediapipe/face_detection', '@mediapipe/selfie_segmentation'];

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

interface ModelTerms {
  id: string;
  title: string;
  licence: string;
  copyright: string;
  trainedOn: string;
  source: { package?: string; url?: string; file: string };
  facts?: unknown;
}

function modelTerms(root: string): ModelTerms[] {
  const registry = join(root, 'public/models/registry.json');
  if (!existsSync(registry)) return [];
  const { models } = JSON.parse(readFileSync(registry, 'utf8')) as { models: ModelTerms[] };
  return models.filter((model) => model.facts);
}

/** @param root the repository's root @returns the whole text */
function thirdPartyNotices(root: string): string {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const line = '-'.repeat(80);
  const packages = closure(root, [...Object.keys(own.dependencies), ...WEIGHT_PACKAGES]).map(
    ({ name, version, licence, text }) => `${line}\n${name} ${version} (${licence})\n\n${text}\n`,
  );
  const models = modelTerms(root).map(
    ({ id, title, licence, copyright, trainedOn, source }) =>
      `${line}\n${title} [${id}]\nLicence: ${licence}\n${copyright}\nFrom: ${source.package ?? source.url ?? ''} ${source.file}\nTrained on: ${trainedOn}\n`,
  );
  return ['Models', ...models, 'Libraries', ...packages].join('\n');
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
