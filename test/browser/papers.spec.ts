/**
 * The guidebook's papers: from an empty form to the printed page in each language of the notices, and every paper of every
 * case alone on A4, complete, with nothing cut off. Notices have their own test.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { CASES } from '../../contract/index.ts';
import { PUBLIC_LANGUAGES, type PublicLanguage } from '../../src/guidebook/operator-file.ts';
import { hasPoppler, pageSizes, plain, printedPages } from '../site/pdf.ts';

const A4 = [210, 297];
/** Smallest white around what is printed; the papers' own margin is wider. */
const MARGIN_MM = 10;
/** Every paper in every language: `INCAM_EVERY_FORM=1`, as for the notices. */
const EVERY_FORM = process.env['INCAM_EVERY_FORM'] === '1';

const EXAMPLE = JSON.parse(
  readFileSync(new URL('../../src/guidebook/example.json', import.meta.url), 'utf8'),
);
const WORDS: Readonly<Record<PublicLanguage, string>> = {
  ja: '記入した文',
  en: 'Text that was entered',
  zh: '填写的内容',
  ko: '입력한 내용',
};
const NAMES: Readonly<Record<PublicLanguage, string>> = {
  ja: '日本語',
  en: 'English',
  zh: '中文',
  ko: '한국어',
};

/** Opens the site with what an operator has stored; the page's language is Japanese or English. */
async function openWith(page: Page, language: 'ja' | 'en', stored: Readonly<Record<string, unknown>> = {}) {
  await page.addInitScript(
    (items) => {
      if (window.origin === 'null' || sessionStorage.getItem('prepared')) return;
      sessionStorage.setItem('prepared', '1');
      for (const [key, value] of Object.entries(items)) localStorage.setItem(key, JSON.stringify(value));
    },
    { 'incam.language': language, ...stored },
  );
  await page.goto('./#/guidebook');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function go(page: Page, route: string) {
  await page.evaluate((hash) => (location.hash = hash), `#/guidebook/${route}`);
  await expect(page.locator('.guidebook-paper')).toHaveCount(1);
}

/** Prints the page that is open and holds the PDF against the paper. @returns all that is printed, without white space */
async function printed(page: Page, name: string): Promise<string> {
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('.guidebook .guidebook-paper');
  await expect(paper).toBeVisible();
  const lines = await paper.locator('h1, h2, h3, th, td, p, li, figcaption').evaluateAll((parts) =>
    parts
      .filter((part) => part.children.length === 0)
      .map((part) => part.textContent)
      .filter((text) => text.trim() !== ''),
  );
  const title = await paper.locator('h1').innerText();
  const shown = await page.evaluate(() => document.body.innerText.trim());
  expect(shown.startsWith(title), `${name}: nothing but the paper`).toBe(true);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: null });
  const sizes = pageSizes(pdf);
  expect(sizes.length, name).toBeGreaterThan(0);
  for (const size of sizes) expect(size.map(Math.round), name).toEqual(A4);
  if (!hasPoppler) return plain(lines.join(''));
  const pages = printedPages(pdf, MARGIN_MM);
  expect(pages.length, name).toBe(sizes.length);
  for (const [i, { text, outside }] of pages.entries()) {
    expect(text, `${name}, page ${i + 1} of ${pages.length} is not blank`).not.toBe('');
    expect(outside, `${name}, page ${i + 1}`).toEqual([]);
  }
  const all = pages.map(({ text }) => text).join('');
  for (const line of lines) expect(all, name).toContain(plain(line));
  expect(all.split(plain(title)).length, `${name}: printed once`).toBe(2);
  expect(all.endsWith(plain(lines.at(-1)!)), `${name}: to its last word`).toBe(true);
  return all;
}

/** Fills every field that the form shows, each by its kind; texts are those of the language. */
async function fillAll(page: Page, words: string) {
  const form = page.locator('.guidebook .screen-only');
  for (const details of await form.locator('details:not([open]) > summary').all()) await details.click();
  for (const field of await form.locator('input, select, textarea').all()) {
    const [kind, label] = await field.evaluate((element) => [
      element.tagName === 'INPUT' ? (element as HTMLInputElement).type : element.tagName.toLowerCase(),
      (element as HTMLInputElement).labels?.[0]?.textContent ?? '',
    ]);
    if (kind === 'date') await field.fill('2027-02-01');
    else if (kind === 'url') await field.fill('https://example.jp/c');
    else if (kind === 'email') await field.fill('camera@example.jp');
    else if (kind === 'tel') await field.fill('0120-000-000');
    else if (kind === 'select') await field.selectOption({ index: 1 });
    else if (kind === 'text' && /緯度|Latitude/.test(label)) await field.fill('35.681, 139.767');
    else if (kind === 'text' || kind === 'textarea') await field.fill(words);
  }
}

