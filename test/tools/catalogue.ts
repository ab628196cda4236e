/** The message catalogues, read from where the project's settings say that they lie. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Texts by key; of a message with a form for one and a form for many, that for many. */
export type Catalogue = Readonly<Record<string, string>>;

/** A message as the catalogue writes it: a text, or one form for each class of number. */
type Message = string | readonly [{ readonly match: Readonly<Record<string, string>> }];

const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();

function textOf(key: string, message: Message): string {
  if (typeof message === 'string') return message;
  const forms = Object.values(message[0].match);
  const [many] = forms.slice(-1);
  if (many === undefined) throw new Error(`${key} has no form`);
  for (const form of forms) {
    if (values(form) !== values(many)) throw new Error(`${key}: its forms do not take the same values`);
  }
  return many;
}

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
 * @throws {Error} where two files have the same key (the later one would hide the other), and where the forms of a
 * message do not take the same values
 */
export function readCatalogue(language: string): Catalogue {
  const all: Record<string, string> = {};
  for (const file of catalogueFiles(language)) {
    const { $schema: _, ...messages } = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
    for (const [key, message] of Object.entries(messages as Record<string, Message>)) {
      if (key in all) throw new Error(`${key} stands in ${file} and in another catalogue`);
      all[key] = textOf(key, message);
    }
  }
  return all;
}
