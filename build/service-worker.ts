/**
 * Builds the site's service worker when everything else has been written: it holds the list of the site's files with their
 * SHA-256, from the folder that will be served.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { securityHeaders } from './headers.ts';
import { bundle, type SealedBuild } from './sealed-parts.ts';
import {
  FILE_GROUPS,
  type FileGroup,
  type SiteFile,
  type SiteFiles,
} from '../workers/service-worker/site-files.ts';

/** Name of the worker in the built site; its place is its scope. */
const WORKER = 'service-worker.js';
/** Sizes of the groups, in bytes: what the page says before the visitor chooses. */
const SIZES = 'offline-sizes.json';

/** Models that the cases start with; a test compares them with the cases. */
export const CASE_MODELS: readonly string[] = [
  'age',
  'blazeface',
  'centernet-person',
  'centernet-street',
  'face-descriptor',
  'sign-finder',
  'sign-kinds',
  'sex',
];

/** Files for hosts and for readers of the repository: no page asks for them. */
const NOT_ASKED_FOR =
  /^(_headers|hosts\/|embed\.js|screenshot\.|service-worker\.js|offline-sizes\.json|.*\.truth\.json$|\.)/;

/** @param url below the site's root; @param defaults models that a case starts with */
export function groupOf(url: string, defaults: ReadonlySet<string>): FileGroup {
  if (url.startsWith('sealed/ort-webgpu-binary') || url.startsWith('sealed/gpu-host')) return 'gpu';
  if (url.startsWith('sealed/mediapipe')) return 'more';
  const model = /^models\/(.+)\.(onnx|tflite|task)$/.exec(url)?.[1];
  return model === undefined || defaults.has(model) ? 'site' : 'more';
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => relative(folder, join(folder, path)).replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** Lists a built site. @param folder absolute path */
export function listFiles(folder: string): SiteFiles {
  const defaults = new Set<string>(CASE_MODELS);
  const files: Record<string, SiteFile> = {};
  for (const url of filesIn(folder)) {
    if (NOT_ASKED_FOR.test(url)) continue;
    const bytes = readFileSync(join(folder, url));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files[url] = { group: groupOf(url, defaults), bytes: bytes.length, sha256 };
  }
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  return { version, files };
}

/** Bytes of each group. */
export function sizesOf({ files }: SiteFiles): Record<FileGroup, number> {
  const of = (group: FileGroup) =>
    Object.values(files).reduce((sum, file) => sum + (file.group === group ? file.bytes : 0), 0);
  return Object.fromEntries(FILE_GROUPS.map((group) => [group, of(group)])) as Record<FileGroup, number>;
}

/**
 * @param sealed what the build of the sealed frame came to
 * @param ancestors origins whose pages may show the site
 */
export function serviceWorker(sealed: () => Promise<SealedBuild>, ancestors: readonly string[]): Plugin {
  let root = '';
  return {
    name: 'incam-service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (!dir) return;
        const site = listFiles(dir);
        const headers = securityHeaders({ frameHash: (await sealed()).frameHash, ancestors });
        const code = await bundle(root, 'workers/service-worker/main.ts', 'iife', {
          __SITE_HEADERS__: JSON.stringify(headers),
          __SITE_FILES__: JSON.stringify(site),
        });
        writeFileSync(join(dir, WORKER), code);
        writeFileSync(join(dir, SIZES), JSON.stringify(sizesOf(site)));
      },
    },
  };
}
