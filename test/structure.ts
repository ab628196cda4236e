/**
 * `npm run structure`: how the parts of the tree stand on one another, as two tables: the top folders, and the rooms of the
 * camera from the top down. A number is how many imports lead from the row's part to the column's; types count.
 *
 * With `--check` it says only what is wrong, and fails then: a circle of imports, a case that imports another, an import of
 * the camera that runs up.
 */
import { join } from 'node:path';
import {
  betweenCases,
  CAMERA_ROOMS,
  circlesOf,
  climbs,
  countBetween,
  importsOf,
  readSources,
  roomOf,
} from './tools/structure.ts';

const imports = importsOf(readSources(join(import.meta.dirname, '..')));
const wrong = [
  ...circlesOf(imports).map((circle) => `a circle of imports: ${circle.join(', ')}`),
  ...betweenCases(imports),
  ...climbs(imports),
];

function table(
  title: string,
  parts: readonly string[],
  partOf: (path: string) => string | undefined,
): string {
  const counts = countBetween(imports, partOf);
  const width = Math.max(title.length, ...parts.map(({ length }) => length));
  const row = (name: string, cells: readonly (string | number)[]) =>
    [name.padEnd(width), ...cells.map((cell, i) => String(cell).padStart(parts[i]!.length))].join('  ');
  const lines = parts.map((from) =>
    row(
      from,
      parts.map((to) => (from === to ? '-' : (counts.get(from)?.get(to) ?? '.'))),
    ),
  );
  return [row(title, parts), ...lines].join('\n');
}

if (!process.argv.includes('--check')) {
  const top = ['test', 'src', 'workers', 'scenes', 'models', 'lib', 'contract'];
  console.log(table('whole tree', top, (path) => top.find((folder) => path.startsWith(`${folder}/`))));
  console.log(`\n${table('camera', CAMERA_ROOMS, roomOf)}`);
  const ids = [...imports.keys()]
    .flatMap((path) => /^workers\/camera\/cases\/([\w-]+)\//.exec(path)?.[1] ?? [])
    .filter((id) => id !== 'shared');
  console.log(
    `\n${imports.size} files; cases, none of which imports another: ${[...new Set(ids)].join(', ')}`,
  );
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exitCode = 1;
}
