/**
 * The guidebook's pages on projector and phone, with measured evidence from a run, and nothing of them in the start of the
 * site. What they print: `papers.spec.ts`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { openSite, watch } from '../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 1, size: '320x192' } as const;
const PAGES = [
  'guidebook',
  'guidebook/need',
  'guidebook/operator',
  'guidebook/duties/repeat-visits',
  'guidebook/risks/streetscape',
  'guidebook/conversation/requests',
  'guidebook/conversation/opinions',
  'guidebook/conversation/changes',
  'guidebook/notices?case=streetscape',
  'guidebook/report',
  'guidebook/law',
] as const;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Opens a page of the guidebook; the page is loaded when its heading is there. */
async function open(page: Page, route: string, language: 'en' | 'ja' = 'en') {
  await openSite(page, '', route, QUICK);
  if (language === 'ja') await page.getByRole('radio', { name: '日本語' }).first().check({ force: true });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function go(page: Page, route: string) {
  await page.goto(`#/${route}`);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
}

/** Frictionless' own library, which carries the schemas they publish. */
const { Profile } = createRequire(import.meta.url)('datapackage') as {
  Profile: {
    load(name: string): Promise<{ validate(descriptor: unknown): { valid: boolean; errors: unknown[] } }>;
  };
};

/** Presses a button that saves a file. */
async function saved(page: Page, name: string | RegExp) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  const bytes = readFileSync(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}

/** Drops a file somewhere on the page. */
async function drop(page: Page, name: string, text: string) {
  const dataTransfer = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content!], file!, { type: 'application/json' }));
      return transfer;
    },
    [name, text],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}

const fillExample = (page: Page) =>
  page.getByRole('button', { name: /Fill in an example|記入例を入れる/ }).click();

for (const [device, theme, viewport] of [
  ['projector', 'light', { width: 1920, height: 1080 }],
  ['projector', 'dark', { width: 1920, height: 1080 }],
  ['laptop', 'light', { width: 1280, height: 720 }],
  ['phone', 'light', { width: 390, height: 844 }],
  ['phone', 'dark', { width: 390, height: 844 }],
] as const) {
  test(`axe finds nothing on any page, ${device}, ${theme}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: theme });
    await open(page, 'guidebook/operator');
    await fillExample(page);
    for (const route of PAGES) {
      await go(page, route);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`,
      );
      expect(found, route).toEqual([]);
      const [wide, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(wide, `${route}: nothing sticks out sideways`).toBeLessThanOrEqual(room!);
    }
  });
}

