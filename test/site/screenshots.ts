/**
 * `npm run screenshots`: pictures of every page, in both languages, at three sizes, with the camera running where
 * there is one; into `test/.out/screens`. To be looked at by people: no test can tell that a page is ugly.
 * `-- --readme` renews the picture in the README.
 */
import { chromium, type Browser } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { CASES } from '../../contract/index.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import { markHintsShown } from './watch.ts';

const OUT = 'test/.out/screens';
const README_PICTURE = 'public/screenshot.jpg';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];
const LANGUAGES = ['ja', 'en'] as const;
const ROUTES = ['', ...CASES, 'together', 'bench', 'feasibility', 'about'];
/** Long enough for something to have left each sample. */
const RUN_MS = 15_000;

interface Shot {
  language: (typeof LANGUAGES)[number];
  size: (typeof SIZES)[number];
  route: string;
}

async function shoot(browser: Browser, base: string, { language, size, route }: Shot, path: string) {
  const page = await browser.newPage({ viewport: size, locale: language });
  try {
    await page.addInitScript(markHintsShown);
    await page.goto(`${base}#/${route}`);
    // The cameras of the cases start by themselves.
    if (CASES.some((id) => id === route)) await page.waitForTimeout(RUN_MS);
    await page.waitForTimeout(500);
    const jpeg = path.endsWith('.jpg') ? ({ type: 'jpeg', quality: 82 } as const) : {};
    await page.screenshot({ path, fullPage: size.width < 500, ...jpeg });
    console.log(path);
  } finally {
    await page.close();
  }
}

const { values } = parseArgs({ options: { readme: { type: 'boolean', default: false } } });
mkdirSync(OUT, { recursive: true });
await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 0 } });
const base = server.resolvedUrls!.local[0]!;
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
try {
  if (values.readme) {
    await shoot(browser, base, { language: 'en', size: SIZES[0]!, route: 'counting' }, README_PICTURE);
  } else {
    for (const language of LANGUAGES) {
      for (const size of SIZES) {
        for (const route of ROUTES) {
          const name = `${route || 'home'}-${language}-${size.width}`;
          await shoot(browser, base, { language, size, route }, `${OUT}/${name}.png`);
        }
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
