/**
 * Addresses of scripts inside the sealed frame, which inherits the page's Trusted Types: only here does a text become an
 * address that a worker may be started from, and only one that leads into the frame's own memory.
 */
interface Policy {
  createScriptURL(url: string): string;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}
const { trustedTypes } = globalThis as { trustedTypes?: Factory };

const inOwnMemory = (url: string): string => {
  if (!/^(blob|data):/.test(url)) throw new TypeError('a script from outside the frame');
  return url;
};

const policy = trustedTypes?.createPolicy('incam-frame', { createScriptURL: inOwnMemory });

/** @throws {TypeError} for an address outside the frame */
export const scriptUrl = (url: string): string =>
  (policy ?? { createScriptURL: inOwnMemory }).createScriptURL(url);
