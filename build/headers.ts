/** Headers of every answer the site gives, in development, preview and tests alike. */

export interface HeaderOptions {
  /** Vite's dev server injects styles as elements and speaks over a socket; the built site has files only. */
  readonly dev?: boolean;
  /** SHA-256 (base64) of the sealed frame's script; absent on pages that have no frame. */
  readonly frameHash?: string | undefined;
  /** Origins whose pages may show this site in a frame (`embed-origins.ts`); absent or empty: none. */
  readonly ancestors?: readonly string[];
}

/** Rules by which a text may become code: of the page (`src/app/trusted-types.ts`), the frame, and Svelte's templates. */
const TRUSTED_TYPES = 'default incam-frame svelte-trusted-html';

/**
 * The content security policy. A sealed frame inherits it, beside a stricter one of its own, so that it must allow what the
 * frame needs: its one script by hash, and code and workers from its own memory.
 */
export function contentSecurityPolicy({ dev = false, frameHash }: HeaderOptions = {}): string {
  const frame = frameHash ? ` 'sha256-${frameHash}' blob:` : '';
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval'${frame}`,
    `worker-src 'self'${frameHash ? ' blob: data:' : ''}`,
    dev ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${frameHash ? ' blob:' : ''}${dev ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    // Vite's client of development writes HTML by itself.
    ...(dev ? [] : ["require-trusted-types-for 'script'", `trusted-types ${TRUSTED_TYPES}`]),
  ].join('; ');
}

/**
 * Cross-origin isolation gives SharedArrayBuffer, and with it WASM threads. The content security policy is the outer
 * wall: even code that tried could not send anything anywhere but to where the site came from. The allow-list for connections
 * closes what no policy for content does: WebRTC, name look-ups, early connections.
 */
export function securityHeaders(options: HeaderOptions = {}): Record<string, string> {
  const { ancestors = [] } = options;
  const framedBy = ancestors.length > 0 ? ancestors.join(' ') : "'none'";
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    // A page that is isolated itself shows only what says that it may be shown; others load `embed.js`.
    'Cross-Origin-Resource-Policy': ancestors.length > 0 ? 'cross-origin' : 'same-origin',
    'Content-Security-Policy': `${contentSecurityPolicy(options)}; frame-ancestors ${framedBy}`,
    'Connection-Allowlist': '(response-origin)',
    'Permissions-Policy': 'camera=(self), geolocation=(self), microphone=(), browsing-topics=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
