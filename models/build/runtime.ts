/** Puts the runtime that executes the ONNX models beside them, with the kernels of `models/runtime`. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KNOWN, patch } from '../runtime/patch.ts';
import { KERNELS, RUNTIME_FACTS, type Kernels, type RuntimeFacts } from '../runtime-facts.ts';
import { sha256, writeWhole } from './files.ts';
import type { Places } from './paths.ts';

const PACKAGE = 'node_modules/onnxruntime-web';
const FILE = 'dist/ort-wasm-simd-threaded.wasm';

/** The file's name tells its version: the part of the runtime that is JavaScript fits no other. */
const runtimeName = (version: string): string => `ort-${version}.wasm`;

/**
 * The setting: `INCAM_RUNTIME=published` serves the runtime as its makers published it; unset, or `exchanged`, with our
 * kernels.
 * @throws {Error} for anything else
 */
export function wantedKernels(setting = process.env['INCAM_RUNTIME']): Kernels {
  const wanted = setting || 'exchanged';
  const found = KERNELS.find((each) => each === wanted);
  if (!found) throw new Error(`INCAM_RUNTIME is "${wanted}"; it can be: ${KERNELS.join(', ')}`);
  return found;
}

/**
 * Writes `ort-<version>.wasm` and what it is (`runtime.json`) into the folder of the served models, and removes those of
 * other versions.
 *
 * @returns what is served, and whether it is what was wanted: a file that is not `KNOWN` is served as it is
 */
export async function serveRuntime(
  { root, served }: Pick<Places, 'root' | 'served'>,
  wanted: Kernels = wantedKernels(),
): Promise<RuntimeFacts & { asWanted: boolean }> {
  const folder = join(root, PACKAGE);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const original = await readFile(join(folder, FILE));
  const known = sha256(original) === KNOWN.sha256;
  const kernels: Kernels = known ? wanted : 'published';
  const file = runtimeName(version);
  await writeWhole(join(served, file), kernels === 'exchanged' ? patch(original) : original);
  const facts: RuntimeFacts = { file, version, kernels };
  await writeWhole(join(served, RUNTIME_FACTS), Buffer.from(`${JSON.stringify(facts)}\n`));
  for (const other of await readdir(served)) {
    if (/^ort-.*\.wasm$/.test(other) && other !== file) await rm(join(served, other), { force: true });
  }
  return { ...facts, asWanted: kernels === wanted };
}
