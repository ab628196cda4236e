/** Attacks by the host: one byte of a file that goes into the frame is changed. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { control } from '../../site/drive.ts';
import { openSite, watch } from '../../site/watch.ts';
import type { Outcome } from './attack.ts';
import { withChangedByte, type Host } from './hosts.ts';

const FILES = [
  { what: 'the camera’s code', folder: 'sealed', name: /^camera-.*\.js$/ },
  { what: 'the runtime’s code', folder: 'sealed', name: /^ort-wasm-.*\.js$/ },
  { what: 'the thread script', folder: 'sealed', name: /^ort-thread-.*\.js$/ },
  { what: 'the runtime’s binary', folder: 'models', name: /^ort-.*\.wasm$/ },
  { what: 'a model', folder: 'models', name: /^centernet-street\.onnx$/ },
  { what: 'the registry of models', folder: 'models', name: /^registry\.json$/ },
  { what: 'a sample', folder: 'samples', name: /^counting\.mp4$/ },
];

/** Whether the frame refused a part and the visitor was told so. */
const wasRefused = (page: Page): Promise<boolean> =>
  page
    .waitForFunction(
      () =>
        window.incamWatch.messages().some(({ text }) => text.includes('"is":"refused"')) &&
        document.querySelector('[role=alert]') !== null,
      undefined,
      { timeout: 60_000 },
    )
    .then(
      () => true,
      () => false,
    );

async function startWithIt(browser: Browser, host: Host): Promise<string> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await watch(page);
    await openSite(page, host.url, 'counting', {
      backend: 'wasm',
      threads: 2,
      size: '320x192',
      pace: 'live',
    });
    await control(page, 'Start').click({ timeout: 60_000 });
    if (await wasRefused(page)) return '';
    const ran = await page.evaluate(() =>
      window.incamWatch.messages().some(({ record }) => record?.type === 'timing' && record.frames > 0),
    );
    return ran ? 'the camera ran with it' : 'nobody was told';
  } finally {
    await context.close();
  }
}

/** A changed file must be refused and told, and the camera must not run with it. */
export async function changeFiles(browser: Browser, host: Host): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { what, folder, name } of FILES) {
    const file = readdirSync(join(host.folder, folder)).find((one) => name.test(one));
    if (!file) throw new Error(`no file ${name} in ${folder}`);
    const got = await withChangedByte(host, `${folder}/${file}`, () => startWithIt(browser, host));
    outcomes.push({
      attack: `one changed byte in ${what}`,
      wall: 'SHA-256 of every part, in the frame’s own script, whose hash is in the policy',
      place: 'host',
      host: host.name,
      stopped: got === '',
      ...(got && { got }),
    });
  }
  return outcomes;
}
