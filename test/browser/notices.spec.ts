/**
 * Notices: every form of every case, on every occasion, in four languages, as the paper it is printed on: as many pages as it
 * should have, of the right size, with nothing cut off. And the way from an empty file to the printed page.
 */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { CASES, type CaseId } from '../../contract/index.ts';
import { FORM, FORMS, PAPERS, pagesOf } from '../../src/notices/forms.ts';
import { OCCASIONS } from '../../src/notices/items.ts';
import { PUBLIC_LANGUAGES } from '../../src/notices/languages.ts';
import { hasPoppler, pageSizes, plain, printedPages } from '../site/pdf.ts';
import { watch } from '../site/watch.ts';

const KEY = 'incam.operator-file';
/** Chromium rounds a page to whole pixels. */
const PIXEL_MM = 25.4 / 96;
/** No printer prints to the edge of its paper. */
const EDGE_MM = 4;
const texts = {
  ja: '変更の内容（例）',
  en: 'What changes (example)',
  zh: '变更内容（示例）',
  ko: '변경 내용(예)',
};

/** The example of a filled file, and an announced change of either kind for each case. */
function filledFile(): string {
  const example = JSON.parse(
    readFileSync(new URL('../../src/guidebook/example.json', import.meta.url), 'utf8'),
  );
  const changes = CASES.flatMap((id) =>
    (['new-purpose', 'third-party'] as const).map((kind) => ({
      id: `${kind}-${id}`,
      kind,
      case: id,
      announced: '2026-12-01',
      effective: '2027-02-01',
      before: texts,
      after: texts,
    })),
  );
  return JSON.stringify({ ...example, changes });
}

async function openNotices(page: Page, file: string | undefined, query = ''): Promise<void> {
  await page.addInitScript(
    ([key, text]) => {
      localStorage.setItem('incam.language', '"ja"');
      if (text) localStorage.setItem(key!, text);
    },
    [KEY, file] as const,
  );
  await page.goto(`./#/guidebook/notices${query}`);
  await expect(page.locator('.sheets .paper').first()).toBeAttached();
}

/** Texts that are cut off by their place, or lie outside the paper. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const cut: string[] = [];
    for (const paper of document.querySelectorAll('.sheets .paper')) {
      const edge = paper.getBoundingClientRect();
      for (const element of paper.querySelectorAll<HTMLElement>('*')) {
        const hides = getComputedStyle(element).overflow === 'hidden' && element instanceof HTMLElement;
        const tooLarge =
          element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
        if (hides && tooLarge) cut.push(`${element.className}: ${element.textContent.slice(0, 30)}`);
        const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
        if (!isText) continue;
        const box = element.getBoundingClientRect();
        const outside =
          box.left < edge.left - 1 ||
          box.top < edge.top - 1 ||
          box.right > edge.right + 1 ||
          box.bottom > edge.bottom + 1;
        if (outside) cut.push(`outside: ${element.textContent.slice(0, 30)}`);
      }
    }
    return cut;
  });

/** All of them take twenty minutes: `INCAM_EVERY_FORM=1 npm run test:browser -- notices.spec.ts`. */
const EVERY_FORM = process.env['INCAM_EVERY_FORM'] === '1';

/** A case's forms, each in one language and on one occasion in turn; or all, in every language on every occasion. */
function printingsOf(id: CaseId) {
  const all = FORMS.flatMap((form) => {
    const { carrier, occasions } = FORM[form];
    if (carrier && id !== 'streetscape') return [];
    const fitting = OCCASIONS.filter((occasion) => occasions.includes(occasion));
    return [{ form, fitting }];
  });
  const turn = CASES.indexOf(id);
  return all.flatMap(({ form, fitting }, i) =>
    EVERY_FORM
      ? fitting.flatMap((occasion) => PUBLIC_LANGUAGES.map((language) => ({ form, occasion, language })))
      : [
          {
            form,
            occasion: fitting[(turn + i) % fitting.length]!,
            language: PUBLIC_LANGUAGES[(turn + i) % PUBLIC_LANGUAGES.length]!,
          },
        ],
  );
}

