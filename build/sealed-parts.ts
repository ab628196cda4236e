/**
 * What goes into the sealed frame: code in self-contained pieces, runtimes, models and samples, each with its SHA-256.
 *
 * The frame reaches no address, so that everything is handed in as bytes. A piece of code must therefore be whole: inside a
 * blob a relative `import` and `new URL(…, import.meta.url)` lead nowhere. The list of hashes is built into the frame's own
 * script, and the script's hash stands in the page's content security policy: from there on every byte is held to the list.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { noteShipped } from './notices.ts';
import { build, type Plugin, type Rolldown } from 'vite';

/** Our own code, bundled; by the name under which the frame asks for it. */
const BUNDLES = {
  camera: 'workers/camera/main.ts',
  'thread-lockdown': 'workers/isolation/thread-lockdown.ts',
  'live-scene': 'workers/live-scene/main.ts',
  'shape-builder': 'workers/shape-builder/main.ts',
  'gpu-host': 'workers/gpu-host/main.ts',
} as const;

/** Other people's code and runtimes, as they were published. */
const COPIES = {
  'ort-wasm': 'onnxruntime-web/dist/ort.wasm.bundle.min.mjs',
  'ort-thread': 'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'ort-webgpu-binary': 'onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm',
  mediapipe: '@mediapipe/tasks-vision/vision_bundle.mjs',
  'mediapipe-loader': '@mediapipe/tasks-vision/wasm/vision_wasm_module_internal.js',
  'mediapipe-binary': '@mediapipe/tasks-vision/wasm/vision_wasm_module_internal.wasm',
} as const;

/** Folders of `public` whose files are handed in under their path. */
const PUBLIC_FOLDERS = ['models', 'samples'];
/** What of them only the page reads. */
const PAGE_ONLY = /\.(json|txt|md)$/;
/** The cards of the models are checked like the models. */
const REGISTRY = 'models/registry.json';

/** Run as classic scripts; the others are imported. */
const CLASSIC = new Set(['shape-builder']);

const FRAME_ENTRY = 'workers/frame/main.ts';
const VIRTUAL = 'virtual:incam-sealed';

export interface Part {
  /** Address below the site's root. */
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface SealedBuild {
  readonly parts: Readonly<Record<string, Part>>;
  /** Contents of the parts that are not files of `public` already. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly frameScript: string;
  /** For a content security policy: base64 of the script's SHA-256. */
  readonly frameHash: string;
}

const sha256 = (bytes: Buffer | string, encoding: 'hex' | 'base64' = 'hex') =>
  createHash('sha256').update(bytes).digest(encoding);

/** A runtime looks for its binary beside itself; in here there is no such place, and it is handed in. */
const ownAddress: Plugin = {
  name: 'incam-own-address',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('/onnxruntime-web/') ? code.replaceAll('import.meta.url', 'self.location.href') : undefined,
};

/** Bundles one entry into one piece of code. */
export async function bundle(
  root: string,
  entry: string,
  format: 'es' | 'iife',
  define: Record<string, string> = {},
): Promise<string> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    plugins: [ownAddress, noteShipped()],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        input: resolve(root, entry),
        output: { format, codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  const [chunk, ...more] = built.output;
  if (more.length > 0)
    throw new Error(`${entry} is not self-contained: ${more.map(({ fileName }) => fileName).join(', ')}`);
  if (/<\/script/i.test(chunk.code)) throw new Error(`${entry} would end the script it is written into`);
  return chunk.code;
}

function publicFiles(root: string): string[] {
  const folder = join(root, 'public');
  const found: string[] = [];
  const walk = (path: string) => {
    for (const name of readdirSync(path).sort()) {
      const file = join(path, name);
      if (statSync(file).isDirectory()) walk(file);
      else found.push(relative(folder, file).replaceAll('\\', '/'));
    }
  };
  for (const name of PUBLIC_FOLDERS) if (existsSync(join(folder, name))) walk(join(folder, name));
  return found.filter((path) => path === REGISTRY || !PAGE_ONLY.test(path));
}

/** @param root the repository's root */
export async function buildSealed(root: string): Promise<SealedBuild> {
  const parts: Record<string, Part> = {};
  const files = new Map<string, Buffer>();
  const add = (name: string, bytes: Buffer, extension: string) => {
    const hash = sha256(bytes);
    const url = `sealed/${name}-${hash.slice(0, 8)}.${extension}`;
    parts[name] = { url, bytes: bytes.length, sha256: hash };
    files.set(url, bytes);
  };
  for (const [name, entry] of Object.entries(BUNDLES))
    add(name, Buffer.from(await bundle(root, entry, CLASSIC.has(name) ? 'iife' : 'es')), 'js');
  for (const [name, file] of Object.entries(COPIES))
    add(name, readFileSync(join(root, 'node_modules', file)), file.endsWith('.wasm') ? 'wasm' : 'js');
  for (const path of publicFiles(root)) {
    const bytes = readFileSync(join(root, 'public', path));
    parts[path] = { url: path, bytes: bytes.length, sha256: sha256(bytes) };
  }
  const hashes = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.sha256]));
  const frameScript = await bundle(root, FRAME_ENTRY, 'iife', { __PART_HASHES__: JSON.stringify(hashes) });
  return { parts, files, frameScript, frameHash: sha256(frameScript, 'base64') };
}

/**
 * Gives the page `virtual:incam-sealed` (the frame's script and the list of parts) and the site the parts themselves.
 * In development they are made at the start and again whenever the camera's sources change.
 */
export function sealedParts(): Plugin & { readonly sealed: () => Promise<SealedBuild> } {
  let root = '';
  let made: Promise<SealedBuild> | undefined;
  const sealed = () => (made ??= buildSealed(root));
  return {
    name: 'incam-sealed-parts',
    sealed,
    configResolved(config) {
      root = config.root;
    },
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    async load(id) {
      if (id !== `\0${VIRTUAL}`) return;
      const { frameScript, frameHash, parts } = await sealed();
      const page = Object.fromEntries(
        Object.entries(parts).map(([name, { url, bytes }]) => [name, { url, bytes }]),
      );
      return [
        `export const frameScript = ${JSON.stringify(frameScript)};`,
        `export const frameHash = ${JSON.stringify(frameHash)};`,
        `export const parts = ${JSON.stringify(page)};`,
      ].join('\n');
    },
    async generateBundle() {
      const { files } = await sealed();
      for (const [fileName, source] of files) this.emitFile({ type: 'asset', fileName, source });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split('?')[0]?.replace(/^\//, '') ?? '';
        if (!path.startsWith('sealed/')) return next();
        void sealed().then(({ files }) => {
          const bytes = files.get(path);
          if (!bytes) return next();
          response.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'application/wasm');
          response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
          response.end(bytes);
        }, next);
      });
      const inside = /[\\/](workers|contract|lib|scenes|models)[\\/]/;
      server.watcher.on('change', (file) => {
        if (!inside.test(file)) return;
        made = undefined;
        const module = server.moduleGraph.getModuleById(`\0${VIRTUAL}`);
        if (module) server.moduleGraph.invalidateModule(module);
        server.ws.send({ type: 'full-reload' });
      });
    },
  };
}
