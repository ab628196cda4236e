import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from './tools/chromium.ts';

const PORT = Number(process.env['INCAM_TEST_PORT'] ?? 4199);

/** Tests about time, in which frames come as from a real camera. */
const TIMED = ['**/webcam.spec.ts', '**/sources/live.spec.ts'];

/** Tests of walls and of destruction: what fails once in them is a fault, even if it does not fail again. */
const WALLS = [
  '**/attacks.spec.ts',
  '**/forensics.spec.ts',
  '**/held-back.spec.ts',
  '**/proof.spec.ts',
  '**/prove.spec.ts',
  '**/vault.spec.ts',
];

export default defineConfig({
  testDir: './browser',
  outputDir: '.out/playwright',
  // A camera that starts keeps one core busy; with four, two get on well beside one another.
  workers: availableParallelism() >= 4 ? 2 : 1,
  projects: [
    { name: 'walls', testMatch: WALLS },
    // On a busy machine a browser now and then answers too late: a second try, which `npm test` names and counts.
    { name: 'side by side', testIgnore: [...TIMED, ...WALLS], retries: 1 },
    { name: 'one at a time', testMatch: TIMED, workers: 1, retries: 1 },
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