for (const id of CASES) {
  test(`${id}: every form prints on its own pages with nothing cut`, async ({ page }) => {
    test.setTimeout(EVERY_FORM ? 900_000 : 120_000);
    await openNotices(page, filledFile(), `?case=${id}`);
    for (const { form, occasion, language } of printingsOf(id)) {
      const { paper } = FORM[form];
      const name = `${id} ${occasion} ${form} ${language}`;
      await page.evaluate(
        (query) => (location.hash = `#/guidebook/notices?${query}`),
        `case=${id}&occasion=${occasion}&form=${form}&language=${language}`,
      );
      await expect(page.locator(`.sheets[data-form="${form}"] .paper`).first()).toHaveAttribute(
        'lang',
        language === 'zh' ? 'zh-Hans' : language,
      );
      await page.evaluate(() => document.fonts.ready);
      expect(await cutTexts(page), name).toEqual([]);
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      const boxes = pageSizes(pdf);
      const items = await page.locator('.checks tbody').first().locator('tr').count();
      expect(boxes.length, name).toBe(pagesOf(form, items));
      for (const [width, height] of boxes) {
        expect(Math.abs(width - PAPERS[paper][0]), name).toBeLessThan(2 * PIXEL_MM);
        expect(Math.abs(height - PAPERS[paper][1]), name).toBeLessThan(2 * PIXEL_MM);
      }
      if (hasPoppler) {
        const pages = printedPages(pdf, EDGE_MM);
        expect(
          pages.flatMap(({ outside }) => outside),
          name,
        ).toEqual([]);
        expect(
          pages.filter(({ text }) => text === ''),
          `${name}: a page without words`,
        ).toEqual([]);
        const words = pages.map(({ text }) => text).join('');
        const title = await page.locator('.sheets h1, .sheets tspan').first().textContent();
        expect(words, name).toContain(plain(title ?? ''));
        const lines = await page.locator('.sheets [data-item] :is(dt, dd span)').allTextContents();
        for (const line of lines) expect(words, `${name}: ${line}`).toContain(plain(line));
      }
    }
  });
}

test('from an empty file to a printed poster: blanks are shown, filled in, and gone', async ({ page }) => {
  const { errors } = await watch(page);
  await openNotices(page, undefined, '?case=counting&occasion=acquisition&form=poster-a4&language=ja');
  await expect(page.locator('[data-item="place"] dd')).toHaveText('＿＿＿＿＿＿＿＿');
  await expect(page.getByText(/項目が足りません/)).toBeVisible();
  await page.getByRole('link', { name: '運用者の情報を入力する' }).click();
  await page.getByRole('button', { name: '記入例を入れる' }).click();
  await page.goto('./#/guidebook/notices?case=counting&occasion=acquisition&form=poster-a4&language=ja');
  await expect(page.getByText(/項目がそろっています/)).toBeVisible();
  await expect(page.locator('.sheets').getByText('株式会社みほん（記入例）', { exact: true })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.sheets h1')).toBeVisible();
  await expect(page.locator('#app > header')).toBeHidden();
  await expect(page.locator('.checks')).toBeHidden();
  expect(errors).toEqual([]);
});

test('a camera that is set otherwise than its notice says turns both red', async ({ page }) => {
  await openNotices(
    page,
    filledFile(),
    '?case=repeat-visits&occasion=acquisition&form=poster-a4&language=ja',
  );
  const retention = page.locator('[data-truth="retention"]').first();
  await expect(retention).toHaveClass(/disagrees/);
  const red = await retention
    .locator('.value')
    .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).color));
  expect(new Set(red).size).toBe(1);
  await expect(page.locator('.preview')).toHaveClass(/untrue/);
});

test('stickers and texts are saved as files that need nothing else', async ({ page }) => {
  await openNotices(
    page,
    filledFile(),
    '?case=streetscape&occasion=acquisition&form=vehicle-sticker&language=ja',
  );
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  };
  const sticker = await saved('SVGを保存');
  expect(sticker.name).toBe('notice-streetscape-acquisition-vehicle-sticker-ja.svg');
  expect(sticker.text).toContain('width="210mm" height="148mm"');
  expect(sticker.text).toContain('低解像度で運用中');
  await page.evaluate(
    () => (location.hash = '#/guidebook/notices?case=repeat-visits&form=web&language=ko&occasion=prior'),
  );
  const web = await saved('HTMLを保存');
  expect(web.text).toContain('<html lang="ko">');
  expect((await saved('DTPR風JSONを保存')).text).toContain('"dtpr-style-data-chain"');
});

test('the page of notices is accessible, on a phone as well', async ({ page }) => {
  await openNotices(page, filledFile());
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      viewport.width,
    );
  }
});

test('the start of the site loads nothing of the notices and the report', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(loaded.filter((url) => /Notices|Report|save-package|parquet/.test(url))).toEqual([]);
});
