/** Case 3's vault on the device it is made for: what outlives a reload, and what must not. */
import { expect, type Page } from '@playwright/test';
import { harnessed } from './harness.ts';
import type {} from './vault/page.ts';

const DATABASE = 'incam-vault';
const KEY_FILE = 'incam-vault-keys';

const PASSPHRASE = 'four easy words again';

const test = harnessed('vault');

async function reach(page: Page): Promise<void> {
  await page.goto('./');
  await page.waitForFunction(() => 'vaults' in window);
}

/** Opens the vault in a fresh page: what the one before had open is gone with it. */
async function open(page: Page, today: number): Promise<string> {
  await reach(page);
  return page.evaluate(([day, words]) => window.vaults.one.open(day, words), [today, PASSPHRASE] as const);
}

const visit = (page: Page, who: number) => page.evaluate((one) => window.vaults.one.visit(one), who);
const held = (page: Page) => page.evaluate(() => window.vaults.one.held);
const close = (page: Page) => page.evaluate(() => window.vaults.one.close());

/** Sealed blocks that a page of the same origin finds in the database. */
const blocks = (page: Page) =>
  page.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          const count = database.transaction('blocks').objectStore('blocks').count();
          count.onsuccess = () => {
            database.close();
            resolve(count.result);
          };
        };
      }),
    DATABASE,
  );

test('goes on after a reload, for who has the passphrase', async ({ page }) => {
  expect(await open(page, 100)).toBe('open');
  expect(await visit(page, 1)).toEqual({ visit: 1, daysSinceLast: undefined });
  await reach(page);
  expect(await page.evaluate(() => window.vaults.one.open(101, 'another passphrase'))).toBe('wrong');
  await page.evaluate(() => window.vaults.one.close());
  expect(await open(page, 101)).toBe('open');
  expect(await visit(page, 1)).toEqual({ visit: 2, daysSinceLast: 1 });
  expect(await blocks(page)).toBe(1);
});

test('the key file keeps its size, whatever is written to it', async ({ page }) => {
  const size = () =>
    page.evaluate(async (name) => {
      const root = await navigator.storage.getDirectory();
      return (await (await root.getFileHandle(name)).getFile()).size;
    }, KEY_FILE);
  await open(page, 100);
  const before = await size();
  for (const [day, who] of [
    [100, 1],
    [101, 2],
    [102, 3],
  ] as const) {
    await page.evaluate((today) => window.vaults.one.advance(today), day);
    await visit(page, who);
  }
  await page.evaluate(() => window.vaults.one.forget(2));
  expect(await size()).toBe(before);
});

test('once the period is over nothing comes back, whatever the clock says after a reload', async ({
  page,
}) => {
  await open(page, 100);
  await visit(page, 1);
  expect(await page.evaluate(() => window.vaults.one.advance(103))).toBe(1);
  expect(await blocks(page)).toBe(0);
  await open(page, 100);
  expect(await held(page)).toBe(0);
  expect((await visit(page, 1)).visit).toBe(1);
});

test('what has expired while the camera was off is destroyed before anything is read', async ({ page }) => {
  await open(page, 100);
  await visit(page, 1);
  await open(page, 200);
  expect(await held(page)).toBe(0);
  expect(await blocks(page)).toBe(0);
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

test('a day whose bytes are gone is destroyed and told; the others go on', async ({ page }) => {
  await open(page, 100);
  await visit(page, 1);
  await page.evaluate(() => window.vaults.one.advance(101));
  await visit(page, 2);
  await close(page);
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          const change = request.result.transaction('blocks', 'readwrite');
          const keys = change.objectStore('blocks').getAllKeys();
          keys.onsuccess = () => change.objectStore('blocks').delete(keys.result[0]!);
          change.oncomplete = () => resolve(request.result.close());
        };
      }),
    DATABASE,
  );
  await open(page, 101);
  expect(await held(page)).toBe(1);
  expect(await page.evaluate(() => window.vaults.one.takeDamaged())).toMatchObject({ days: 1 });
});

test('only one camera has it at a time', async ({ page }) => {
  await open(page, 100);
  expect(await page.evaluate((words) => window.vaults.other.open(100, words), PASSPHRASE)).toBe('vault-busy');
  expect(await page.evaluate(() => window.vaults.erase())).toBe(false);
  await close(page);
  expect(await page.evaluate((words) => window.vaults.other.open(100, words), PASSPHRASE)).toBe('open');
});

test('one of a newer version is left as it is', async ({ page }) => {
  await reach(page);
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

test('one of a version that kept the browser’s own keys is destroyed, and says how many vectors that were', async ({
  page,
}) => {
  await reach(page);
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open(name, 2);
        request.onupgradeneeded = () => {
          for (const store of ['keys', 'sealed']) request.result.createObjectStore(store, { keyPath: 'day' });
          request.result.createObjectStore('calendar');
        };
        request.onsuccess = () => {
          const change = request.result.transaction(['keys', 'sealed'], 'readwrite');
          for (const [day, held] of [
            [98, 2],
            [99, 1],
          ] as const) {
            change.objectStore('keys').put({ day, until: day + 9, held, key: 'a key' });
            change.objectStore('sealed').put({ day, nonce: new Uint8Array(12), bytes: new Uint8Array(2048) });
          }
          change.oncomplete = () => resolve(request.result.close());
        };
      }),
    DATABASE,
  );
  expect(await open(page, 100)).toBe('open');
  expect(await page.evaluate(() => window.vaults.one.outdated)).toBe(3);
  expect(await held(page)).toBe(0);
  expect(await blocks(page)).toBe(0);
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
  await expect.poll(() => page.evaluate(() => window.vaults.one.isLost)).toBe(true);
  await expect(visit(page, 2)).rejects.toThrow();
  await open(page, 100);
  expect(await held(page)).toBe(0);
});

test('erased with the camera off, nothing is left, and a new one begins', async ({ page }) => {
  await open(page, 100);
  await visit(page, 1);
  await close(page);
  expect(await page.evaluate(() => window.vaults.erase())).toBe(true);
  const left = await page.evaluate(async (name) => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const key of (root as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(key);
    return { files: names.filter((one) => one === name), databases: await indexedDB.databases() };
  }, KEY_FILE);
  expect(left).toEqual({ files: [], databases: [] });
  expect(await page.evaluate(() => window.vaults.erase())).toBe(true);
  expect(await page.evaluate(() => window.vaults.one.open(50, 'a new one of twelve'))).toBe('open');
  expect(await held(page)).toBe(0);
});
