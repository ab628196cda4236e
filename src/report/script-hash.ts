/** The fingerprint of the build: the page's own script as the server gives it, which names every other file by its hash. */

/** @returns SHA-256, hexadecimal; null where the script cannot be read again (offline, without a cache) */
export async function scriptHash(): Promise<string | null> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  if (!script) return null;
  try {
    const answer = await fetch(script.src);
    if (!answer.ok) return null;
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()));
    return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return null;
  }
}
