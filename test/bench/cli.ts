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
 * `--twice`, or `--repeat N`, runs the same again and says for each cell whether the medians agree within 10 %, and whether
 * the machine was idle: `repeat.{cells[].{key,medians,ratio,within},verdict,idle,slowed}`. Whether it was idle is said
 * without it, too: under `idle`. With a plan, `--tries N` measures again, up to so many times, until the machine was idle
 * all the while; only that decides, not whether the medians agree.
 *
 * `--merge A.json B.json` puts such reports together; the benchmark page opens the result.
 *
 * `machine.kernels` and each report's `device.kernels` say which kernels the runtime on the CPU had: `exchanged`
 * (`models/runtime`) or `published`, which `INCAM_RUNTIME=published npm run bench -- ...` measures.
 *
 * `--parts` times single parts of the camera in Node, each against its budget; see `parts.ts`.
 *
 * `--start` times how long a case page takes to show something and to count, cold and cached; see `start.ts`.
 *
 * `--speed --against FOLDER` compares how fast the cases run in two builds; see `speed.ts`.
 *
 * `--peers` compares with other software on the same pictures; see `peers/run.ts`.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { fetchRuntimeFacts } from '../../models/runtime-facts.ts';
import { checkIdle, idleness } from '../../src/benchmark/idle.ts';
import { mergeReports } from '../../src/benchmark/merge.ts';
import { threadChoices } from '../../src/benchmark/plan.ts';
import { compareMedians, judgeRepetition, repetition, type Repeated } from '../../src/benchmark/repeat.ts';
import { asFile, parseReports, type IdleCheck, type Report } from '../../src/benchmark/report.ts';
import { sayIdle, spinInThreads } from './idle.ts';
import { caseFigures, measureOnPage, openBrowser, type PlanOrder } from './on-page.ts';
import { CASES, type CaseId } from '../../contract/index.ts';
import { measureParts, sayParts } from './parts.ts';
import { runPeers, sayPeers } from './peers/run.ts';
import { sayRepetition } from './repeat.ts';
import { runCase, type CaseBench } from './run-case.ts';
import { measureSpeed, saySpeed } from './speed.ts';
import { measureStarts, sayStarts } from './start.ts';
import { writeReport } from '../tools/write-report.ts';

/** Measured from outside, with a clip of its own. */
const DRIVEN = 'counting';
type OnPage = Exclude<CaseId, typeof DRIVEN>;
/** Measured by the site's own benchmark page, on their samples. */
const ON_PAGE = CASES.filter((id): id is OnPage => id !== DRIVEN);

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
    repeat: { type: 'string' },
    twice: { type: 'boolean', default: false },
    tries: { type: 'string' },
    merge: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    parts: { type: 'boolean', default: false },
    start: { type: 'boolean', default: false },
    speed: { type: 'boolean', default: false },
    starts: { type: 'string' },
    against: { type: 'string' },
    out: { type: 'string' },
  },
});

const whole = (text: string | undefined, otherwise: number): number => {
  const number = Number(text ?? otherwise);
  if (!Number.isInteger(number) || number < 0) throw new Error(`not a whole number: ${text}`);
  return number;
};

const write = (report: object) => writeReport(report, values.out);

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

/** How often everything is measured. */
const times = values.twice ? 2 : whole(values.repeat, 1);
const tries = whole(values.tries, 1);
if (times < 1 || tries < 1) throw new Error('--repeat and --tries want at least 1');

