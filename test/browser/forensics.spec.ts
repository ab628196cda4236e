/**
 * What a thief of the browser's files gets of case 3's vault: the profile's folder is copied at every moment that matters, and
 * examined without the browser. The thief is given more than the files: every block that was ever sealed.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type BrowserContext, type Page } from '@playwright/test';
import { examine, filesOf, openBlock, type SealedBlock } from '../forensics/profile.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import { harnessed } from './harness.ts';
import type {} from './vault/page.ts';

const test = harnessed('vault');
const PASSPHRASE = 'four easy words again';
const DAYS = Array.from({ length: 40 }, (_, i) => 90 + i);
/** How long a browser may take to write what it was asked to, in milliseconds. */
const SETTLE_MS = 1500;
const MAX_TRIES = 5;

/** Typed by the test: what stands in the page's script, a browser keeps in its files with it. */
const open = (page: Page, today: number) =>
  page.evaluate(([day, words]) => window.vaults.one.open(day, words), [today, PASSPHRASE] as const);

interface Noted {
  keys: string[];
  slots: string[];
  blocks: SealedBlock[];
}

/**
 * Copies the folder of a browser that runs. It writes some files under another name first and renames them: one that is gone when
 * its turn comes is copied, under its own name, by another try.
 */
function copyLiving(folder: string, copy: string): void {
  for (let tries = 1; ; tries++) {
    try {
      cpSync(folder, copy, { recursive: true, filter: (path) => !/Singleton/.test(path) });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === MAX_TRIES) throw error;
      rmSync(copy, { recursive: true, force: true });
    }
  }
}

/** A browser with a profile of its own, which can be ended and started again. */
class Thief {
  readonly #folder = mkdtempSync(join(tmpdir(), 'incam-profile-'));
  readonly #url: string;
  #context: BrowserContext | undefined;
  readonly noted: Noted = { keys: [], slots: [], blocks: [] };

  constructor(url: string) {
    this.#url = url;
  }

  async start(): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      executablePath: ensureChromium(),
      args: CHROMIUM_ARGS,
    });
    const page = this.#context.pages()[0] ?? (await this.#context.newPage());
    await page.goto(this.#url);
    await page.waitForFunction(() => 'vaults' in window);
    return page;
  }

  /** Takes over what the page has noted. */
  async note(page: Page): Promise<void> {
    const { keys, slots, blocks } = await page.evaluate(() => window.vaults.noted);
    const bytes = (text: string) => Buffer.from(text, 'hex');
    this.noted.keys.push(...keys);
    this.noted.slots.push(...slots);
    this.noted.blocks.push(
      ...blocks.map((block) => ({ nonce: bytes(block.nonce), bytes: bytes(block.bytes) })),
    );
  }

  /** Copies the folder, as it is now, and examines the copy. */
  async look(passphrase?: string) {
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    const copy = mkdtempSync(join(tmpdir(), 'incam-copy-'));
    try {
      copyLiving(this.#folder, copy);
      const all = Buffer.concat(filesOf(copy).map(({ bytes }) => bytes));
      return {
        ...(await examine(copy, { ...(passphrase && { passphrase }), more: this.noted.blocks, days: DAYS })),
        holds: (bytes: Buffer) => all.includes(bytes),
      };
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  async end(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Without the passphrase nothing opens; no key and no passphrase lies in the files. With it, these days do and no others. */
async function expectOnly(thief: Thief, days: readonly number[]): Promise<void> {
  const bare = await thief.look();
  expect({ opened: bare.openedDays, plainKeys: bare.plainKeys }).toEqual({ opened: [], plainKeys: 0 });
  for (const key of thief.noted.keys) expect(bare.holds(Buffer.from(key, 'hex'))).toBe(false);
  expect(bare.holds(Buffer.from(PASSPHRASE))).toBe(false);
  expect(bare.holds(Buffer.from(PASSPHRASE, 'utf16le'))).toBe(false);
  const armed = await thief.look(PASSPHRASE);
  expect([...new Set(armed.openedDays)].sort()).toEqual([...days].sort());
  expect(armed.openSlots).toBe(days.length * armed.keyFiles);
}

test('the files of a profile open nothing without the passphrase, and nothing that has ended with it', async ({
  site,
}) => {
  test.setTimeout(240_000);
  const thief = new Thief(site);
  try {
    let page = await thief.start();
    expect(await open(page, 100)).toBe('open');
    const visit = (who: number) => page.evaluate((one) => window.vaults.one.visit(one), who);
    const advance = (today: number) => page.evaluate((day) => window.vaults.one.advance(day), today);
    for (const who of [1, 2, 3]) await visit(who);
    await advance(101);
    for (const who of [4, 5]) await visit(who);
    await thief.note(page);

    // In use. That blocks and slots are found at all shows that the thief can look.
    await expectOnly(thief, [100, 101]);
    const inUse = await thief.look(PASSPHRASE);
    expect(inUse.blocks).toBeGreaterThan(0);
    expect(inUse.keyFiles).toBe(1);
    const sealed = (slot: string) => Buffer.from(slot, 'hex').subarray(0, 120);
    const slots = thief.noted.slots.filter((slot) => slot.length === 512);
    expect(slots.filter((slot) => inUse.holds(sealed(slot)))).toHaveLength(2);

    // A person who asked to be forgotten: older bytes of that day open no more.
    const before = thief.noted.blocks.length;
    await page.evaluate(() => window.vaults.one.forget(2));
    await thief.note(page);
    await expectOnly(thief, [100, 101]);
    const afterForget = await thief.look(PASSPHRASE);
    const openBefore = inUse.openedDays.filter((day) => day === 100).length;
    expect(openBefore).toBeGreaterThan(2);
    expect(afterForget.openedDays.filter((day) => day === 100).length).toBeLessThan(openBefore);
    const freshKey = Buffer.from(thief.noted.keys.at(-1)!, 'hex');
    for (const block of thief.noted.blocks.slice(0, before))
      expect(openBlock(freshKey, block, [100])).toBeUndefined();

    // The end of a period.
    await advance(103);
    await expectOnly(thief, [101]);

    // After a restart of the browser, before and after the vault is opened again.
    await page.evaluate(() => window.vaults.one.close());
    await thief.end();
    await expectOnly(thief, [101]);
    page = await thief.start();
    expect(await open(page, 103)).toBe('open');
    await visit(6);
    await thief.note(page);
    await expectOnly(thief, [101, 103]);

    // Expired while the browser was off: gone with the next opening.
    await page.evaluate(() => window.vaults.one.close());
    await thief.end();
    page = await thief.start();
    expect(await open(page, 105)).toBe('open');
    await thief.note(page);
    await expectOnly(thief, [103]);

    // Everything destroyed at the operator's wish; then erased with no camera on it.
    await visit(7);
    await thief.note(page);
    await page.evaluate(() => window.vaults.one.forgetAll());
    await expectOnly(thief, []);
    await visit(8);
    await thief.note(page);
    await page.evaluate(() => window.vaults.one.close());
    expect(await page.evaluate(() => window.vaults.erase())).toBe(true);
    await expectOnly(thief, []);
    const erased = await thief.look(PASSPHRASE);
    for (const slot of thief.noted.slots.filter((one) => one.length === 512 && !/^0+$/.test(one)))
      expect(erased.holds(sealed(slot))).toBe(false);
    await thief.end();
    await expectOnly(thief, []);
  } finally {
    await thief.remove();
  }
});
