/** Finds Firefox and opens pages of the built site in it, over WebDriver BiDi. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { installWatch, rememberSettings, type SiteSettings } from '../site/watch.ts';

const NAMES = ['firefox-esr', 'firefox'];

/** @returns path of a Firefox, of INCAM_FIREFOX or on the PATH; undefined where there is none */
export function findFirefox(): string | undefined {
  const wished = process.env['INCAM_FIREFOX'];
  if (wished) return existsSync(wished) ? wished : undefined;
  for (const name of NAMES) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}

/** On this machine the attacker listens on the loopback interface, which WebRTC would otherwise leave out. */
const LOOPBACK = { 'media.peerconnection.ice.loopback': true };

/** @param prefs settings of `about:config`. @throws {Error} when it does not start */
export const launchFirefox = (
  executablePath: string,
  prefs: Readonly<Record<string, unknown>> = {},
): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { ...LOOPBACK, ...prefs },
  });

/** As Firefox was before version 130, and is on Android. */
export const NO_WEBCODECS = { 'dom.media.webcodecs.enabled': false };

/** A page of the site, watched from before its first script on, in English. @param errors texts of its errors are added */
export async function openWatched(
  browser: Browser,
  address: string,
  settings: SiteSettings,
  errors: string[] = [],
): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => errors.push(String(error)));
  // Compilers that keep function names call this helper, which the page does not have.
  await page.evaluateOnNewDocument('globalThis.__name ??= (named) => named;');
  await page.evaluateOnNewDocument(installWatch);
  await page.evaluateOnNewDocument(rememberSettings, settings);
  await page.goto(address);
  return page;
}

/** Presses the button that starts the camera, and waits until it has once been in a state. @throws {Error} when it has not */
export async function startCamera(page: Page, timeout = 120_000): Promise<void> {
  const start = await page.waitForSelector('::-p-xpath(//button[normalize-space()="Start"])', { timeout });
  await start!.click();
  await page.waitForFunction(
    () =>
      window.incamWatch
        .messages()
        .some(({ record }) => record?.type === 'status' && record.state === 'running'),
    { timeout },
  );
}
