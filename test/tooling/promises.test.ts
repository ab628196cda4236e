/** `docs/promises.md`: each sentence stands where it is said to stand, and each test exists. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) =>
  readFileSync(join(ROOT, path), 'utf8').replaceAll(/\s+/g, ' ').replaceAll('\\"', '"');
const rows = readFileSync(join(ROOT, 'docs/promises.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes(' › '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, sentence, where, test]) => ({ sentence: sentence!, where: where!, test: test!.split(' › ') }));

it('has rows', () => expect(rows.length).toBeGreaterThan(20));

it.each(rows)('$sentence', ({ sentence, where, test: [file, title] }) => {
  expect(read(where)).toContain(sentence);
  expect(existsSync(join(ROOT, file!)), file).toBe(true);
  expect(read(file!)).toContain(title);
});
