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

const ALL = ['test/unit/**/*.test.ts', 'test/tooling/**/*.test.ts'];
/** Files that exchange globals or whole modules. */
const ALONE = [
  'test/unit/src/camera/devices.test.ts',
  'test/unit/src/camera/fetch-part.test.ts',
  'test/unit/src/cases/shared/session.test.ts',
  'test/unit/src/feasibility/parse-model.test.ts',
  'test/unit/workers/camera/frames/sources/realtime.test.ts',
  'test/unit/workers/camera/runtime/proof/prove.test.ts',
  'test/unit/workers/frame/vault/device-vault.test.ts',
];

export default defineConfig({
  plugins: [svelte(), noSealedFrame],
  test: {
    projects: [
      // Most files leave nothing behind: they share modules, which saves a third of the time.
      {
        extends: true,
        test: { name: 'shared', include: ALL, exclude: ALONE, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
    environment: 'node',
    testTimeout: 60_000,
    // Titles stand in reports whole, as they were written.
    chaiConfig: { truncateThreshold: 0 },
    // Model tests use several threads each: some room is left for them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
