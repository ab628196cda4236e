import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Units know no built frame. */
const noSealedFrame = {
  name: 'incam-no-sealed-frame',
  resolveId: (id: string) => (id === 'virtual:incam-sealed' ? `\0${id}` : undefined),
  load: (id: string) =>
    id === '\0virtual:incam-sealed'
      ? "export const frameScript = '', frameHash = '', parts = {};"
      : undefined,
};

export default defineConfig({
  plugins: [svelte(), noSealedFrame],
  test: {
    include: ['test/unit/**/*.test.ts', 'test/tooling/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    // Titles stand in reports whole, as they were written.
    chaiConfig: { truncateThreshold: 0 },
    // Model tests use several threads each: some room is left for them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
