/**
 * `npm run reproducible`: builds the site twice, into two folders, and compares the SHA-256 of every file. Ends with 1 and the
 * names of those that differ.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const OUT = resolve('test/.out/reproducible');

function hashes(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string) => {
    for (const name of readdirSync(path).sort()) {
      const file = join(path, name);
      if (statSync(file).isDirectory()) walk(file);
      else found.set(relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex'));
    }
  };
  walk(folder);
  return found;
}

const [first, second] = ['first', 'second'].map((name) => {
  const folder = join(OUT, name);
  execFileSync('npx', ['vite', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], {
    stdio: 'inherit',
  });
  return hashes(folder);
}) as [Map<string, string>, Map<string, string>];
const names = [...new Set([...first.keys(), ...second.keys()])].sort();
const differing = names.filter((name) => first.get(name) !== second.get(name));
for (const name of differing) console.log(`differs: ${name}`);
const all = createHash('sha256');
for (const name of names) all.update(`${first.get(name)}  ${name}\n`);
console.log(`${names.length} files, ${differing.length} differ; SHA-256 of the list: ${all.digest('hex')}`);
process.exit(differing.length === 0 ? 0 : 1);
