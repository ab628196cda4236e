/** What a command has measured, as a file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** @param out path; nothing is written without one. Folders on the way are made */
export function writeReport(report: object, out: string | undefined): void {
  if (!out) return;
  mkdirSync(dirname(resolve(out)), { recursive: true });
  writeFileSync(out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`written: ${out}`);
}
