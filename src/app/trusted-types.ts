/**
 * Where a text could become code, only these rules make it so (Trusted Types): workers from this site's own files, and the
 * sealed frame's document. A text from anywhere else is refused by the browser, whatever put it there.
 */
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): unknown;
}
const { trustedTypes } = globalThis as { trustedTypes?: Factory };

/** @returns the address itself where it is a file of this site; null, which the browser refuses, for anything else */
const ownScript = (url: string): string | null =>
  new URL(url, document.baseURI).origin === location.origin ? url : null;

/** To be called before anything else runs. */
export function installTrustedTypes(): void {
  trustedTypes?.createPolicy('default', { createScriptURL: ownScript });
}
