/** "Prove it" on the built site: in each case the pattern is found while it is inside and nowhere afterwards; a camera that keeps a copy is found out. */
import { expect, test, type Page } from '@playwright/test';
import { CASES, type CaseId } from '../../contract/index.ts';
import { control, of, reach } from '../site/drive.ts';
import { openSite, watch } from '../site/watch.ts';

async function start(page: Page, id: CaseId) {
  const seen = await watch(page);
  await openSite(page, '', id, { backend: 'wasm', threads: 2, pace: 'live', loop: true });
  await control(page, 'Start').click();
  await reach(page, 'running', 60_000);
  await expect(button(page)).toBeEnabled();
  return seen;
}
const button = (page: Page) => page.getByRole('button', { name: /Send a made-up pattern/ });
const card = (page: Page) => page.getByRole('region', { name: 'Is it really gone?' });

/** The camera's worker, where a library gone bad would be. */
async function cameraOf(page: Page) {
  for (const worker of page.workers())
    if ((await worker.evaluate('self.name')) === 'incam-camera') return worker;
  throw new Error('there is no camera worker');
}

for (const id of CASES) {
  test(`nothing is left: ${id}`, async ({ page }, info) => {
    const seen = await start(page, id);
    await button(page).click();
    await expect(card(page).getByText('It was not found again')).toBeVisible({ timeout: 30_000 });
    const proofs = of(await seen.records(), 'proof');
    expect(proofs.map(({ step }) => step)).toEqual(['made', 'inside', 'destroyed', 'wiped']);
    const [, inside, , wiped] = proofs;
    const found = inside!.places.filter((place) => place.found).map(({ place }) => place);
    expect(found).toEqual(expect.arrayContaining(['buffers', 'glass']));
    expect(wiped!.places.filter((place) => place.found)).toEqual([]);
    // Every memory of the models is among what was searched.
    expect(inside!.places.find(({ place }) => place === 'models')!.bytes).toBeGreaterThan(2 ** 24);
    info.annotations.push({ type: 'milliseconds', description: String(wiped!.ms) });
    console.log(`${id}: ${wiped!.ms} ms, found inside: ${found.join()}`);
    // The camera goes on, and nothing of the pattern was counted.
    const frames = of(await seen.records(), 'ledger').at(-1)!.frames.destroyed;
    await expect
      .poll(async () => of(await seen.records(), 'ledger').at(-1)!.frames.destroyed, { timeout: 30_000 })
      .toBeGreaterThan(frames);
    expect(of(await seen.records(), 'fault')).toEqual([]);
  });
}

test('a buffer that is not overwritten is found, and the visitor is warned', async ({ page }) => {
  await start(page, 'counting');
  await (
    await cameraOf(page)
  ).evaluate('void (Uint8ClampedArray.prototype.fill = function () { return this; })');
  await button(page).click();
  await expect(card(page).getByText('It is still there')).toBeVisible({ timeout: 30_000 });
  await expect(card(page).getByRole('row', { name: /Where pictures lie/ })).toContainText(
    /found.*found.*found/,
  );
});

test('a camera that is off proves nothing', async ({ page }) => {
  await watch(page);
  await openSite(page, '', 'counting');
  await expect(button(page)).toBeDisabled();
});
