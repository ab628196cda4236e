import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
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
