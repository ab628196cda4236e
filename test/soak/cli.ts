/**
 * Hours of the event mode in minutes: `npm run soak -- --hours 8 --lapse 15 --out soak.json`. The built site runs in Chromium,
 * in time-lapse; at even intervals the page's memory is measured after a collection of garbage, and that of all
 * processes of the browser. A time-lapse starts cameras as often as those hours would, but each sees fewer pictures.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { preview } from 'vite';
import { MAX_LAPSE } from '../../src/event/timing.ts';
import { openSite } from '../site/watch.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

/** Measurements over the whole run. */
const SAMPLES = 24;

interface Sample {
  /** Hours of the event that have been shown. */
  readonly hours: number;
  readonly starts: number;
  /** Of the page, after garbage was collected. */
  readonly heapMB: number;
  /** Of all processes of the browser together; absent where the system does not tell. */
  readonly rssMB?: number;
  readonly nodes: number;
}

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '8' },
    lapse: { type: 'string', default: '15' },
    out: { type: 'string' },
  },
});
const hours = Number(values.hours);
const lapse = Number(values.lapse);
if (!(hours > 0) || !(lapse >= 1 && lapse <= MAX_LAPSE))
  throw new Error(`--hours must be above 0, and --lapse from 1 to ${MAX_LAPSE}`);

/** Resident memory of a process and of all it has started, in bytes; nothing where there is no /proc. */
function treeBytes(root: number): number | undefined {
  if (!existsSync(`/proc/${root}/statm`)) return undefined;
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended meanwhile.
    }
  }
  const bytesOf = (pid: number): number => {
    let own = 0;
    try {
      // In pages of 4096 bytes.
      own = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
    } catch {
      // It has ended meanwhile.
    }
    return (children.get(pid) ?? []).reduce((sum, child) => sum + bytesOf(child), own);
  };
  return bytesOf(root);
}

/** Least squares: how much `y` grows for each unit of `x`. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const over = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const under = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

const told = (page: Page) =>
  page
    .locator('.event')
    .evaluate((event) => ({ ...(event as HTMLElement).dataset }) as Record<string, string>)
    .then((data) => ({
      starts: Number(data['starts']),
      rounds: Number(data['rounds']),
      faults: Number(data['faults']),
      destroyed: Number(data['destroyed']),
      ...(data['lastFault'] && { lastFault: data['lastFault'] }),
    }));

async function measure(page: Page, session: CDPSession, pid: number, begun: number): Promise<Sample> {
  const { starts } = await told(page);
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? 0;
  const rss = treeBytes(pid);
  return {
    hours: ((Date.now() - begun) / 3.6e6) * lapse,
    starts,
    heapMB: metric('JSHeapUsedSize') / 1e6,
    ...(rss !== undefined && { rssMB: rss / 1e6 }),
    nodes: metric('Nodes'),
  };
}

const site = await preview({ logLevel: 'warn', preview: { port: 0, host: 'localhost' } });
const browser = await chromium.launchServer({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
const client = await chromium.connect(browser.wsEndpoint());
const page = await client.newPage({ viewport: { width: 1280, height: 720 } });
const errors: string[] = [];
page.on('pageerror', (error) => errors.push(error.message));
await page.addInitScript({ content: 'globalThis.__name ??= (named) => named;' });
await openSite(page, site.resolvedUrls!.local[0]!, `event?lapse=${lapse}`, { backend: 'wasm', threads: 1 });
await page.locator('.event').waitFor();

const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
const pid = browser.process().pid!;
const begun = Date.now();
const endsMs = (hours * 3.6e6) / lapse;
const samples: Sample[] = [];
for (let i = 0; i <= SAMPLES; i++) {
  await new Promise((done) => setTimeout(done, Math.max(0, begun + (endsMs * i) / SAMPLES - Date.now())));
  const sample = await measure(page, session, pid, begun);
  samples.push(sample);
  console.log(
    `${sample.hours.toFixed(2)} h: ${sample.starts} starts, page ${sample.heapMB.toFixed(1)} MB, ` +
      `browser ${sample.rssMB?.toFixed(0) ?? '?'} MB, ${sample.nodes} nodes`,
  );
}
const end = await told(page);
// The first quarter warms up caches and compiled code.
const settled = samples.slice(SAMPLES / 4);
const perStart = (of: (sample: Sample) => number | undefined) =>
  slope(settled.map((sample) => [sample.starts, of(sample) ?? 0] as const));
const report = {
  command: `npm run soak -- --hours ${hours} --lapse ${lapse}`,
  hours,
  lapse,
  realMinutes: (Date.now() - begun) / 60_000,
  ...end,
  picturesPerRealHour: end.destroyed / ((Date.now() - begun) / 3.6e6),
  pageErrors: errors,
  heapSlopeKBPerStart: perStart(({ heapMB }) => heapMB) * 1000,
  rssSlopeKBPerStart: perStart(({ rssMB }) => rssMB) * 1000,
  samples,
};
if (values.out) writeFileSync(values.out, `${JSON.stringify(report, undefined, 1)}\n`);
console.log(JSON.stringify({ ...report, samples: undefined }, undefined, 1));
await client.close();
await browser.close();
await site.close();
process.exit(end.faults > 0 || errors.length > 0 ? 1 : 0);