test('the start of the site carries nothing of the guidebook; its pages ask for nothing elsewhere', async ({
  page,
  baseURL,
}) => {
  const seen = await watch(page);
  await openSite(page, '', '', QUICK);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const scripts = seen.requests.filter((url) => url.endsWith('.js'));
  const text = (
    await Promise.all(scripts.map((url) => page.request.get(url).then((answer) => answer.text())))
  ).join('');
  expect(text.includes('incam-operator-file')).toBe(false);
  await page.getByRole('link', { name: 'Guidebook', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Guidebook in hand');
  for (const route of PAGES) await go(page, route);
  expect(seen.requests.filter((url) => !url.startsWith(baseURL!))).toEqual([]);
  expect(seen.errors).toEqual([]);
});

test('the form: entered, kept over a reload, exported, erased, imported', async ({ page }) => {
  await open(page, 'guidebook/operator');
  const lacking = page.getByRole('region', { name: 'Not stated yet' });
  const before = Number(/\d+/.exec(await lacking.getByRole('status').innerText())![0]);
  await page
    .getByLabel(/^Name\b/)
    .first()
    .fill('Mihon Inc.');
  await page.getByRole('switch', { name: /Case 4/ }).click();
  await page.getByLabel(/^First day of data acquisition/).fill('2027-02-01');
  await expect(lacking.getByText(/First day of data acquisition/)).toHaveCount(0);
  expect(before).toBeGreaterThan(5);

  await page.reload();
  await expect(page.getByLabel(/^Name\b/).first()).toHaveValue('Mihon Inc.');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as a file' }).click();
  const path = await (await download).path();
  const file = JSON.parse(readFileSync(path, 'utf8'));
  expect(file.operator.name.en).toBe('Mihon Inc.');
  expect(file.cases.counting.start).toBe('2027-02-01');

  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(page.getByLabel(/^Name\b/).first()).toHaveValue('');
  expect(await page.evaluate(() => localStorage.getItem('incam.operator-file'))).toBeNull();

  await page.locator('input[type=file][accept*=json]').setInputFiles(path);
  await expect(page.getByText('Imported.')).toBeVisible();
  await expect(page.getByLabel(/^Name\b/).first()).toHaveValue('Mihon Inc.');
});

test('a file that is none is refused with its reason, and nothing is lost', async ({ page }) => {
  await open(page, 'guidebook/operator');
  await fillExample(page);
  const drop = (name: string, content: string) =>
    page
      .locator('input[type=file][accept*=json]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  await drop('x.json', 'not json');
  await expect(page.getByText(/This is no JSON file/)).toBeVisible();
  await drop('x.json', '{"a": 1}');
  await expect(page.getByText(/not an operator's file/)).toBeVisible();
  await drop('x.json', JSON.stringify({ format: 'incam-operator-file', version: 1, contact: { mail: 7 } }));
  await expect(page.getByText(/contact\.mail/)).toBeVisible();
  await drop('x.json', JSON.stringify({ format: 'incam-operator-file', version: 9 }));
  await expect(page.getByText(/newer version/)).toBeVisible();
  await expect(page.getByLabel(/^Name\b/).first()).toHaveValue(/Mihon/);
});

test('the example is complete in all four languages', async ({ page }) => {
  await open(page, 'guidebook/operator', 'ja');
  await fillExample(page);
  const choice = page.getByRole('group', { name: '通知文の言語ごとの入力' });
  for (const [name, text] of [
    ['日本語', '株式会社みほん'],
    ['English', 'Mihon Inc.'],
    ['中文', '样例'],
    ['한국어', '미혼'],
  ] as const) {
    await choice.getByRole('radio', { name }).check({ force: true });
    await expect(page.getByText('必須の項目は、この言語ですべて記入されています。')).toBeVisible();
    await expect(page.getByLabel(/^名称/)).toHaveValue(new RegExp(text));
  }
});

test('is a camera needed: out of scope is sent elsewhere, a counter will do, and the reasoning is kept', async ({
  page,
}) => {
  await open(page, 'guidebook/need');
  await page.getByLabel('Crime prevention').check();
  await expect(page.getByText('This needs separate consideration')).toBeVisible();
  await expect(page.getByText(/commission's paper of March 2023/)).toBeVisible();
  await page.getByLabel('Crime prevention').uncheck();
  await expect(page.getByText(/A way without a camera will probably do/)).toBeVisible();
  await page.getByLabel('Age bands and sex of visitors').check();
  await expect(page.getByText(/Part of it can be known without a camera/)).toBeVisible();
  await page.getByLabel(/Is the purpose legitimate/).fill('Goods that suit visitors.');
  await page.getByRole('button', { name: 'Write this into the impact assessment' }).click();
  await page.getByRole('link', { name: 'Privacy impact assessment' }).click();
  const need = page.getByLabel('Necessity');
  await expect(need).toHaveValue(/Age bands and sex of visitors/);
  await expect(need).toHaveValue(/Goods that suit visitors\./);
  const cases = page.getByRole('navigation', { name: 'Case', exact: true });
  await expect(cases.locator('[aria-current=page]')).toContainText('1');
});

test('a run is the evidence: the duties tell the very figures the camera told', async ({ page }) => {
  test.slow();
  const seen = await watch(page);
  await open(page, 'guidebook/duties/counting');
  const eighth = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: /Destruction of the image/ }) });
  await expect(eighth.getByText(/Not yet run on this device/)).toHaveCount(1);
  await expect(eighth.getByText('Open', { exact: true })).toBeVisible();

  await page.goto('#/counting');
  const control = page.getByRole('group', { name: 'Camera', exact: true });
  await control.getByRole('button', { name: 'Start' }).click();
  await expect
    .poll(async () => (await seen.records()).filter(({ type }) => type === 'count').length, {
      timeout: 60_000,
    })
    .toBeGreaterThan(0);
  await control.getByRole('button', { name: 'Stop' }).click();
  await expect(control.getByRole('button', { name: 'Start' })).toBeVisible({ timeout: 30_000 });
  const records = await seen.records();
  const ledger = records.findLast((record) => record.type === 'ledger')!;
  expect(ledger.frames.acquired).toBeGreaterThan(0);

  await go(page, 'guidebook/duties/counting');
  const figures = ledger.frames;
  await expect(eighth).toContainText(
    `Pictures in ${figures.acquired.toLocaleString('en')}, destroyed ${figures.destroyed.toLocaleString('en')}, left 0`,
  );
  await expect(eighth.getByText('Shown by the software')).toBeVisible();
  const counts = ledger.cases.find((row) => row.case === 'counting')!;
  await expect(
    page.getByText(new RegExp(`Records that left ${counts.records.toLocaleString('en')} `)).first(),
  ).toBeVisible();

  // The report tells the ledger's figures, and is opened again where it is dropped.
  await go(page, 'guidebook/report');
  const sheet = page.locator('article.card');
  await expect(sheet.getByRole('row', { name: 'Images taken in' })).toContainText(
    figures.acquired.toLocaleString('en'),
  );
  const json = await saved(page, 'Save report (JSON)');
  const report = JSON.parse(json.text);
  expect(report.cases).toHaveLength(1);
  expect(report.cases[0].ledger).toMatchObject({
    frames: { acquired: figures.acquired, destroyed: figures.destroyed, left: 0 },
    records: counts.records,
    pictures: 0,
  });
  await drop(page, json.name, json.text.replaceAll(`"acquired": ${figures.acquired}`, '"acquired": 424242'));
  await expect(page.getByText(/Showing a report made/)).toBeVisible();
  await expect(sheet.getByRole('row', { name: 'Images taken in' })).toContainText('424,242');
  await drop(page, 'other.json', '{"format":"another"}');
  await expect(page.getByRole('alert')).toContainText(/no transparency report/);

  // What is offered is what the ledger says has left: every record of a crossing is a row, under the eleven items.
  const offer = page.locator('[data-case=counting]');
  const crossings = records.filter(({ type }) => type === 'count').length;
  await expect(offer.getByRole('listitem').first()).toContainText(`${crossings} rows`);
  await offer.getByText('The eleven catalogue items').click();
  await expect(offer.locator('dt')).toHaveCount(11);
  const { bytes } = await saved(page, /ZIP/);
  const files = unzipSync(bytes);
  const table = Object.keys(files).find((path) => path.endsWith('.csv'))!;
  expect(new TextDecoder().decode(files[table]).trim().split('\r\n')).toHaveLength(crossings + 1);
  const descriptor = JSON.parse(new TextDecoder().decode(files['datapackage.json']));
  const profile = await Profile.load('data-package');
  expect(profile.validate(descriptor)).toEqual({ valid: true, errors: [] });
  for (const resource of descriptor.resources)
    expect(resource.bytes, resource.path).toBe(files[resource.path]!.length);
  expect(seen.errors).toEqual([]);
});

test('the policy is asked of the server, not assumed', async ({ page }) => {
  await open(page, 'guidebook/duties/counting');
  const eleventh = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: /Security measures/ }) });
  await expect(eleventh.getByText(/forbids talking to other servers/)).toBeVisible();
  await expect(eleventh.locator('li.met', { hasText: "connect-src 'self'" })).toBeVisible();
});

