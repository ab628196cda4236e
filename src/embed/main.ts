/**
 * `embed.js`, which other pages load: the element `<incam-case>`, one case or one notice of this site in a frame.
 *
 * ```html
 * <script src="https://incam.example/embed.js" async></script>
 * <incam-case case="counting" lang="ja" level="see"></incam-case>
 * <incam-case notice="counting" lang="ja" form="web"></incam-case>
 * ```
 *
 * It stands alone: it brings nothing else onto the page that loads it, and reads nothing of it.
 */
import { addressOf, ATTRIBUTES } from './address.ts';

/** Where this script came from, and the site with it; known only while it is first run. */
const site = new URL('./', (document.currentScript as HTMLScriptElement | null)?.src ?? document.baseURI);

/** Usual height of the frame, in CSS pixels; the page's own style for the element goes before it. */
const HEIGHT = 520;

class IncamCase extends HTMLElement {
  static readonly observedAttributes = [...ATTRIBUTES, 'title'];
  readonly #frame = document.createElement('iframe');

  constructor() {
    super();
    const frame = this.#frame;
    // Its own origin and scripts, links into a new window, files that the visitor saves; nothing of the page around it.
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-downloads');
    // An isolated page passes its isolation on, and with it threads. A webcam is not passed on.
    frame.allow = 'cross-origin-isolated; fullscreen';
    frame.referrerPolicy = 'no-referrer';
    frame.loading = 'lazy';
    frame.style.cssText = 'display:block;inline-size:100%;block-size:100%;border:0';
    const root = this.attachShadow({ mode: 'open' });
    const style = document.createElement('style');
    style.textContent = `:host{display:block;block-size:${HEIGHT}px}:host([hidden]){display:none}`;
    root.append(style, frame);
  }

  connectedCallback(): void {
    this.#show();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#show();
  }

  #show(): void {
    const given = Object.fromEntries(ATTRIBUTES.map((name) => [name, this.getAttribute(name) ?? undefined]));
    const { href } = addressOf(site, given);
    this.#frame.title = this.getAttribute('title') ?? `incam: ${given['notice'] ?? given['case'] ?? ''}`;
    if (this.#frame.src !== href) this.#frame.src = href;
  }
}

if (!customElements.get('incam-case')) customElements.define('incam-case', IncamCase);
