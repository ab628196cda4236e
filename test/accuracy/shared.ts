/** Where footage for measuring lies. It is not part of the repository; without it the sets that need it are skipped. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const SHARED = resolve(import.meta.dirname, '../../../shared');

/** Folder with evaluation footage, one subfolder a set. */
export const EVAL_DIR = process.env['INCAM_EVAL_DIR'] ?? resolve(SHARED, 'eval');
/** Folder with optional models. */
export const MODEL_DIR = process.env['INCAM_MODEL_DIR'] ?? resolve(SHARED, 'models');

/** @returns the reason why a set cannot be measured here, or undefined if it can */
export function missing(set: string): string | undefined {
  const folder = resolve(EVAL_DIR, set);
  return existsSync(folder) ? undefined : `${set}: no footage in ${folder} (set INCAM_EVAL_DIR)`;
}