test('the checklist: the fork, an answer that is kept, worked answers', async ({ page }) => {
  await open(page, 'guidebook/duties/repeat-visits');
  await expect(page.getByText('This case identifies.', { exact: false })).toBeVisible();
  await page.getByRole('radio', { name: 'Planning to management' }).check({ force: true });
  await expect(
    page.getByRole('heading', { name: /Feature vectors are destroyed after a stated period/ }),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: /processed in memory and destroyed without/ })).toHaveCount(
    0,
  );
  const laws = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: /Applicable law has been checked/ }) });
  await expect(laws.getByText('Open', { exact: true })).toBeVisible();
  await laws.getByRole('radio', { name: 'Done' }).check({ force: true });
  await laws.getByLabel('What was done').fill('Asked our lawyer.');
  await expect(laws.getByText('Answered by the operator')).toBeVisible();
  await page.reload();
  await page.getByRole('radio', { name: 'Planning to management' }).check({ force: true });
  await expect(laws.getByLabel('What was done')).toHaveValue('Asked our lawyer.');

  await go(page, 'guidebook/duties/crowding');
  await page.getByRole('radio', { name: 'Fourteen duties' }).check({ force: true });
  const eleventh = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: /Security measures/ }) });
  await eleventh.getByText('Worked answer', { exact: true }).click();
  await expect(eleventh.getByText(/Icons on an empty background/)).toBeVisible();
});

