import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { securityHeaders } from './headers.ts';
import { notices } from './notices.ts';

export default defineConfig(({ command, isPreview }) => ({
  // Relative, so that the built site runs from any folder of any host.
  base: './',
  plugins: [
    svelte(),
    notices(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
    }),
  ],
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
  optimizeDeps: { exclude: ['onnxruntime-web', '@mediapipe/tasks-vision', 'mediabunny'] },
  server: {
    headers: securityHeaders({ dev: command === 'serve' && !isPreview }),
    watch: { ignored: ['**/test/.out/**', '**/scenes/.out/**'] },
  },
  preview: { headers: securityHeaders(), port: 4173, strictPort: false },
}));
