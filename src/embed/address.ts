/** From the attributes of `<incam-case>` to an address of the site. Nothing else is imported: the script stays small. */

/** Of a link to a case (`src/app/link.ts`). */
const OF_CASE = [
  'lang',
  'source',
  'level',
  'model',
  'backend',
  'threads',
  'size',
  'pace',
  'loop',
  'autostart',
  'drawing',
] as const;
/** Of a notice (`src/notices/chosen.ts`). */
const OF_NOTICE = ['occasion', 'form'] as const;

/** `case` and `notice` are ids of cases; the one that is there says what is shown. */
export const ATTRIBUTES = ['case', 'notice', ...OF_CASE, ...OF_NOTICE] as const;
export type Given = Readonly<Partial<Record<(typeof ATTRIBUTES)[number], string | undefined>>>;

/**
 * @param site the folder of the site, with a slash at its end
 * @param given attributes of the element; the site itself leaves out what it does not understand
 */
export function addressOf(site: URL, given: Given): URL {
  const query = new URLSearchParams();
  const take = (names: readonly (keyof Given)[]) => {
    for (const name of names) if (given[name] !== undefined) query.set(name, given[name]);
  };
  if (given.notice !== undefined) {
    take(OF_NOTICE);
    if (given.lang !== undefined) query.set('language', given.lang);
  } else take(OF_CASE);
  const path = given.notice !== undefined ? `notice/${given.notice}` : (given.case ?? '');
  const url = new URL(site);
  url.hash = `/${encodeURI(path)}${query.size > 0 ? `?${query.toString()}` : ''}`;
  return url;
}
