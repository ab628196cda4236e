/** The site kept on the device: it runs with its server gone, on hosts with headers and without, and follows new versions. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { CASES } from '../../contract/index.ts';
import { openSite } from '../site/watch.ts';
import { hostWithHeaders, plainHost, withChangedByte, type Host } from './attacks/hosts.ts';

const QUICK = { backend: 'wasm', threads: 1, size: '320x192' } as const;
const KEPT = 'Kept on this device.';

async function keep(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Keep for offline \(\d/ }).click();
  await expect(page.getByText(KEPT, { exact: true })).toBeVisible({ timeout: 60_000 });
}

/** Runs a case until pictures have been destroyed. */
async function expectRuns(page: Page, id: string): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#/${id}`);
  await page.getByRole('button', { name: 'Start', exact: true }).first().click({ timeout: 30_000 });
  await expect(page.locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
}

const WALLS = [
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'content-security-policy',
  'connection-allowlist',
];

/** Headers of answers that come from the device: of the page itself, and of a script. */
const headersOf = (page: Page) =>
  page.evaluate(async (names) => {
    const script = document.querySelector<HTMLScriptElement>('script[src]')!.src;
    const answers = await Promise.all(['./', script].map((address) => fetch(address)));
    return answers.map(({ headers }) => names.filter((name) => !headers.has(name)));
  }, WALLS);

test('kept, the server gone, loaded again: all six cases run behind all walls', async ({ page }) => {
  test.setTimeout(300_000);
  const host = await hostWithHeaders();
  try {
    await openSite(page, host.url, '', QUICK);
    await keep(page);
  } finally {
    await host.close();
  }
  await page.reload();
  await expect(page.getByText(KEPT, { exact: true })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await headersOf(page)).toEqual([[], []]);
  for (const id of CASES) await expectRuns(page, id);
});

test('on a host without headers, too', async ({ page }) => {
  test.setTimeout(120_000);
  const host = await plainHost();
  try {
    await openSite(page, host.url, '', QUICK);
    await keep(page);
  } finally {
    await host.close();
  }
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await headersOf(page)).toEqual([[], []]);
  await expectRuns(page, 'counting');
});

test('without the choice nothing is kept, and the camera says what is missing', async ({ page }) => {
  const host = await hostWithHeaders();
  try {
    await openSite(page, host.url, 'counting', QUICK);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
  } finally {
    await host.close();
  }
  await page.getByRole('button', { name: 'Start', exact: true }).first().click();
  await expect(
    page.getByText('A file of this site cannot be fetched: there is no connection.'),
  ).toBeVisible();
});

test('a file that is not the one of the build is not kept', async ({ page }) => {
  const host = await hostWithHeaders();
  try {
    await openSite(page, host.url, '', QUICK);
    await withChangedByte(host, 'samples/counting.json', async () => {
      await page.getByRole('button', { name: /^Keep for offline/ }).click();
      await expect(page.getByText('A file is not the one this site was built with')).toBeVisible({
        timeout: 60_000,
      });
    });
    await expect(page.getByText(KEPT, { exact: true })).toHaveCount(0);
    // What was kept before is not fetched again.
    host.asked.length = 0;
    await keep(page);
    expect(host.asked.filter((line) => line.includes('/models/'))).toEqual([]);
  } finally {
    await host.close();
  }
});

/** Publishes a new version on a host: one file has changed, and the list of files with it. */
function publish({ folder }: Host, path: string): { before: string; after: string } {
  const file = join(folder, path);
  const old = readFileSync(file);
  const changed = Buffer.concat([old, Buffer.from('\n')]);
  writeFileSync(file, changed);
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const worker = join(folder, 'service-worker.js');
  const [before, after] = [hash(old), hash(changed)];
  const code = readFileSync(worker, 'utf8');
  expect(code).toContain(before);
  writeFileSync(
    worker,
    code.replaceAll(before, after).replace(/(version['"]?:\s*['"`])[0-9a-f]{16}/, '$1fedcba9876543210'),
  );
  return { before, after };
}

test('a newer version waits for the visitor, and the older one is purged', async ({ page }) => {
  test.setTimeout(120_000);
  const host = await hostWithHeaders();
  try {
    await openSite(page, host.url, '', QUICK);
    await keep(page);
    const { before, after } = publish(host, 'samples/counting.json');
    host.asked.length = 0;
    await page.reload();
    const use = page.getByRole('button', { name: 'Use the new version' });
    await expect(use).toBeVisible({ timeout: 30_000 });
    // Only what has changed was fetched.
    expect(host.asked.filter((line) => /\/(samples|models|sealed)\//.test(line))).toEqual([
      'GET /samples/counting.json ',
    ]);
    const holds = (hash: string) =>
      page.evaluate(async (wanted) => {
        const found = await caches.match(new URL(`kept/${wanted}`, location.href));
        return found !== undefined;
      }, hash);
    expect(await holds(before)).toBe(true);
    await Promise.all([page.waitForEvent('load'), use.click()]);
    await expect(page.getByText(KEPT, { exact: true })).toBeVisible();
    await expect(use).toHaveCount(0);
    expect([await holds(before), await holds(after)]).toEqual([false, true]);
  } finally {
    await host.close();
  }
  await page.reload();
  await expect(page.getByText(KEPT, { exact: true })).toBeVisible();
});

test('what another script has put into the storage is not answered', async ({ page }) => {
  const host = await hostWithHeaders();
  try {
    await openSite(page, host.url, '', QUICK);
    await keep(page);
    await page.evaluate(async () => {
      const [name] = await caches.keys();
      const cache = await caches.open(name!);
      for (const key of await cache.keys())
        if (!key.url.includes('complete')) await cache.put(key, new Response('forged'));
    });
    expect(await page.evaluate(async () => (await fetch('samples/counting.json')).text())).not.toBe('forged');
  } finally {
    await host.close();
  }
});

test('deleted from the device, nothing of it is left', async ({ page }) => {
  const host = await hostWithHeaders();
  try {
    await openSite(page, host.url, '', QUICK);
    await keep(page);
    await page.getByRole('button', { name: 'Delete from this device' }).click();
    await expect(page.getByRole('button', { name: /^Keep for offline/ })).toBeVisible();
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
  } finally {
    await host.close();
  }
});
