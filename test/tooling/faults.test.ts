/** `docs/faults.md` names tests that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const rows = readFileSync(join(ROOT, 'docs/faults.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes(' › '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, fault, , named]) => ({
    fault: fault!,
    file: named!.split(' › ')[0]!,
    title: named!.split(' › ')[1]!,
  }));

it('has rows', () => expect(rows.length).toBeGreaterThan(25));

it.each(rows)('$fault', ({ file, title }) => {
  expect(existsSync(join(ROOT, file)), file).toBe(true);
  expect(readFileSync(join(ROOT, file), 'utf8').replaceAll(/\s+/g, ' ')).toContain(title);
});
