/**
 * `npm run bench -- --start [--against FOLDER] [--starts N]`: how long a visitor waits for a case page to show something and
 * to count. A cold start has nothing of the site in the browser's cache, a cached one all that a visit before it left there.
 *
 * Milliseconds from the navigation on: `contentMs` first contentful paint, `largestMs` largest contentful paint until the first
 * picture, `runningMs` the camera says that it runs, `pictureMs` the first record that comes of a processed picture.
 * With `--against` another build of the site is started by turns in the same browser, and `ratio` is this one over that one.
 */
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { median } from '../../lib/stats.ts';
import { hostWithHeaders } from '../browser/attacks/hosts.ts';
import { rememberSettings } from '../site/watch.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

const MOMENTS = ['contentMs', 'largestMs', 'runningMs', 'pictureMs'] as const;
type Moment = (typeof MOMENTS)[number];
type Start = Record<Moment, number>;
const CACHES = ['cold', 'cached'] as const;
type Cache = (typeof CACHES)[number];
export type Starts = Record<Cache, Start>;

export interface StartReport {
  readonly starts: number;
  /** Medians. */
  readonly site: Starts;
  readonly against?: Starts;
  /** Medians of this site over those of the other. */
  readonly ratio?: Starts;
}

/** Notes, on the page, when the camera's first words arrive. Carried over to the page, so it stands on nothing outside. */
function noteMoments() {
  if (window !== window.top) return;
  const moments: Partial<Record<string, number>> = {};
  Object.assign(window, { incamMoments: moments });
  const NativeChannel = window.MessageChannel;
  window.MessageChannel = class extends NativeChannel {
    constructor() {
      super();
      this.port1.addEventListener('message', ({ data }) => {
        const record = data?.record;
        if (record?.type === 'status' && record.state === 'running') moments['running'] ??= performance.now();
        const isOfPicture =
          record && ('case' in record || (record.type === 'ledger' && record.frames.destroyed > 0));
        if (isOfPicture) moments['picture'] ??= performance.now();
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!('picture' in moments)) moments['largest'] = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

/** @throws {Error} of Playwright when no picture is processed within a minute */
async function startOnce(context: BrowserContext, url: string): Promise<Start> {
  const page = await context.newPage();
  try {
    await page.goto(`${url}#/counting`);
    const done = await page.waitForFunction(
      () => {
        const { incamMoments: moments } = window as unknown as { incamMoments: Record<string, number> };
        if (!('picture' in moments)) return undefined;
        const content = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN;
        return { ...moments, content } as Record<string, number>;
      },
      undefined,
      { timeout: 60_000, polling: 100 },
    );
    const { content, largest, running, picture } = (await done.jsonValue())!;
    return { contentMs: content!, largestMs: largest!, runningMs: running!, pictureMs: picture! };
  } finally {
    await page.close();
  }
}

/** One cold start and a cached one after it, in a profile of their own. */
async function startTwice(browser: Browser, url: string): Promise<Starts> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  // Compilers that keep function names call this helper, which the page does not have.
  await context.addInitScript({ content: 'globalThis.__name ??= (named) => named;' });
  await context.addInitScript(noteMoments);
  await context.addInitScript(rememberSettings, { autostart: true, level: 'see' as const });
  try {
    return { cold: await startOnce(context, url), cached: await startOnce(context, url) };
  } finally {
    await context.close();
  }
}

const perMoment = (value: (cache: Cache, moment: Moment) => number): Starts => {
  const of = (cache: Cache) =>
    Object.fromEntries(MOMENTS.map((moment) => [moment, value(cache, moment)])) as Start;
  return { cold: of('cold'), cached: of('cached') };
};

const medians = (starts: readonly Starts[]): Starts =>
  perMoment((cache, moment) => Math.round(median(starts.map((start) => start[cache][moment]))));

/** @param sites folders of builds: this one, and one that it is compared with */
export async function measureStarts(sites: readonly string[], starts: number): Promise<StartReport> {
  const hosts = await Promise.all(sites.map((site) => hostWithHeaders(site)));
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  const found: Starts[][] = hosts.map(() => []);
  try {
    for (let n = 0; n < starts; n++)
      for (const [i, host] of hosts.entries()) found[i]!.push(await startTwice(browser, host.url));
  } finally {
    await browser.close();
    await Promise.all(hosts.map((host) => host.close()));
  }
  const [site, against] = found.map(medians) as [Starts, Starts?];
  const ratio = against && perMoment((cache, moment) => round2(site[cache][moment] / against[cache][moment]));
  return { starts, site, ...(against && { against }), ...(ratio && { ratio }) };
}

const round2 = (value: number) => Math.round(value * 100) / 100;

/** As a table. */
export function sayStarts({ starts, site, against, ratio }: StartReport): string {
  const row = (name: string, of: Starts | undefined) =>
    of
      ? CACHES.map((cache) =>
          [name, cache, ...MOMENTS.map((moment) => of[cache][moment])]
            .map((cell) => String(cell).padStart(10))
            .join(''),
        )
      : [];
  const head = ['', '', ...MOMENTS].map((cell) => cell.padStart(10)).join('');
  const rows = [...row('this', site), ...row('against', against), ...row('ratio', ratio)];
  return [`medians of ${starts} starts, ms`, head, ...rows].join('\n');
}
