/** Writes what was measured into files that the site carries. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';

const ROOT = resolve(import.meta.dirname, '../..');

/** @param path below the repository's root; written as the formatter has it, so that nothing changes but numbers */
export async function writeJson(path: string, content: object): Promise<void> {
  const file = resolve(ROOT, path);
  const options = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(content), { ...options, filepath: file }));
  console.log(`written: ${path}`);
}
