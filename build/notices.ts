/**
 * Third-party notices, made at build time from what is really shipped: the licence text of every package whose code is in
 * the site, of the libraries compiled into the runtimes' binaries, and the terms of every model. A licence that cannot be
 * found, or a field that is not there, stops the build: a notice with a hole in it is none.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Plugin } from 'vite';
import { COMPILED_IN, type CompiledLibrary } from './compiled-libraries.ts';

/** Packages whose weights are part of the site although they are installed as development dependencies. */
export const WEIGHT_PACKAGES = [
  '@vladmandic/human',
  '@vladmandic/face-api',
  '@mediapipe/face_detection',
  '@mediapipe/selfie_segmentation',
];
/** Packages that are handed into the sealed frame as they were published, so that no bundler sees them. */
export const COPIED_PACKAGES = ['onnxruntime-web', 'onnxruntime-common', '@mediapipe/tasks-vision'];

const Manifest = v.object({
  version: v.string(),
  license: v.string(),
  author: v.optional(v.union([v.string(), v.object({ name: v.string() })])),
});

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

const require = createRequire(import.meta.url);

/**
 * The text of a licence by its SPDX identifier.
 * @throws {Error} for an identifier that SPDX does not know
 */
function standardText(spdx: string): string {
  const { licenseText } = require(`spdx-license-list/licenses/${spdx}.json`) as { licenseText: string };
  return licenseText.trim();
}

/** @throws {Error} when a package that is shipped states no licence, or one whose text is nowhere to be found */
function readPackage(root: string, name: string): Package {
  const folder = join(root, 'node_modules', name);
  const manifest = v.parse(Manifest, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  const text = file
    ? readFileSync(join(folder, file), 'utf8').trim()
    : [
        ...(author ? [`Copyright ${author}`] : []),
        'The package carries no licence file; this is the text of the licence that it names:',
        standardText(manifest.license),
      ].join('\n\n');
  return { name, version: manifest.version, licence: manifest.license, text };
}

const Text = v.object({ en: v.pipe(v.string(), v.minLength(1)) });
const ModelTerms = v.object({
  id: v.string(),
  title: Text,
  licence: v.pipe(v.string(), v.minLength(1)),
  copyright: v.pipe(v.string(), v.minLength(1)),
  trainedOn: Text,
  source: v.union([
    v.object({ package: v.string(), version: v.string(), files: v.array(v.string()), origin: v.string() }),
    v.object({ url: v.string() }),
    v.object({ file: v.string() }),
  ]),
  facts: v.optional(v.unknown()),
});

export type ModelTerms = v.InferOutput<typeof ModelTerms>;

function modelTerms(root: string): ModelTerms[] {
  const registry = join(root, 'public/models/registry.json');
  if (!existsSync(registry)) return [];
  const { models } = JSON.parse(readFileSync(registry, 'utf8')) as { models: unknown };
  return v.parse(v.array(ModelTerms), models).filter(({ facts }) => facts !== undefined);
}

const LINE = '-'.repeat(80);
const packageNotice = ({ name, version, licence, text }: Package) =>
  `${LINE}\n${name} ${version} (${licence})\n\n${text}\n`;
const libraryNotice = ({ name, licence, copyright, source }: CompiledLibrary) =>
  `${LINE}\n${name} (${licence})\n${copyright}\nFrom: ${source}\n`;

/** Licences that a model may have, and where their text is: in the notices, or nowhere because none is needed. */
const MODEL_LICENCES: Readonly<Record<string, string>> = {
  MIT: 'the text follows, with the package or at the end',
  'Apache-2.0': 'the text follows at the end',
  'BSD-3-Clause': 'the text follows at the end',
  'CC0-1.0': 'no terms: https://creativecommons.org/publicdomain/zero/1.0/legalcode',
};

function placeOf(source: ModelTerms['source']): string {
  if ('package' in source) return `${source.package} ${source.version}: ${source.files.join(', ')}`;
  return 'url' in source ? source.url : source.file;
}

/**
 * @returns a model's terms in words
 * @throws {Error} when its card names no licence whose text the notices have: it must not be shipped then
 */
export function termsOf(model: ModelTerms): string {
  const { id, title, licence, copyright, trainedOn, source } = model;
  const licences = Object.keys(MODEL_LICENCES).filter((name) => licence.includes(name));
  if (licences.length === 0) throw new Error(`${id}: no text for the licence "${licence}"`);
  if (!copyright || !trainedOn.en)
    throw new Error(`${id}: the card does not say whose it is, or what it was trained on`);
  return [
    `${title.en} [${id}]`,
    `Licence: ${licence}`,
    ...licences.map((name) => `  ${name}: ${MODEL_LICENCES[name]!}`),
    copyright,
    `From: ${placeOf(source)}`,
    ...('origin' in source ? [`Origin: ${source.origin}`] : []),
    `Trained on: ${trainedOn.en}`,
    '',
  ].join('\n');
}

/**
 * @param root the repository's root
 * @param packages names of the packages whose code is shipped
 * @returns the whole text
 * @throws {Error} when something that must be said is not known
 */
export function thirdPartyNotices(root: string, packages: Iterable<string> = []): string {
  const models = modelTerms(root);
  // Weights are part of the site although their packages are installed as development dependencies.
  const carriers = models.flatMap(({ source }) => ('package' in source ? [source.package] : []));
  const names = [...new Set([...packages, ...COPIED_PACKAGES, ...WEIGHT_PACKAGES, ...carriers])].sort();
  const licences = [
    ...new Set(['Apache-2.0', 'BSD-3-Clause', ...COMPILED_IN.flatMap(({ licences: all }) => all)]),
  ].sort();
  return [
    'Models\n',
    ...models.map((model) => `${LINE}\n${termsOf(model)}`),
    'Libraries\n',
    ...names.map((name) => packageNotice(readPackage(root, name))),
    'Libraries compiled into the binaries of ONNX Runtime and MediaPipe\n',
    ...COMPILED_IN.map(libraryNotice),
    'Licences of the models and of the libraries compiled in\n',
    ...licences.map((spdx) => `${LINE}\n${spdx}\n\n${standardText(spdx)}\n`),
  ].join('\n');
}

/** The package that a module belongs to, if it is one's. */
export const packageOf = (id: string): string | undefined =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(id.replaceAll('\\', '/'))?.[1];

const shipped = new Set<string>();

/** Notes whose code a bundle takes in; to be part of every bundle of the site. */
export const noteShipped = (): Plugin => ({
  name: 'incam-note-shipped',
  apply: 'build',
  transform(_code, id) {
    const name = packageOf(id);
    if (name) shipped.add(name);
  },
});

/** Adds `third-party-notices.txt` to the built site. Comes after everything that adds bundles. */
export function notices(): Plugin {
  return {
    name: 'incam-notices',
    apply: 'build',
    generateBundle() {
      const source = thirdPartyNotices(join(import.meta.dirname, '..'), shipped);
      this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source });
    },
  };
}
