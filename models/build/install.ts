/** Installs and removes optional models. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OptionalCard } from '../registry.ts';
import { fetchFile, type FetchOptions } from './fetch.ts';
import { readIfThere, sha256 } from './files.ts';
import type { Places } from './paths.ts';
import { originalPath } from './sources.ts';

/** Subfolders of `INCAM_MODEL_DIR` that are searched besides the folder itself. */
const SUBFOLDERS = ['.', 'onnx', 'mediapipe'];

/**
 * Brings an optional model's original here: from `folder` if one is given (then nothing is fetched), else from the
 * card's address.
 *
 * @returns where it came from
 * @throws {FetchError | Error} with what to do about it
 */
export async function install(
  card: OptionalCard,
  places: Places,
  folder: string | undefined,
  options: FetchOptions = {},
): Promise<'there' | 'folder' | 'network'> {
  const target = originalPath(card, places);
  const present = await readIfThere(target);
  if (present && sha256(present) === card.source.sha256) return 'there';
  if (folder === undefined) {
    await fetchFile(card.source, target, options);
    return 'network';
  }
  const path = await findIn(folder, card);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(path, target);
  return 'folder';
}

async function findIn(folder: string, { source: { file, sha256: expected } }: OptionalCard): Promise<string> {
  for (const subfolder of SUBFOLDERS) {
    const path = join(folder, subfolder, file);
    const bytes = await readIfThere(path);
    if (!bytes) continue;
    const hash = sha256(bytes);
    if (hash !== expected) throw new Error(`${path} has SHA-256 ${hash}, expected ${expected}`);
    return path;
  }
  throw new Error(`INCAM_MODEL_DIR=${folder} has no ${file} (nor in its folders onnx and mediapipe)`);
}

/** Removes an optional model's original, whole or partial; the next build then leaves the model out. */
export async function uninstall(card: OptionalCard, places: Places): Promise<void> {
  const target = originalPath(card, places);
  await rm(target, { force: true });
  await rm(`${target}.part`, { force: true });
}
