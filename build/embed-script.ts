/** Builds `embed.js`, the script that other pages load: only in the flavour that may be shown in them (`INCAM_EMBED`). */
import type { Plugin } from 'vite';
import { bundle } from './sealed-parts.ts';

/** Name in the built site. */
const SCRIPT = 'embed.js';

/** @param ancestors origins whose pages may show the site; without any there is no script */
export function embedScript(ancestors: readonly string[]): Plugin {
  let root = '';
  return {
    name: 'incam-embed-script',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    async generateBundle() {
      if (ancestors.length === 0) return;
      const source = await bundle(root, 'src/embed/main.ts', 'iife');
      this.emitFile({ type: 'asset', fileName: SCRIPT, source });
    },
  };
}
