/** "Why was this not counted?" on the built site: numbers in the glass, their meaning beside it, and nothing of it at the gate. */
import { expect, test } from '@playwright/test';
import { control, expectSealed, open, sealedFrame, startCamera } from '../site/drive.ts';

test('numbers stand in the glass while they are asked for, and nothing of them leaves', async ({
  page,
  baseURL,
}) => {
  test.slow();
  const seen = await open(page, { pace: 'live', loop: true });
  await startCamera(page);
  const asked = page.getByRole('switch', { name: 'Why was this not counted?' });
  await expect(page.getByText('Seen too few times')).toHaveCount(0);
  await asked.click();
  await expect(page.getByText('Seen too few times')).toBeVisible();
  // The test may look into the frame, as the page may not: a disc is as black as no picture of the sample is.
  const discs = () =>
    sealedFrame(page)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const copy = document.createElement('canvas');
        [copy.width, copy.height] = [canvas.width, canvas.height];
        const context = copy.getContext('2d')!;
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, copy.width, copy.height);
        let n = 0;
        for (let i = 0; i < data.length; i += 4)
          if (data[i] === 11 && data[i + 1] === 13 && data[i + 2] === 16) n++;
        return n;
      });
  await expect.poll(discs, { timeout: 60_000, intervals: [100] }).toBeGreaterThan(60);
  if (process.env['SHOTS']) {
    await page.waitForTimeout(8000);
    await control(page, 'Pause').click();
    await page.screenshot({ path: `${process.env['SHOTS']}/held-back.png` });
    await page.getByRole('radio', { name: '日本語' }).check({ force: true });
    await page.screenshot({ path: `${process.env['SHOTS']}/held-back-ja.png` });
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.screenshot({ path: `${process.env['SHOTS']}/held-back-wide.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${process.env['SHOTS']}/held-back-phone.png`, fullPage: true });
    return;
  }
  await asked.click();
  await expect.poll(discs).toBe(0);
  await control(page, 'Stop').click();
  // Every record is what the contract says, and it has no field for a number in the glass.
  await expectSealed(seen, baseURL!);
});
