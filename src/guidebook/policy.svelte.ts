/**
 * Whether the answers of this server carry the policy that forbids talking to any other: asked of the site itself, so
 * that the checklist tells what is, not what should be.
 */

/** @param header Content-Security-Policy of an answer @returns whether connections go to the site alone */
export function forbidsOthers(header: string | null): boolean {
  const directive = (header ?? '')
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name === 'connect-src');
  return (
    directive !== undefined &&
    // An address of the page's own memory (`blob:`) leads to no server.
    directive.slice(1).every((source) => ["'self'", "'none'", 'blob:'].includes(source))
  );
}

class Policy {
  /** undefined: not known yet, or the site cannot be reached. */
  #holds = $state<boolean | undefined>();
  #asked = false;

  get holds(): boolean | undefined {
    return this.#holds;
  }

  async ask(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const answer = await fetch('./', { method: 'HEAD', cache: 'no-store' });
      if (answer.ok) this.#holds = forbidsOthers(answer.headers.get('content-security-policy'));
    } catch {
      this.#asked = false;
    }
  }
}

export const policy = new Policy();
