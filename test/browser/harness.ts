/** Tests whose page is a harness of their own: built once for each of Playwright's workers. */
import { test as base } from '@playwright/test';
import { serve, type PageOptions } from '../tools/serve.ts';
import type {} from './harness/page.ts';

/** @param folder the harness, below `test/browser`; its page is at `./` */
export const harnessed = (folder: string, options?: PageOptions) =>
  base.extend<object, { site: string }>({
    site: [
      async ({ browserName: _ }, use) => {
        const { url, close } = await serve(`test/browser/${folder}`, options);
        await use(url);
        await close();
      },
      { scope: 'worker' },
    ],
    baseURL: ({ site }, use) => use(site),
  });

/** The harness of the frame sources, open in the page. */
export const sourceTest = harnessed('harness').extend({
  page: async ({ page }, use) => {
    await page.goto('./');
    await page.waitForFunction(() => 'harness' in window);
    await use(page);
  },
});
