/** No page is wider than its window, from a small phone to a projector, in any language. */
import { expect, test, type Page } from '@playwright/test';
import { CASES } from '../../contract/index.ts';

const LANGUAGES = ['ja', 'en', 'zh', 'ko'] as const;
const WIDTHS = [320, 360, 390, 600, 768, 769, 820, 900, 1024, 1055, 1100, 1180, 1248, 1280, 1600, 1920];
/** Where the layout changes; enough for languages whose words are not the longest. */
const TURNS = [320, 390, 769, 1055, 1280];
const WIDTHS_OF = { ja: WIDTHS, en: WIDTHS, zh: TURNS, ko: TURNS } as const;
const ROUTES = [
  '',
  ...CASES,
  'together',
  'guidebook',
  ...['need', 'operator', 'duties', 'risks', 'notices', 'conversation', 'report', 'law'].map(
    (page) => `guidebook/${page}`,
  ),
  'bench',
  'feasibility',
  'about',
  'wrong',
  'tour',
  'event',
];

/** Widths at which a page sticks out, and what sticks out furthest. */
async function tooWide(page: Page, widths: readonly number[]): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const excess = await page.evaluate(async () => {
      // What is drawn to the width that there is, is drawn in the frame after the change.
      for (let i = 0; i < 2; i++) await new Promise((done) => requestAnimationFrame(done));
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return undefined;
      const widest = [...document.querySelectorAll('body *')]
        .map((element) => ({ element, right: element.getBoundingClientRect().right }))
        .sort((a, b) => b.right - a.right)[0]!;
      return `${scrollWidth} > ${clientWidth}: ${widest.element.tagName} ${widest.element.className}`;
    });
    if (excess) found.push(`at ${width}: ${excess}`);
  }
  return found;
}

for (const language of LANGUAGES) {
  test(`in ${language}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.addInitScript((tag) => {
      if (window !== window.top) return;
      localStorage.setItem('incam.language', JSON.stringify(tag));
      localStorage.setItem(
        'incam.settings',
        '{"backend":"wasm","threads":1,"size":"auto","pace":"live","loop":true,"autostart":false,"level":"measure"}',
      );
    }, language);
    await page.goto('');
    const found: Record<string, string[]> = {};
    for (const route of ROUTES) {
      const before = await page.locator('main h1').first().innerText();
      await page.evaluate((hash) => (location.hash = hash), `#/${route}`);
      if (route !== '') await expect(page.locator('main h1').first()).not.toHaveText(before);
      await page.waitForTimeout(150);
      const wide = await tooWide(page, WIDTHS_OF[language]);
      if (wide.length > 0) found[route || 'home'] = wide;
    }
    expect(found).toEqual({});
  });
}
