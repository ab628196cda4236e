/** The site's own benchmark page, driven headless: what a visitor measures and what a command measures is the same. */
import { chromium, type Browser } from '@playwright/test';
import { text } from 'node:stream/consumers';
import type { Wished } from '../../src/benchmark/link.ts';
import { parseReports, type Report } from '../../src/benchmark/report.ts';
import { rowsOf } from '../../src/benchmark/results.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

/** A plan's name, a plan, or what one is to be made of. */
export type PlanOrder = 'quick' | 'full' | Wished | Report['plan'];

/**
 * The browser to measure in: the one here, or one elsewhere.
 * @param connect `ws://` or `wss://` of a Playwright server (`npx playwright run-server`), or `http://` of a Selenium Grid,
 *   which Playwright drives through the variable it reads for that
 */
export async function openBrowser(connect?: string): Promise<Browser> {
  if (connect === undefined) {
    return chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  }
  if (/^wss?:/.test(connect)) return chromium.connect(connect);
  if (!/^https?:/.test(connect)) throw new Error(`neither ws:// nor http://: ${connect}`);
  process.env['SELENIUM_REMOTE_URL'] = connect;
  return chromium.launch();
}

/**
 * Opens the page with a plan, waits, and takes the report as a visitor does.
 * @param url of the site, as the browser sees it
 * @throws {Error} when the page does not understand the plan, or is not done in time
 */
export async function measureOnPage(
  browser: Browser,
  url: string,
  order: PlanOrder,
  timeoutMs = 3 * 3600_000,
): Promise<Report> {
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  try {
    const plan = typeof order === 'string' ? order : JSON.stringify(order);
    await page.addInitScript(() => localStorage.setItem('incam.language', '"en"'));
    await page.goto(`${url}#/bench?plan=${encodeURIComponent(plan)}`);
    const failed = page.getByRole('alert');
    const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    await cancel.or(failed).first().waitFor({ timeout: 60_000 });
    if (await failed.isVisible()) throw new Error(`the page says: ${await failed.innerText()}`);
    const line = page.locator('.progress [aria-live]');
    let said = '';
    const until = Date.now() + timeoutMs;
    while (await cancel.isVisible()) {
      if (Date.now() > until) throw new Error(`not done after ${timeoutMs} ms: ${said}`);
      const now = await line.innerText({ timeout: 1000 }).catch(() => said);
      if (now !== said) console.log((said = now));
      await page.waitForTimeout(500);
    }
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Report as JSON' }).click();
    // A stream, because a browser elsewhere has its files elsewhere.
    return parseReports(await text(await (await download).createReadStream()))[0]!;
  } finally {
    await context.close();
  }
}

/** A case of a report under the keys of `npm run bench -- --case`. */
export function caseFigures(report: Report, id: string) {
  const row = rowsOf(report).find(({ cell }) => cell.case === id);
  if (!row?.frameMs)
    throw new Error(`${id}: nothing was measured: ${row?.faults.join(', ') ?? 'no such cell'}`);
  const { frameMs, fps, stagesMs, overheadShare, downloadMs, initialiseMs, warmUpMs } = row;
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    fps,
    frames: frameMs.count,
    frameMs: { p50: round(frameMs.p50), p90: round(frameMs.p90), p99: round(frameMs.p99) },
    stagesMs,
    overheadShare,
    downloadMs,
    initialiseMs,
    warmUpMs,
    countError: row.countError,
    memoryBytes: row.memoryBytes,
    engine: row.engine,
  };
}
