/** Case 3's vault in the database it is made for: what outlives a reload, and what must not. */
import { expect, type Page } from '@playwright/test';
import { harnessed } from './harness.ts';
import type {} from './vault/page.ts';

const DATABASE = 'incam-vault';

const test = harnessed('vault');

async function open(page: Page, today: number, retentionDays = 3): Promise<string> {
  await page.goto('./');
  await page.waitForFunction(() => 'vaults' in window);
  return page.evaluate(([day, days]) => window.vaults.one.open(day!, days!), [today, retentionDays]);
}

const visit = (page: Page, who: number) => page.evaluate((one) => window.vaults.one.visit(one), who);
const held = (page: Page) => page.evaluate(() => window.vaults.one.held());

/** What a page of the same origin finds in the database. */
const contents = (page: Page) =>
  page.evaluate(
    (name) =>
      new Promise<{ keys: number; sealed: number; extractable: boolean[] }>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          const change = database.transaction(['keys', 'sealed']);
          const keys = change.objectStore('keys').getAll();
          const sealed = change.objectStore('sealed').count();
          change.oncomplete = () => {
            database.close();
            const extractable = keys.result.map((kept: { key: CryptoKey }) => kept.key.extractable);
            resolve({ keys: keys.result.length, sealed: sealed.result, extractable });
          };
        };
      }),
    DATABASE,
  );

test('goes on after a reload, and its keys can be taken out by nobody', async ({ page }) => {
  expect(await open(page, 100)).toBe('open');
  expect(await visit(page, 1)).toEqual({ visit: 1, daysSinceLast: undefined });
  await page.reload();
  expect(await open(page, 101)).toBe('open');
  expect(await visit(page, 1)).toEqual({ visit: 2, daysSinceLast: 1 });
  expect(await contents(page)).toEqual({ keys: 1, sealed: 1, extractable: [false] });
});

test('once the period is over nothing comes back, whatever the clock says after a reload', async ({
  page,
}) => {
  await open(page, 100);
  await visit(page, 1);
  expect(await page.evaluate(() => window.vaults.one.advance(103))).toBe(1);
  expect(await contents(page)).toEqual({ keys: 0, sealed: 0, extractable: [] });
  await open(page, 100);
  expect(await held(page)).toBe(0);
  expect((await visit(page, 1)).visit).toBe(1);
});

test('what has expired while the camera was off is destroyed before anything is read', async ({ page }) => {
  await open(page, 100);
  await visit(page, 1);
  await open(page, 200);
  expect(await held(page)).toBe(0);
  expect(await contents(page)).toEqual({ keys: 0, sealed: 0, extractable: [] });
});

test('who is forgotten stays forgotten after a reload; others do not', async ({ page }) => {
  await open(page, 100);
  await visit(page, 1);
  await visit(page, 2);
  expect(await page.evaluate(() => window.vaults.one.forget(1))).toBe(1);
  await open(page, 101);
  expect((await visit(page, 1)).visit).toBe(1);
  expect((await visit(page, 2)).visit).toBe(2);
});

test('a key whose removal was cut short takes its bytes with it', async ({ page }) => {
  await open(page, 100);
  await visit(page, 1);
  await page.evaluate(() => window.vaults.one.close());
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          const change = request.result.transaction('keys', 'readwrite');
          change.objectStore('keys').clear();
          change.oncomplete = () => resolve(request.result.close());
        };
      }),
    DATABASE,
  );
  await open(page, 100);
  expect(await held(page)).toBe(0);
  expect((await contents(page)).sealed).toBe(0);
});

test('only one camera has it at a time', async ({ page }) => {
  await open(page, 100);
  expect(await page.evaluate(() => window.vaults.other.open(100))).toBe('vault-busy');
  await page.evaluate(() => window.vaults.one.close());
  expect(await page.evaluate(() => window.vaults.other.open(100))).toBe('open');
});

test('one of a newer version is left as it is', async ({ page }) => {
  await page.goto('./');
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open(name, 99);
        request.onsuccess = () => resolve(request.result.close());
      }),
    DATABASE,
  );
  expect(await open(page, 100)).toBe('vault-newer');
  const version = await page.evaluate(
    async (name) => (await indexedDB.databases()).find((database) => database.name === name)?.version,
    DATABASE,
  );
  expect(version).toBe(99);
});

test('one of an older version is destroyed, and says how many vectors that were', async ({ page }) => {
  await page.goto('./');
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => {
          for (const store of ['keys', 'sealed']) request.result.createObjectStore(store, { keyPath: 'day' });
          request.result.createObjectStore('calendar');
        };
        request.onsuccess = () => {
          const change = request.result.transaction(['keys', 'sealed', 'calendar'], 'readwrite');
          for (const [day, held] of [
            [98, 2],
            [99, 1],
          ] as const) {
            change.objectStore('keys').put({ day, until: day + 9, held, key: 'a key' });
            change.objectStore('sealed').put({ day, nonce: new Uint8Array(12), bytes: new Uint8Array(2048) });
          }
          change.objectStore('calendar').put({ first: 90, latest: 99 }, 'calendar');
          change.oncomplete = () => resolve(request.result.close());
        };
      }),
    DATABASE,
  );
  expect(await open(page, 95)).toBe('open');
  expect(await page.evaluate(() => window.vaults.one.outdated())).toBe(3);
  expect(await held(page)).toBe(0);
  expect(await contents(page)).toMatchObject({ keys: 0, sealed: 0 });
  // Time does not run backwards for that.
  expect((await visit(page, 1)).visit).toBe(1);
  await page.evaluate(() => window.vaults.one.close());
  await open(page, 95);
  expect(await page.evaluate(() => window.vaults.one.outdated())).toBe(0);
  expect(await held(page)).toBe(1);
});

test('deleted by the page while it is open, it is let go at once', async ({ page }) => {
  await open(page, 100);
  await visit(page, 1);
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve();
        request.onblocked = () => reject(new Error('blocked'));
      }),
    DATABASE,
  );
  await expect.poll(() => page.evaluate(() => window.vaults.one.isLost())).toBe(true);
  await expect(visit(page, 2)).rejects.toThrow();
  await open(page, 100);
  expect(await held(page)).toBe(0);
});
