/**
 * Whether this page is shown inside another one, and whether the build allows that. A host with headers has the browser refuse
 * it (`frame-ancestors`); on a host without, the page refuses by itself, which a page that frames it can get around only by
 * taking its scripts away, and the camera with them.
 */

/** Origins that may show the site, written by the build (`build/embed-origins.ts`). */
declare const __EMBED_ORIGINS__: readonly string[] | undefined;

const allowed = (): readonly string[] =>
  (typeof __EMBED_ORIGINS__ === 'undefined' ? [] : __EMBED_ORIGINS__) ?? [];

/** Inside another page, of whatever origin. */
export const framed = (): boolean => typeof window !== 'undefined' && window.self !== window.top;

/**
 * @param origins who may frame the site
 * @param ancestors origins of the pages around this one; absent where the browser does not tell (Firefox)
 */
export const framingRefused = (
  isFramed: boolean,
  origins: readonly string[],
  ancestors: readonly string[] | undefined,
): boolean =>
  isFramed && (origins.length === 0 || (ancestors?.some((one) => !origins.includes(one)) ?? false));

/** Whether the page that shows this one may not do so. */
export function refusesFraming(): boolean {
  const { ancestorOrigins } = globalThis.location as { ancestorOrigins?: Iterable<string> };
  return framingRefused(framed(), allowed(), ancestorOrigins && [...ancestorOrigins]);
}
