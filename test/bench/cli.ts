/**
 * `npm run bench -- ...`: benchmarks of the built site in headless Chromium.
 *
 * `--case counting --out FILE.json` drives case 4 as a visitor would and writes
 *   counting.{fps, frameMs:{p50,p90,p99}, stagesMs:{...}, overheadShare, longTasks, framesAlivePeak, ...}
 * `overheadShare` is the time outside inference as a share of a frame's time; `longTasks` counts tasks over 50 ms on the
 * page's main thread while the camera ran. Every frame of the clip is processed once, as fast as it goes.
 * `--case attributes,crowding,...` has the site's benchmark page measure the other cases on their samples, under the same
 * keys where the page knows them, with the page's whole report under `report`.
 *
 * `--plan quick|full|FILE.json` runs a plan of the benchmark page, and writes the page's report. With `--connect URL` the
 * browser is another machine's (a Playwright server or a Selenium Grid), with `--url` the site's address as that one sees
 * it: HTTPS, since a page that is not secure has no threads.
 *
 * `--merge A.json B.json` puts such reports together; the benchmark page opens the result.
 *
 * `--peers` compares with other software on the same pictures; see `peers/run.ts`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { mergeReports } from '../../src/bench/merge.ts';
import { asFile, parseReports } from '../../src/bench/report.ts';
import { caseFigures, measureOnPage, openBrowser, type PlanOrder } from './on-page.ts';
import { runPeers, sayPeers } from './peers/run.ts';
import { runCase } from './run-case.ts';

/** Measured from outside, with a clip of its own. */
const DRIVEN = 'counting';
const ON_PAGE = ['attributes', 'trajectories', 'repeat-visits', 'streetscape', 'crowding'] as const;
type OnPage = (typeof ON_PAGE)[number];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    case: { type: 'string', default: DRIVEN },
    clip: { type: 'string', default: 'test/fixtures/counting-640x360.mp4' },
    model: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string', default: '0' },
    frames: { type: 'string' },
    rounds: { type: 'string' },
    plan: { type: 'string' },
    connect: { type: 'string' },
    url: { type: 'string' },
    merge: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

const whole = (text: string | undefined, otherwise: number): number => {
  const number = Number(text ?? otherwise);
  if (!Number.isInteger(number) || number < 0) throw new Error(`not a whole number: ${text}`);
  return number;
};

function write(report: object): void {
  if (!values.out) return;
  mkdirSync(dirname(resolve(values.out)), { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`written: ${values.out}`);
}

const machine = (browser: string) => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  // More than a little means that others used the machine at the same time: compare ratios then, not milliseconds.
  loadBefore: Math.round(loadavg()[0]! * 100) / 100,
  browser,
});

/** The site, built and served here, unless its address was given. */
async function withSite<T>(work: (url: string) => Promise<T>): Promise<T> {
  if (values.url) return work(values.url);
  await build({ logLevel: 'warn' });
  const server = await preview({ preview: { port: 0 } });
  try {
    const url = server.resolvedUrls?.local[0];
    if (!url) throw new Error('the site has no address');
    return await work(url);
  } finally {
    await server.close();
  }
}

async function withBrowser<T>(work: (browser: Awaited<ReturnType<typeof openBrowser>>) => Promise<T>) {
  const browser = await openBrowser(values.connect);
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

function planOrder(text: string): PlanOrder {
  if (text === 'quick' || text === 'full') return text;
  return JSON.parse(readFileSync(text, 'utf8')) as PlanOrder;
}

async function runCases(names: readonly string[]): Promise<object> {
  for (const name of names) {
    if (name !== DRIVEN && !ON_PAGE.includes(name as OnPage))
      throw new Error(`no case "${name}" to benchmark; there are: ${[DRIVEN, ...ON_PAGE].join(', ')}`);
  }
  return withSite((url) =>
    withBrowser(async (browser) => {
      const report: Record<string, object> = { machine: machine(browser.version()) };
      for (const name of names) {
        report[name] =
          name === DRIVEN ? await driven(browser, url) : await onPage(browser, url, name as OnPage);
        console.log(name, JSON.stringify({ ...report[name], report: undefined }, null, 1));
      }
      return report;
    }),
  );
}

type Opened = Awaited<ReturnType<typeof openBrowser>>;

const driven = (browser: Opened, url: string) =>
  runCase(browser, url, {
    case: DRIVEN,
    clip: resolve(values.clip),
    settings: {
      ...(values.model && { models: { counting: values.model } }),
      backend: values.backend as 'auto' | 'wasm' | 'webgpu',
      threads: Number(values.threads),
      pace: 'exact',
      loop: false,
    },
  });

async function onPage(browser: Opened, url: string, name: OnPage): Promise<object> {
  const engine = values.backend === 'webgpu' ? 'webgpu' : (`wasm-${whole(values.threads, 0)}` as const);
  const report = await measureOnPage(browser, url, {
    frames: whole(values.frames, 0),
    rounds: whole(values.rounds, 1),
    cases: [name],
    engines: [engine],
    ...(values.model && { models: [values.model] }),
  });
  return { ...caseFigures(report, name), report };
}

if (values.peers) {
  const report = await runPeers({ frames: whole(values.frames, 16), rounds: whole(values.rounds, 3) });
  console.log(sayPeers(report));
  write(report);
} else if (values.merge) {
  const reports = positionals.flatMap((file) => parseReports(readFileSync(file, 'utf8')));
  if (reports.length === 0) throw new Error('--merge wants files');
  const merged = mergeReports(reports, () => crypto.randomUUID());
  console.log(`${reports.length} reports of ${merged.length} devices`);
  write(asFile(merged));
} else if (values.plan) {
  const order = planOrder(values.plan);
  const report = await withSite((url) => withBrowser((browser) => measureOnPage(browser, url, order)));
  write(asFile([report]));
} else {
  write(await runCases(values.case.split(',')));
}
