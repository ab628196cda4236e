/** The one place where the page writes HTML of its own: the sealed frame's document, from constants of the build. */

interface Policy {
  createHTML(text: string): string;
}
const { trustedTypes } = globalThis as {
  trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string }): Policy };
};

const policy: Policy = trustedTypes?.createPolicy('incam-frame', { createHTML: (text) => text }) ?? {
  createHTML: (text) => text,
};

/**
 * @param csp the frame's content security policy
 * @param script its only script
 */
export const frameHtml = (csp: string, script: string): string =>
  policy.createHTML(
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${csp}"></head><body><script>${script}</script></body></html>`,
  );
