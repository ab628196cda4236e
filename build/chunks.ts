/**
 * Which modules of the page go into one file. Left alone, the bundler makes a file for each set of pages that share something: a
 * case page asked for a hundred files, many of them one message long, and each request costs a millisecond or more of a
 * start. So what the home page needs is one file, and what the case pages share are three: what they alone need, what every
 * page with a camera needs, and what pages to read need as well.
 */
import type { Rolldown } from 'vite';

type Context = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>;

const ENTRY = /\/src\/main\.ts$/;
const HOME = /\/src\/(main\.ts|app\/App\.svelte)$/;
const CASE_PAGE = /\/src\/cases\/[^/]+\/Page\.svelte$/;

/** Names every message of the site. What a module uses of it stands in its code, one module for each message. */
const MESSAGES = /[\\/]paraglide[\\/]messages\.js$/;
const messagesIn = (code: string | null | undefined, all: string): string[] =>
  Array.from((code ?? '').matchAll(/\bm\.(\w+)/g), ([, key]) => all.replace(/\.js$/, `/${key}.js`));

/** Pages without a camera, which are not to wait for its code. */
const READ = /\/src\/(app\/About|wrong\/Wrong|feasibility\/Feasibility|guidebook\/\w+|report\/\w+)\.svelte$/;

const NAMES = { start: 'start', cases: 'cases', cameras: 'cameras', common: 'common' } as const;
type Name = (typeof NAMES)[keyof typeof NAMES];

/** @returns for each module the pages (modules imported when they are needed) that it is loaded with */
function pagesOfModules(entry: string, context: Context): Map<string, Set<string>> {
  const pages = new Map<string, Set<string>>();
  const waiting = [entry];
  const known = new Set(waiting);
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    const follow = [page];
    for (let id = follow.pop(); id !== undefined; id = follow.pop()) {
      const of = pages.get(id) ?? new Set();
      if (of.has(page)) continue;
      pages.set(id, of.add(page));
      const info = context.getModuleInfo(id);
      follow.push(
        ...(info?.importedIds ?? []).flatMap((next) =>
          MESSAGES.test(next) ? messagesIn(info?.code, next) : next,
        ),
      );
      for (const next of info?.dynamicallyImportedIds ?? []) {
        if (known.has(next)) continue;
        known.add(next);
        waiting.push(next);
      }
    }
  }
  return pages;
}

/** @returns for a module the name of its file, or null where the bundler is to choose */
export function chunkNames(): (id: string, context: Context) => Name | null {
  let pages: Map<string, Set<string>> | undefined;
  return (id, context) => {
    const plain = id.replaceAll('\\', '/');
    if (ENTRY.test(plain)) return null;
    pages ??= pagesOfModules(entryOf(id, context), context);
    const of = [...(pages.get(id) ?? [])].map((page) => page.replaceAll('\\', '/'));
    if (of.some((page) => HOME.test(page))) return NAMES.start;
    const cases = of.filter((page) => CASE_PAGE.test(page));
    if (cases.length < 2) return null;
    if (of.some((page) => READ.test(page))) return NAMES.common;
    return cases.length === of.length ? NAMES.cases : NAMES.cameras;
  };
}

/** The site's entry, found by going up from a module to those that import it. */
function entryOf(id: string, context: Context): string {
  const waiting = [id];
  const known = new Set(waiting);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (ENTRY.test(next.replaceAll('\\', '/'))) return next;
    const info = context.getModuleInfo(next);
    for (const importer of [...(info?.importers ?? []), ...(info?.dynamicImporters ?? [])]) {
      if (known.has(importer)) continue;
      known.add(importer);
      waiting.push(importer);
    }
  }
  return id;
}
