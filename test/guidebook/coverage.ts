/**
 * `npm run coverage:guidebook`: writes docs/guidebook-coverage.md from src/guidebook/coverage.json: each item of the
 * guidebook's documents, where it is in the product, and which test holds it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import * as v from 'valibot';

const DATA = 'src/guidebook/coverage.json';
const PAGE = 'docs/guidebook-coverage.md';
const root = new URL('../../', import.meta.url);

const path = v.pipe(v.string(), v.regex(/^[\w./-]+$/));
export const Row = v.strictObject({
  /** Document, by its seed number, and the place in it. */
  seed: v.string(),
  item: v.string(),
  /** `not-software`: nothing that a program could do. */
  state: v.picklist(['done', 'open', 'not-software']),
  where: v.array(path),
  test: v.array(path),
  /** Part of the guidebook that answers for it. */
  owner: v.picklist(['guidebook', 'notices']),
  note: v.optional(v.string()),
});
export type Row = v.InferOutput<typeof Row>;

export const readRows = (): Row[] =>
  v.parse(v.array(Row), JSON.parse(readFileSync(new URL(DATA, root), 'utf8')));

/** @returns what is wrong with the rows, in sentences; none: nothing */
export function problemsOf(
  rows: readonly Row[],
  exists = (file: string) => existsSync(new URL(file, root)),
): string[] {
  return rows.flatMap(({ seed, item, state, where, test, note }) => {
    const row = `${seed}: ${item}`;
    const lost = [...where, ...test]
      .filter((file) => !exists(file))
      .map((file) => `${row}: ${file} is not there`);
    if (state === 'done' && (where.length === 0 || test.length === 0))
      lost.push(`${row}: no place or no test`);
    if (state === 'not-software' && !note) lost.push(`${row}: no reason`);
    return lost;
  });
}

const STATE = { done: 'yes', open: '**open**', 'not-software': 'not software' } as const;
const link = (file: string) => `[${file.split('/').at(-1)}](../${file})`;

/** As the repository's formatter would write it. */
export async function markdownOf(rows: readonly Row[]): Promise<string> {
  const count = (state: Row['state']) => rows.filter((row) => row.state === state).length;
  const lines = rows.map(
    ({ seed, item, state, where, test, note }) =>
      `| ${seed} | ${item}${note ? ` (${note})` : ''} | ${STATE[state]} | ${where.map(link).join(', ')} | ${test.map(link).join(', ')} |`,
  );
  const text = [
    '# What the guidebook asks, and where it is',
    '',
    `Made by \`npm run coverage:guidebook\` from \`${DATA}\`; do not edit. Seeds: 000 working group's report, 001 guidebook as`,
    'announced, 002 founding papers, 003 set-up checklist in the order of ver3.0, 004 seminar of 2019.',
    '',
    `${rows.length} items: ${count('done')} in the product, ${count('open')} open, ${count('not-software')} that no program could do.`,
    '',
    '| seed | item | there | where | test |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
  const file = fileURLToPath(new URL(PAGE, root));
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

export const readPage = (): string => readFileSync(new URL(PAGE, root), 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = readRows();
  writeFileSync(new URL(PAGE, root), await markdownOf(rows));
  const problems = problemsOf(rows);
  console.log(`${PAGE}: ${rows.length} items`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
