/**
 * Part of `npm run check`: exported functions of the contract, of vision and of lib have doc comments that name units. What
 * is missing is printed, one line each.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingComments } from './tools/doc-comments.ts';

const ROOT = join(import.meta.dirname, '..');
const CHECKED = /^(?:contract|lib|workers\/camera\/vision|workers\/camera\/cases\/[\w-]+\/vision)\/.*\.ts$/;

const missing = ['contract', 'lib', 'workers']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => CHECKED.test(path))
  .flatMap((path) => missingComments(path, readFileSync(join(ROOT, path), 'utf8')));
if (missing.length > 0) {
  console.error(missing.sort().join('\n'));
  process.exitCode = 1;
}
