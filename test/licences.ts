/**
 * Part of `npm run check`: every installed package states a licence, and what ships states one that this site may be given on
 * under. Read from the lock file, so that it holds for what `npm ci` installs.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** Terms that let this site be given on under Apache-2.0, with notices (`build/notices.ts`). */
const SHIPPED = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MPL-2.0',
  'Zlib',
]);
/** Terms of tools, which are used and not given on. */
const TOOLS = new Set([
  ...SHIPPED,
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'LGPL-2.1+',
  'LGPL-3.0-or-later',
]);

/** Tools whose manifest states no licence; where it is stated instead. */
const STATED_ELSEWHERE: Readonly<Record<string, string>> = {
  // https://github.com/opral/monorepo, LICENSE: Apache-2.0.
  'node_modules/@inlang/plugin-message-format': 'Apache-2.0',
  // The package's own file LICENSE.
  'node_modules/sqlite-wasm-kysely': 'MIT',
};

const joined = (licences: { type: string }[]) => licences.map(({ type }) => type).join(' OR ');

const Lock = v.object({
  packages: v.record(
    v.string(),
    v.object({
      // A manifest of the old form lists its licences, each with an address.
      license: v.optional(
        v.union([v.string(), v.pipe(v.array(v.object({ type: v.string() })), v.transform(joined))]),
      ),
      dev: v.optional(v.boolean()),
      link: v.optional(v.boolean()),
    }),
  ),
});

/** Whether one of the alternatives of an SPDX expression, with all its parts, is allowed. */
const allows = (allowed: ReadonlySet<string>, expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(/ OR /)
    .some((all) => all.split(/ AND /).every((one) => allowed.has(one.trim())));

const { packages } = v.parse(Lock, JSON.parse(readFileSync('package-lock.json', 'utf8')));
const wrong = Object.entries(packages).flatMap(([path, { license: stated, dev, link }]) => {
  if (path === '' || link) return [];
  const license = stated ?? (dev ? STATED_ELSEWHERE[path] : undefined);
  const allowed = dev ? TOOLS : SHIPPED;
  if (license !== undefined && allows(allowed, license)) return [];
  return [`${path}: ${license ?? 'no licence stated'}${dev ? ' (a tool)' : ' (shipped)'}`];
});
for (const line of wrong) console.log(line);
process.exit(wrong.length === 0 ? 0 : 1);
