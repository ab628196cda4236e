/** The message catalogues, read from where the project's settings say that they lie. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Texts by key. */
export type Catalogue = Readonly<Record<string, string>>;

const { 'plugin.inlang.messageFormat': format } = JSON.parse(
  readFileSync(join(ROOT, 'project.inlang/settings.json'), 'utf8'),
) as { 'plugin.inlang.messageFormat': { pathPattern: string[] } };

/** Catalogue files of one language that exist, relative to the root. */
export const catalogueFiles = (language: string): string[] =>
  format.pathPattern
    .map((pattern) => pattern.replace('{locale}', language))
    .filter((file) => existsSync(join(ROOT, file)));

/**
 * All messages of one language.
 * @throws {Error} where two files have the same key: the later one would hide the other
 */
export function readCatalogue(language: string): Catalogue {
  const all: Record<string, string> = {};
  for (const file of catalogueFiles(language)) {
    const { $schema: _, ...messages } = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
    for (const [key, text] of Object.entries(messages as Catalogue)) {
      if (key in all) throw new Error(`${key} stands in ${file} and in another catalogue`);
      all[key] = text;
    }
  }
  return all;
}
