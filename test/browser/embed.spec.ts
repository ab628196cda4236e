/** The site inside other pages: in the flavour that names them, and in the usual build, which lets nobody. */
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { hostWithHeaders, plainHost, type Host } from './attacks/hosts.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The other page's own host: it gives the same page at every address, and says whose frames it shows. */
interface Outside {
  readonly origin: string;
  html: string;
  headers: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

async function outside(name: string): Promise<Outside> {
  const shown: Pick<Outside, 'html' | 'headers'> = { html: '', headers: {} };
  const server: Server = createServer((_request, response) => {
    for (const [header, value] of Object.entries(shown.headers)) response.setHeader(header, value);
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>another page</title>${shown.html}`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  const { port } = server.address() as AddressInfo;
  return Object.assign(shown, { origin: `http://${name}:${port}`, close });
}

/** The site as it is seen inside a page. */
const inside = (page: Page) => page.frameLocator('iframe').first();
const KNOBS = 'backend="wasm" threads="1" size="320x192"';

test.describe('a build that names a page', () => {
  test.describe.configure({ mode: 'serial' });
  let named: Outside;
  let other: Outside;
  let site: Host;

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    named = await outside('127.0.0.1');
    other = await outside('127.0.0.1');
    const folder = join(ROOT, 'test/.out/embed');
    execFileSync('npx', ['vite', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], {
      cwd: ROOT,
      env: { ...process.env, INCAM_EMBED: named.origin },
      stdio: 'inherit',
    });
    site = await hostWithHeaders(folder);
  });
  test.afterAll(async () => {
    await Promise.all([named?.close(), other?.close(), site?.close()]);
  });

  const embed = (attributes: string) =>
    `<script src="${site.url}embed.js"></script><incam-case ${attributes}></incam-case>`;

  test('runs its sample in that page, in the language and at the level asked for', async ({ page }) => {
    named.headers = {};
    named.html = embed(`case="counting" lang="ja" level="see" ${KNOBS}`);
    await page.goto(named.origin);
    await expect(inside(page).locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
    await expect(inside(page).locator('html')).toHaveAttribute('lang', 'ja');
    await expect(inside(page).getByText('枚の映像を破棄')).toBeVisible();
    await expect(inside(page).locator('header')).toHaveCount(0);
    await expect(page.locator('incam-case')).toHaveJSProperty('isConnected', true);
    expect(await page.evaluate(() => document.querySelector('iframe'))).toBeNull();
  });

  test('gives no first-time hints there', async ({ page }) => {
    named.headers = {};
    named.html = embed(`case="counting" lang="en" level="understand" ${KNOBS}`);
    await page.goto(named.origin);
    await expect(inside(page).locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
    await page.waitForTimeout(500);
    await expect(inside(page).locator('.hint')).toHaveCount(0);
  });

  test('gives an isolated page its threads', async ({ page }) => {
    named.headers = {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    };
    named.html = embed(`case="counting" lang="en" level="see" backend="wasm" threads="2" size="320x192"`);
    await page.goto(named.origin);
    await expect(inside(page).locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
    const frame = page.frames().find((one) => one.url().startsWith(site.url));
    expect(await frame!.evaluate(() => crossOriginIsolated)).toBe(true);
    named.headers = {};
  });

  test('opens no webcam and no file there, and says why', async ({ page }) => {
    named.html = embed(`case="counting" lang="en" autostart="0" ${KNOBS}`);
    await page.goto(named.origin);
    await inside(page).getByRole('button', { name: 'Webcam' }).click();
    await inside(page).getByRole('button', { name: 'Start', exact: true }).first().click();
    await expect(inside(page).getByText('incam is shown inside another page here')).toBeVisible();
    await expect(inside(page).getByRole('link', { name: 'Open incam in a window of its own' })).toBeVisible();
  });

  test('shows one notice, and follows its attributes', async ({ page }) => {
    named.html = embed('notice="counting" lang="en"');
    await page.goto(named.origin);
    const sheets = inside(page).locator('[data-print]');
    await expect(sheets).toHaveAttribute('data-form', 'web');
    const english = await sheets.innerText();
    expect(english.length).toBeGreaterThan(200);
    await expect(inside(page).locator('h1, header').first()).toBeVisible();
    await page.locator('incam-case').evaluate((element) => element.setAttribute('lang', 'ja'));
    await expect(sheets).toContainText(/[ぁ-ん]/);
  });

  test('is refused in any other page', async ({ page }) => {
    other.html = `<iframe src="${site.url}#/counting"></iframe>`;
    await page.goto(other.origin);
    await expect.poll(() => page.frames().length).toBe(2);
    await page.waitForTimeout(1500);
    expect(page.frames().map((frame) => frame.url())).not.toContain(`${site.url}#/counting`);
  });
});

test.describe('the usual build', () => {
  test('is refused by the browser in every page', async ({ page }) => {
    const [host, around] = await Promise.all([hostWithHeaders(), outside('127.0.0.1')]);
    try {
      around.html = `<iframe src="${host.url}#/counting"></iframe>`;
      const refusals: string[] = [];
      page.on('console', (message) => refusals.push(message.text()));
      await page.goto(around.origin);
      await expect.poll(() => refusals.join('\n')).toContain('frame-ancestors');
      await expect(inside(page).locator('#app')).toHaveCount(0);
      expect((await fetch(`${host.url}embed.js`)).status).toBe(404);
    } finally {
      await Promise.all([host.close(), around.close()]);
    }
  });

  test('refuses by itself on a host without headers', async ({ page }) => {
    const [host, around] = await Promise.all([plainHost(), outside('127.0.0.1')]);
    try {
      around.html = `<iframe src="${host.url}#/counting" width="800" height="500"></iframe>`;
      await page.goto(around.origin);
      await expect(inside(page).getByRole('alert')).toBeVisible();
      await expect(inside(page).getByRole('button')).toHaveCount(0);
      await expect(inside(page).locator('iframe')).toHaveCount(0);
    } finally {
      await Promise.all([host.close(), around.close()]);
    }
  });
});