for (const language of PUBLIC_LANGUAGES) {
  test(`from an empty form to the printed pages: ${language}`, async ({ page }) => {
    test.slow();
    const isJapanese = language === 'ja';
    await openWith(page, isJapanese ? 'ja' : 'en');
    await go(page, 'operator');
    const form = page.locator('.guidebook .screen-only');
    await form.locator('.language').getByRole('radio', { name: NAMES[language] }).check({ force: true });
    const lacking = form.getByRole('region', { name: isJapanese ? '未記入の項目' : 'Not stated yet' });
    await expect(lacking.getByRole('status')).toContainText(/[1-9]/);
    await form.getByRole('button', { name: isJapanese ? '設置場所を追加' : 'Add a place' }).click();
    await form.getByRole('switch', { name: isJapanese ? /ケース4/ : /Case 4/ }).click();
    await form.getByRole('button', { name: isJapanese ? 'カメラを追加' : 'Add a camera' }).click();
    await fillAll(page, WORDS[language]);
    await expect(
      lacking.getByText(
        isJapanese
          ? '必須の項目は、この言語ですべて記入されています。'
          : 'All needed items are stated in this language.',
      ),
    ).toBeVisible();
    expect(await printed(page, 'operator')).toContain(plain(WORDS[language]));

    // The notice says it, in that language and no other.
    await page.evaluate(
      (query) => (location.hash = `#/guidebook/notices?${query}`),
      `case=counting&occasion=prior&form=poster-a4&language=${language}`,
    );
    await expect(page.locator('.checks [role=status]').first()).toHaveText(/そろっています|are there/);
    const poster = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(pageSizes(poster)).toHaveLength(1);
    if (hasPoppler) expect(printedPages(poster, 4)[0]!.text).toContain(plain(WORDS[language]));

    await go(page, 'conversation/changes');
    await page.getByRole('button', { name: /お知らせを作る|Make an announcement/ }).click();
    await form.getByRole('radio', { name: NAMES[language] }).check({ force: true });
    for (const text of await form.locator('textarea').all()) await text.fill(WORDS[language]);
    await form.locator('input[type=date]').last().fill('2027-06-01');
    expect(await printed(page, 'changes')).toContain(plain(WORDS[language]));

    await go(page, 'conversation/opinions');
    await form.getByRole('radio', { name: NAMES[language] }).check({ force: true });
    for (const question of await form
      .locator('fieldset:has(input[type=radio][value=no], input[value=bad])')
      .all())
      await question.getByRole('radio').last().check();
    await form.locator('textarea').fill(WORDS[language]);
    await form.locator('form button[type=submit]').click();
    expect(await printed(page, 'opinions')).toContain(plain(WORDS[language]));

    // The papers for authorities are in Japanese and English.
    if (!isJapanese && language !== 'en') return;
    await go(page, 'duties/counting');
    expect(await printed(page, 'duties')).toContain(plain(WORDS[language]));
    await go(page, 'risks/counting');
    await form.locator('textarea').first().fill(WORDS[language]);
    expect(await printed(page, 'assessment')).toContain(plain(WORDS[language]));
    await go(page, 'report');
    expect(await printed(page, 'report')).toContain(plain(WORDS[language]));
  });
}

test('what a camera covers is drawn on the plan, and the drawing is on the paper', async ({ page }) => {
  await openWith(page, 'en', { 'incam.operator-file': EXAMPLE });
  await go(page, 'operator');
  const paper = page.locator('.guidebook-paper');
  const drawings = paper.locator('figure svg');
  const cameras = Object.values(EXAMPLE.cases as Record<string, { cameras: { sketch: unknown }[] }>).flatMap(
    (plan) => plan.cameras.filter(({ sketch }) => sketch),
  );
  await expect(drawings).toHaveCount(cameras.length);
  await expect(paper.locator('image')).toHaveCount(0);

  // A plan of the first place lies below the cameras that hang there, and only there.
  const place = page.getByRole('region', { name: 'Place 1' });
  await place.locator('input[type=file]').setInputFiles('public/screenshot.jpg');
  await expect(place.getByRole('img', { name: 'Floor plan' })).toBeVisible();
  const there = EXAMPLE.places[0].id;
  const under = (cameras as unknown as { place: string }[]).filter((camera) => camera.place === there).length;
  expect(under).toBeGreaterThan(0);
  await expect(paper.locator('image')).toHaveCount(under);
  const stored = await page.evaluate(() => JSON.parse(localStorage.getItem('incam.operator-file')!));
  expect(stored.places[0].plan).toMatch(/^data:image\/jpeg;base64,/);
  await printed(page, 'operator with a plan');
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(pdf.toString('latin1')).toMatch(/\/Subtype \/Image/);
  // The words about a camera and its drawing stand on one page.
  for (const drawing of await drawings.all()) await expect(drawing).toBeVisible();
  await page.emulateMedia({ media: null });

  // A file that is no picture changes nothing.
  await place.locator('input[type=file]').setInputFiles({
    name: 'plan.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no picture'),
  });
  await expect(place.getByText(/could not be read as a picture/)).toBeVisible();
  await place.getByRole('button', { name: 'Remove the plan' }).click();
  await expect(paper.locator('image')).toHaveCount(0);
});

/** Both languages, or the one of the authorities: the English papers are the same parts, and the flow above prints each once. */
for (const language of EVERY_FORM ? (['ja', 'en'] as const) : (['ja'] as const)) {
  test(`every case's papers alone on A4, complete and uncut: ${language}`, async ({ page }) => {
    test.setTimeout(EVERY_FORM ? 600_000 : 120_000);
    await openWith(page, language, { 'incam.operator-file': EXAMPLE });
    for (const [i, id] of CASES.entries()) {
      await go(page, `risks/${id}`);
      await printed(page, `assessment ${id}`);
      // Duties and checklist in turn, where not all are asked for.
      if (!EVERY_FORM && i % 3 > 0) continue;
      await go(page, `duties/${id}`);
      if (EVERY_FORM || i % 2 === 0) await printed(page, `duties ${id}`);
      await page
        .getByRole('radio', { name: language === 'ja' ? '企画・設計・運用・管理' : 'Planning to management' })
        .check({ force: true });
      if (EVERY_FORM || i % 2 > 0) await printed(page, `checklist ${id}`);
    }
    await go(page, 'operator');
    for (const name of EVERY_FORM ? Object.values(NAMES) : [NAMES.zh]) {
      await page.locator('.guidebook .language').getByRole('radio', { name }).check({ force: true });
      await printed(page, `operator, ${name}`);
    }
  });
}
