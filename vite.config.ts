import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { chunkNames } from './build/chunks.ts';
import { embedScript } from './build/embed-script.ts';
import { embedOrigins } from './build/embed-origins.ts';
import { notices, noteShipped } from './build/notices.ts';
import { sealedParts } from './build/sealed-parts.ts';
import { serviceWorker } from './build/service-worker.ts';
import { startBudget } from './build/start-budget.ts';
import { siteHeaders } from './build/site-headers.ts';

const sealed = sealedParts();
/** Of the flavour that may be shown in other pages: `INCAM_EMBED="https://a.example" npm run build`. */
const ancestors = embedOrigins(process.env['INCAM_EMBED']);

export default defineConfig({
  // Relative, so that the built site runs from any folder of any host.
  base: './',
  define: { __EMBED_ORIGINS__: JSON.stringify(ancestors) },
  plugins: [
    svelte(),
    noteShipped(),
    sealed,
    siteHeaders(sealed.sealed, ancestors),
    notices(),
    embedScript(ancestors),
    serviceWorker(sealed.sealed, ancestors),
    startBudget(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
    }),
  ],
  worker: { format: 'es', plugins: () => [noteShipped()] },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: chunkNames(), includeDependenciesRecursively: false }],
        },
      },
    },
  },
  optimizeDeps: { exclude: ['onnxruntime-web', '@mediapipe/tasks-vision', 'mediabunny'] },
  server: {
    watch: { ignored: ['**/test/.out/**', '**/scenes/.out/**'] },
  },
  preview: { port: 4173, strictPort: false },
});