async function runCases(names: readonly string[]): Promise<object> {
  for (const name of names) {
    if (name !== DRIVEN && !ON_PAGE.includes(name as OnPage))
      throw new Error(`no case "${name}" to benchmark; there are: ${[DRIVEN, ...ON_PAGE].join(', ')}`);
  }
  return withSite((url) =>
    withBrowser(async (browser) => {
      const { kernels = 'unknown' } = (await fetchRuntimeFacts(new URL('./', url).href)) ?? {};
      const report: Record<string, object> = { machine: { ...machine(browser.version()), kernels } };
      const checks: IdleCheck[] = [];
      const medians: Record<string, number[]> = {};
      for (let time = 0; time < times; time++) {
        for (const name of names) {
          const { figures, idle } =
            name === DRIVEN ? await driven(browser, url) : await onPage(browser, url, name as OnPage);
          checks.push(...idle);
          (medians[name] ??= []).push(figures.frameMs.p50);
          // The figures of the first time stand for the case; the others are there to be compared.
          report[name] ??= figures;
          console.log(name, JSON.stringify({ ...figures, report: undefined }, null, 1));
        }
      }
      const told = idleness(checks);
      report['idle'] = { ...told, checks };
      if (times === 1) console.log(sayIdle(told));
      else {
        const cells: Repeated[] = Object.entries(medians).map(([name, all]) => compareMedians(name, all));
        report['repeat'] = sayAndKeep(judgeRepetition(cells, told));
      }
      return report;
    }),
  );
}

function sayAndKeep<R extends Parameters<typeof sayRepetition>[0]>(result: R): R {
  console.log(sayRepetition(result));
  return result;
}

type Opened = Awaited<ReturnType<typeof openBrowser>>;

/** Figures of a case, and what was found when looking whether the machine was idle. */
interface Measured<F> {
  readonly figures: F;
  readonly idle: readonly IdleCheck[];
}

async function driven(browser: Opened, url: string): Promise<Measured<CaseBench>> {
  const threads = whole(values.threads, 0) || threadChoices(cpus().length, true).at(-1)!;
  // Of a browser elsewhere nothing is known here.
  const look = async () => (values.connect ? [] : [await checkIdle(threads, spinInThreads)]);
  const before = await look();
  const figures = await runCase(browser, url, {
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
  return { figures, idle: [...before, ...(await look())] };
}

async function onPage(browser: Opened, url: string, name: OnPage) {
  const engine = values.backend === 'webgpu' ? 'webgpu' : (`wasm-${whole(values.threads, 0)}` as const);
  const report = await measureOnPage(browser, url, {
    frames: whole(values.frames, 0),
    rounds: whole(values.rounds, 1),
    cases: [name],
    engines: [engine],
    ...(values.model && { models: [values.model] }),
  });
  return { figures: { ...caseFigures(report, name), report }, idle: report.idle };
}

/** The same plan, one time after the other, in the same browser; of several tries the last one counts. */
async function runPlan(order: PlanOrder): Promise<object> {
  return withSite((url) =>
    withBrowser(async (browser) => {
      for (let tried = 1; ; tried++) {
        const reports: Report[] = [];
        for (let time = 0; time < times; time++) reports.push(await measureOnPage(browser, url, order));
        const told = idleness(reports.flatMap(({ idle }) => idle));
        if (times > 1) sayAndKeep(repetition(reports));
        else console.log(sayIdle(told));
        if (told?.idle !== false || tried === tries) return asFile(reports);
        console.log(`try ${tried} of ${tries}: not idle, once more`);
      }
    }),
  );
}

if (values.parts) {
  const parts = measureParts();
  console.log(sayParts(parts));
  write({ parts });
  if (!parts.every(({ within }) => within)) process.exitCode = 1;
} else if (values.start) {
  await build({ logLevel: 'warn' });
  const sites = ['dist', ...(values.against ? [values.against] : [])].map((site) => resolve(site));
  const report = await measureStarts(sites, whole(values.starts, 5));
  console.log(sayStarts(report));
  write({ start: { machine: machine('chromium'), ...report } });
} else if (values.speed) {
  if (!values.against) throw new Error('--speed wants --against FOLDER');
  await build({ logLevel: 'warn' });
  const named = CASES.filter((id) => values.case.split(',').includes(id));
  const rows = await measureSpeed({
    sites: [resolve('dist'), resolve(values.against)],
    cases: values.case === DRIVEN ? CASES : named,
    rounds: whole(values.rounds, 3),
    frames: whole(values.frames, 100),
  });
  console.log(saySpeed(rows));
  write({ speed: { machine: machine('chromium'), rows } });
} else if (values.peers) {
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
  write(await runPlan(order));
} else {
  write(await runCases(values.case.split(',')));
}
