/** Puts the runtime that executes the ONNX models beside them, with the kernels of `models/runtime`. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KNOWN, patch } from '../runtime/patch.ts';
import { sha256, writeWhole } from './files.ts';
import type { Places } from './paths.ts';

const PACKAGE = 'node_modules/onnxruntime-web';
const FILE = 'dist/ort-wasm-simd-threaded.wasm';

/** The file's name tells its version: the part of the runtime that is JavaScript fits no other. */
const runtimeName = (version: string): string => `ort-${version}.wasm`;

/**
 * Writes `ort-<version>.wasm` into the folder of the served models and removes those of other versions.
 *
 * @returns its name, and whether it is the faster one: a file that is not `KNOWN` is served as it is
 */
export async function serveRuntime({ root, served }: Pick<Places, 'root' | 'served'>): Promise<{
  name: string;
  faster: boolean;
}> {
  const folder = join(root, PACKAGE);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const original = await readFile(join(folder, FILE));
  const faster = sha256(original) === KNOWN.sha256;
  const name = runtimeName(version);
  await writeWhole(join(served, name), faster ? patch(original) : original);
  for (const file of await readdir(served)) {
    if (/^ort-.*\.wasm$/.test(file) && file !== name) await rm(join(served, file), { force: true });
  }
  return { name, faster };
}
