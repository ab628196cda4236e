/** Draws the icons of the web manifest from `public/icon.svg`: `npm run icons`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

const PUBLIC = resolve(import.meta.dirname, '../../public');
const FOLDER = join(PUBLIC, 'icons');
/** Share of the side that the drawing takes; systems cut a maskable icon to a circle of 0.8. */
const ICONS = [
  { file: '192.png', side: 192, share: 1, ground: 'transparent' },
  { file: '512.png', side: 512, share: 1, ground: 'transparent' },
  { file: 'maskable-512.png', side: 512, share: 0.62, ground: '#efeae0' },
];

const drawing = Buffer.from(readFileSync(join(PUBLIC, 'icon.svg'))).toString('base64');
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
for (const { file, side, share, ground } of ICONS) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  const size = Math.round(side * share);
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;block-size:${side}px;background:${ground}">
      <img style="inline-size:${size}px" src="data:image/svg+xml;base64,${drawing}"></body>`,
  );
  await page.waitForFunction(() => document.images[0]?.complete);
  await page.screenshot({ path: join(FOLDER, file), omitBackground: true });
  await page.close();
}
await browser.close();
