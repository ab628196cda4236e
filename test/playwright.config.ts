import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from './tools/chromium.ts';

const PORT = 4199;

export default defineConfig({
  testDir: './browser',
  outputDir: './.out/playwright',
  // Inference takes every core there is; tests beside one another would only measure each other.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  // Shared machines can be slow without being wrong.
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: './.out/playwright.json' }]],
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