test('opinions: asked in four languages, summed, no shares of a few', async ({ page }) => {
  await open(page, 'guidebook/conversation/opinions');
  const answer = async (labels: readonly string[], send: string, again: string) => {
    for (const label of labels) await page.getByLabel(label, { exact: true }).check();
    await page.getByRole('button', { name: send, exact: true }).click();
    await page.getByRole('button', { name: again }).click();
  };
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('Please answer all three questions.')).toBeVisible();
  await answer(['From the notice', 'Quite clear', 'Useful'], 'Send', 'Another answer');
  const choice = page.getByRole('group', { name: /^(Language|言語|语言|언어)$/ }).last();
  await choice.getByRole('radio', { name: '한국어' }).check({ force: true });
  await answer(['몰랐다', '대체로 이해했다', '불안하다'], '제출하기', '계속 답변하기');
  await choice.getByRole('radio', { name: '中文' }).check({ force: true });
  await answer(['没有注意到', '不清楚', '感到不安'], '提交', '继续回答');
  await choice.getByRole('radio', { name: '日本語' }).check({ force: true });
  await answer(['気づいていた', 'よく分かった', '不安がある'], '回答する', '続けて回答する');
  // The summary's paper says the same, unseen.
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary.getByText('4 answers')).toBeVisible();
  await expect(summary.getByText(/Shares are not shown below 5/)).toBeVisible();
  await expect(page.getByRole('row', { name: /I have misgivings/ })).toHaveText(/3/);
  await answer(['気づいていた', 'よく分かった', '不安がある'], '回答する', '続けて回答する');
  await expect(page.getByRole('row', { name: /I have misgivings/ })).toHaveText(/80%/);
});

test('a change is announced in every language, and one that comes too soon is marked', async ({ page }) => {
  await open(page, 'guidebook/conversation/changes');
  await page.getByRole('button', { name: 'Make an announcement' }).click();
  await page.getByLabel('Announced on').fill('2027-03-01');
  await page.getByLabel('Takes effect on').fill('2027-03-05');
  await expect(page.getByText(/Only 4 days/)).toBeVisible();
  await page.getByLabel('Takes effect on').fill('2027-04-05');
  await expect(page.getByText(/Only 4 days/)).toHaveCount(0);
  await page
    .getByRole('group', { name: /^Entries in the languages/ })
    .getByRole('radio', { name: '한국어' })
    .check({ force: true });
  await page.getByLabel(/^From then on/).fill('혼잡도를 공개합니다.');
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.guidebook .guidebook-paper');
  await expect(sheet.getByRole('heading', { level: 1 })).toHaveText('카메라 영상 이용 변경 안내');
  await expect(sheet).toContainText('혼잡도를 공개합니다.');
  await expect(sheet).toContainText('2027-04-05');
});

test('law notes are dated, and a bill is called a bill', async ({ page }) => {
  await open(page, 'guidebook/law');
  await expect(page.getByText(/Last checked: \d{4}-\d{2}-\d{2}/)).toBeVisible();
  const bill = page
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: /Bill to amend the APPI/ }) });
  await expect(bill.getByText('Bill (passage not confirmed)')).toBeVisible();
  for (const number of ['1-13', '1-14', '1-15', '1-16'])
    await expect(page.getByRole('heading', { name: new RegExp(`Q&A ${number}`) })).toBeVisible();
});
