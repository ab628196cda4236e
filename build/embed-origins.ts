/** Who may show the site inside a page of their own: no origin, unless the build names it (`INCAM_EMBED`). */

/** What a page of development may be served from without https. */
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * @param text origins, apart by white space: `https://a.example https://b.example:8443`
 * @returns them, each once, as a browser writes them
 * @throws {Error} for what is no single origin: a path, a wildcard, a host without https
 */
export function embedOrigins(text: string | undefined): readonly string[] {
  const origins = (text ?? '').split(/\s+/).filter(Boolean);
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.has(url.hostname));
    if (!url || !isSafe || url.origin !== origin || origin.includes('*'))
      throw new Error(
        `INCAM_EMBED: "${origin}" is no origin such as https://example.org (no path, no wildcard; http on localhost only)`,
      );
  }
  return [...new Set(origins)];
}
