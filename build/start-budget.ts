/**
 * A bound on what a visitor fetches before the first case: the JavaScript of the home page, compressed. The build says how
 * much it is, and stops where it is more.
 */
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Bytes of JavaScript before the first case, each file compressed by gzip as a host does. */
export const MAX_START_BYTES = 120_000;

/** Loaded by the entry as soon as the page has its walls. */
const APP = /\/src\/app\/App\.svelte$/;

type Chunk = Pick<
  Rolldown.OutputChunk,
  'fileName' | 'imports' | 'isEntry' | 'facadeModuleId' | 'moduleIds' | 'code'
>;

/** Files of the home page: the entry, the app, and what they import. */
export function startFiles(chunks: readonly Chunk[]): Chunk[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<Chunk>();
  const follow = (chunk: Chunk | undefined) => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) follow(byName.get(name));
  };
  for (const chunk of chunks)
    if (chunk.isEntry || chunk.moduleIds.some((id) => APP.test(id.replaceAll('\\', '/')))) follow(chunk);
  return [...found];
}

/** Bytes of files after gzip. */
export const gzipBytes = (chunks: readonly Pick<Chunk, 'code'>[]): number =>
  chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);

export function startBudget(maxBytes: number = MAX_START_BYTES): Plugin {
  return {
    name: 'incam-start-budget',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, output) {
        const chunks = Object.values(output).filter((file) => file.type === 'chunk');
        const files = startFiles(chunks);
        const bytes = gzipBytes(files);
        const largest = files
          .map((file) => ({ name: file.fileName, bytes: gzipBytes([file]) }))
          .sort((a, b) => b.bytes - a.bytes)
          .map(({ name, bytes: each }) => `  ${name}: ${(each / 1000).toFixed(1)} kB`);
        const said = `JavaScript before the first case: ${(bytes / 1000).toFixed(1)} kB of ${maxBytes / 1000} kB (gzip)`;
        if (bytes > maxBytes) this.error([`${said}; too much`, ...largest].join('\n'));
        this.info(said);
      },
    },
  };
}
