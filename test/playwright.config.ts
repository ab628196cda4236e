import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from './tools/chromium.ts';

const PORT = Number(process.env['INCAM_TEST_PORT'] ?? 4199);

/** Tests about time, in which frames come as from a real camera. */
const TIMED = ['**/webcam.spec.ts', '**/sources/live.spec.ts'];

export default defineConfig({
  testDir: './browser',
  outputDir: '.out/playwright',
  // A camera that starts keeps one core busy; with four, two get on well beside one another.
  workers: availableParallelism() >= 4 ? 2 : 1,
  projects: [
    { name: 'side by side', testIgnore: TIMED },
    { name: 'one at a time', testMatch: TIMED, workers: 1 },
  ],
  // Tests that wait for a whole clip call themselves slow.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '.out/playwright.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: ensureChromium(), args: CHROMIUM_ARGS },
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    cwd: '..',
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: !process.env['CI'],
  },
});
