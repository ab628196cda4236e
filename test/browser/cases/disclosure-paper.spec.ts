/** What a person takes home from the desk of case 3 on paper: one page in each language, complete, and nothing else on it. */
import { expect, test } from '@playwright/test';
import { control, of, reach } from '../../site/drive.ts';
import { hasPoppler, pageSizes, plain, printedPages } from '../../site/pdf.ts';
import { openSite, watch } from '../../site/watch.ts';

/** The paper's own margin is wider. */
const MARGIN_MM = 15;
const LANGUAGES = {
  日本語: { lang: 'ja', title: '保有する個人データの開示', foreign: /[a-z]{4}|[가-힣]/ },
  English: { lang: 'en', title: 'What is held about you', foreign: /[ぁ-ん가-힣]/ },
  中文: { lang: 'zh-Hans', title: '所保存个人信息的查阅结果', foreign: /[a-z]{4}|[ぁ-ん가-힣]/ },
  한국어: { lang: 'ko', title: '보유 중인 개인정보 열람 결과', foreign: /[a-z]{4}|[ぁ-ん]/ },
} as const;

test('the disclosure prints as one page in four languages, with all that is held', async ({ page }) => {
  test.setTimeout(240_000);
  const seen = await watch(page);
  await openSite(page, '', 'repeat-visits', { backend: 'wasm', threads: 2, pace: 'live', loop: true });
  await control(page, 'Start').click();
  await reach(page, 'running');
  await expect
    .poll(async () => of(await seen.records(), 'vault').at(-1)?.keys[0]?.held ?? 0, { timeout: 90_000 })
    .toBeGreaterThan(0);
  await page.getByRole('button', { name: /Desk for those who are filmed/ }).click();
  const desk = page.getByRole('dialog', { name: /Your data/ });
  // Who stands before the camera changes: asked until it is a person of whom something is held.
  await expect(async () => {
    await desk.getByRole('button', { name: 'Show what is held about me' }).click();
    await expect(desk.getByRole('row', { name: /Number of visits/ })).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
  const { held } = of(await seen.records(), 'desk').at(-1)!;
  expect(held!.days.length).toBeGreaterThan(0);

  for (const [name, { lang, title, foreign }] of Object.entries(LANGUAGES)) {
    await desk
      .getByRole('group', { name: 'Language of the paper' })
      .getByRole('radio', { name })
      .check({ force: true });
    const paper = page.locator('.desk-paper');
    await expect(paper).toHaveAttribute('lang', lang);
    await expect(paper).toBeHidden();
    await page.emulateMedia({ media: 'print' });
    await expect(paper.getByRole('heading', { level: 1 })).toHaveText(title);
    const text = plain(await paper.innerText());
    expect(text).not.toMatch(foreign);
    await expect(paper.locator('tr').first().locator('td')).toHaveText(String(held!.days.length));
    await expect(paper.locator('tr').nth(1).locator('td > div')).toHaveCount(held!.days.length);
    // Nothing of the page around it is printed.
    expect(plain(await page.evaluate(() => document.body.innerText))).toBe(text);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    await page.emulateMedia({ media: null });
    expect(pageSizes(pdf).map((size) => size.map(Math.round))).toEqual([[210, 297]]);
    if (!hasPoppler) continue;
    const [printed] = printedPages(pdf, MARGIN_MM);
    expect(printed!.outside, name).toEqual([]);
    const parts = await paper.locator('h1, p, th, td:not(:has(div)), td div').allTextContents();
    expect(parts.length).toBeGreaterThan(14);
    for (const part of parts) expect(printed!.text, name).toContain(plain(part));
  }

  await desk.getByRole('button', { name: /on paper/ }).click();
  await page.keyboard.press('Escape');
  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  expect(seen.errors).toEqual([]);
});
