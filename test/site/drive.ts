/** Drives case 4 of the built site as a visitor does, and checks what must hold of every run. */
import { expect, type Page } from '@playwright/test';
import * as v from 'valibot';
import { OutRecord, type OutRecordOf } from '../../contract/index.ts';
import { openSite, watch, type SiteSettings, type Watch } from './watch.ts';

/** A clip of the street scene, in the repository. */
export const CLIP = 'test/fixtures/counting-640x360.mp4';
/** Frames of the clip. */
export const FRAMES = 300;

/** The sealed frame, into which a test can look and the page cannot. */
export const sealedFrame = (page: Page) => page.frameLocator('iframe[sandbox]');
/** Where a video file is put in. */
export const chooser = (page: Page) => page.locator('input[type=file][accept*=video]');
/** A button of the transport. */
export const control = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Camera', exact: true }).getByRole('button', { name, exact: false });

/**
 * Opens case 4 with a small input and threads that need not be measured first, so that tests are about the camera and not
 * about patience.
 */
export async function open(page: Page, settings: SiteSettings = {}): Promise<Watch> {
  const seen = await watch(page);
  await openSite(page, '', 'counting', { backend: 'wasm', threads: 2, size: '320x192', ...settings });
  return seen;
}

/** Starts the camera of the page that is open, and waits until frames are taken. @param name the button's, by language */
export async function startCamera(page: Page, name = 'Start') {
  await page.getByRole('button', { name, exact: true }).first().click();
  await reach(page, 'running');
}

/** A whole clip, frame by frame: on a busy machine that takes many times its length. In milliseconds. */
export const WHOLE_CLIP_MS = 160_000;

/** Waits until the camera has once been in a state. */
export async function reach(page: Page, state: string, timeout = 40_000) {
  await page.waitForFunction(
    (wanted) =>
      window.incamWatch.messages().some(({ record }) => record?.type === 'status' && record.state === wanted),
    state,
    { timeout },
  );
}

/** Records of one type. */
export const of = <T extends OutRecord['type']>(records: OutRecord[], type: T) =>
  records.filter((record): record is OutRecordOf<T> => record.type === type);

/** What must hold of every run, however it ended. */
export async function expectSealed(seen: Watch, base: string) {
  const messages = await seen.messages();
  expect(messages.length).toBeGreaterThan(0);
  for (const message of messages) {
    expect(message.is, message.text).not.toBe('other');
    expect(message.binary, message.text).toEqual([]);
    if (message.is === 'record')
      expect(v.safeParse(OutRecord, message.record).success, message.text).toBe(true);
    else expect(message.text.length).toBeLessThan(200);
  }
  const outside = seen.requests.filter((url) => !url.startsWith(base) && !/^(blob|data):/.test(url));
  expect(outside).toEqual([]);
  const ledgers = of(await seen.records(), 'ledger');
  for (const { frames, pixelBytes } of ledgers) {
    expect(frames.alivePeak).toBeLessThanOrEqual(frames.capacity);
    expect(frames.acquired).toBe(frames.destroyed + frames.alive + frames.waiting);
    expect(pixelBytes.acquired).toBe(pixelBytes.destroyed + pixelBytes.alive);
  }
  const last = ledgers.at(-1)!;
  expect(last.frames).toMatchObject({ alive: 0, waiting: 0 });
  expect(last.frames.acquired).toBe(last.frames.destroyed);
  expect(last.pixelBytes.alive).toBe(0);
  expect(last.out.refused).toBe(0);
  return last;
}
