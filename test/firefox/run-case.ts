/** The sample of one case, from its start to its wipe, and what of it was seen from outside. */
import type { Browser, Page } from 'puppeteer-core';
import * as v from 'valibot';
import { OutRecord, type CaseId } from '../../contract/index.ts';
import type { Message } from '../site/watch.ts';
import { openWatched, startCamera } from './browser.ts';

/** A small input and threads that need not be measured first: the run is about the browser, not about speed. */
export const QUICK = { backend: 'wasm', threads: 2, size: '320x192' } as const;
/** Pictures that must have been destroyed before the camera is stopped, and how long that may take, in milliseconds. */
const PICTURES = 20;
const PATIENCE_MS = 90_000;

/** Records of a case's own, beside house-keeping. */
const HOUSE_KEEPING = ['status', 'timing', 'ledger', 'progress', 'step', 'proof', 'fault', 'disclosure'];

export interface CaseRun {
  readonly case: CaseId;
  /** Pictures taken and destroyed, as the camera's last ledger says. */
  readonly acquired: number;
  readonly destroyed: number;
  /** Records that arrived, and of them the case's own. */
  readonly records: number;
  readonly own: number;
  /** Pictures a second while it ran, of the last report. */
  readonly fps: number;
  /** What must not be; empty: the run is good. */
  readonly wrong: readonly string[];
}

/** Elements of the page that could hold a picture of the camera, in words. */
const pictureHolders = (page: Page) =>
  page.evaluate(() => {
    const inCamera = [...document.querySelectorAll('.window canvas, .window video, .window img')];
    // Elsewhere a canvas is a chart's; a video may be nowhere at all.
    const strange = [...document.querySelectorAll('video, canvas')].filter(
      (element) => !element.closest('.uplot, .u-wrap'),
    );
    return [...new Set([...inCamera, ...strange])].map((element) => element.outerHTML.slice(0, 120));
  });

/** What the browser keeps from the page: the frame's document, its window, and a canvas made of it. */
const readBack = (page: Page) =>
  page.evaluate(async () => {
    const frame = document.querySelector<HTMLIFrameElement>('iframe[sandbox]');
    if (!frame) return ['there is no sealed frame'];
    const got: string[] = [];
    if (frame.contentDocument) got.push('the page reads the frame’s document');
    const tries: Record<string, () => unknown> = {
      'the page reads the frame’s window': () => frame.contentWindow!.document,
      'the page draws the frame': () =>
        document
          .createElement('canvas')
          .getContext('2d')!
          .drawImage(frame as unknown as HTMLImageElement, 0, 0),
      'the page makes a bitmap of the frame': () => createImageBitmap(frame as unknown as HTMLImageElement),
    };
    for (const [what, read] of Object.entries(tries)) {
      try {
        await read();
        got.push(what);
      } catch {
        // As it should be.
      }
    }
    return got;
  });

/** Faults of messages that reached the page: what is no record, holds bytes, or does not fit the contract. */
function faultsOf(messages: readonly Message[]): string[] {
  const faults = messages.flatMap(({ is, binary, record, text }) => {
    if (is === 'other') return [`a message that should not be: ${text.slice(0, 100)}`];
    if (binary.length > 0) return [`${binary.join()} reached the page`];
    if (is === 'record' && !v.is(OutRecord, record)) return [`not of the contract: ${text.slice(0, 100)}`];
    if (record?.type === 'fault') return [`fault ${record.code}`];
    return [];
  });
  return [...new Set(faults)];
}

/** What the page says, in English, when the sample of case 4 is started. @returns the text of its alert */
export async function alertOf(browser: Browser, base: string): Promise<string> {
  const page = await openWatched(browser, `${base}#/counting`, QUICK);
  try {
    const start = await page.waitForSelector('::-p-xpath(//button[normalize-space()="Start"])');
    await start!.click();
    const alert = await page.waitForSelector('.window [role=alert]', { timeout: PATIENCE_MS });
    return await alert!.evaluate((element) => element.textContent ?? '');
  } finally {
    await page.close();
  }
}

/** The test pattern, which needs no decoder, by a link. @returns pictures destroyed. @throws {Error} when there are none */
export async function runPattern(browser: Browser, base: string): Promise<number> {
  const page = await openWatched(browser, `${base}#/counting?source=pattern&autostart=1`, QUICK);
  try {
    const destroyed = await page.waitForFunction(
      () => {
        const ledgers = window.incamWatch
          .messages()
          .flatMap(({ record }) => (record?.type === 'ledger' ? [record.frames.destroyed] : []));
        return Math.max(0, ...ledgers);
      },
      { timeout: PATIENCE_MS, polling: 250 },
    );
    return (await destroyed.jsonValue()) as number;
  } finally {
    await page.close();
  }
}

/** @throws {Error} when the camera does not come up or destroys nothing */
export async function runCase(browser: Browser, base: string, id: CaseId): Promise<CaseRun> {
  const errors: string[] = [];
  const page = await openWatched(browser, `${base}#/${id}`, QUICK, errors);
  try {
    await startCamera(page);
    await page.waitForFunction(
      (pictures, keeping) => {
        const records = window.incamWatch.messages().flatMap(({ record }) => (record ? [record] : []));
        return (
          records.some((record) => record.type === 'ledger' && record.frames.destroyed >= pictures) &&
          records.some(({ type }) => !keeping.includes(type))
        );
      },
      { timeout: PATIENCE_MS, polling: 250 },
      PICTURES,
      HOUSE_KEEPING,
    );
    const wrong = [...(await pictureHolders(page)), ...(await readBack(page))];
    const stop = await page.waitForSelector('::-p-xpath(//button[normalize-space()="Stop"])');
    await stop!.click();
    await page.waitForFunction(() => !document.querySelector('iframe[sandbox]'), { timeout: 30_000 });
    const messages = await page.evaluate(() => window.incamWatch.messages());
    const records = messages.flatMap(({ record }) => (record ? [record] : []));
    wrong.push(...faultsOf(messages), ...errors);
    if (!records.some((record) => record.type === 'status' && record.state === 'wiped'))
      wrong.push('the camera has not said that it is wiped');
    const ledger = records.findLast((record) => record.type === 'ledger');
    const { acquired = 0, destroyed = 0, alive = 0 } = ledger?.frames ?? {};
    if (alive !== 0 || acquired !== destroyed) wrong.push(`${acquired} taken, ${destroyed} destroyed`);
    const timing = records.findLast((record) => record.type === 'timing');
    const own = records.filter(({ type }) => !HOUSE_KEEPING.includes(type)).length;
    return { case: id, acquired, destroyed, records: records.length, own, fps: timing?.fps ?? 0, wrong };
  } finally {
    await page.close();
  }
}
