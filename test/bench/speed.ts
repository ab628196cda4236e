/**
 * `npm run bench -- --speed --against FOLDER [--case a,b] [--rounds N] [--frames N]`: the cases of this build and of another one
 * (its `dist`, with a `_headers` file), by turns in one browser, on each case's sample with every picture processed.
 *
 * From the ledger that tells of `WARM_UP` pictures on to one that tells of `frames` more: `rate` pictures a second by the page's
 * clock, and `cpuMs` milliseconds of processor time of the whole browser for a picture (Linux; NaN elsewhere), which holds where
 * others use the machine. `pictureMs` is the time from the navigation to the first ledger that tells of a destroyed picture.
 * Medians of the rounds. `ratio` is this build over the other: of `rate` more is better, of the others less.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { CaseId } from '../../contract/index.ts';
import { median } from '../../lib/stats.ts';
import { hostWithHeaders } from '../browser/attacks/hosts.ts';
import { rememberSettings } from '../site/watch.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

/** Pictures in which the runtime's code is still being optimised. */
const WARM_UP = 30;

interface Run {
  readonly rate: number;
  readonly cpuMs: number;
  readonly pictureMs: number;
}

export interface SpeedRow {
  readonly case: CaseId;
  readonly site: Run;
  readonly against: Run;
  readonly ratio: Run;
  /** Ratio of the processor times of each round: how far they lie apart says what the noise is. */
  readonly rounds: readonly number[];
}

export interface SpeedJob {
  /** Folders of builds: this one, and the one it is compared with. */
  readonly sites: readonly [string, string];
  readonly cases: readonly CaseId[];
  readonly rounds: number;
  /** Pictures that are timed in each run. */
  readonly frames: number;
}

/** Notes the ledgers, whether they come from a worker or on a port. Carried over to the page, so it stands on nothing outside. */
function noteLedgers() {
  if (window !== window.top) return;
  const marks: [number, number][] = [];
  Object.assign(window, { incamMarks: marks });
  const hear = ({ data }: MessageEvent) => {
    if (data?.record?.type === 'ledger') marks.push([performance.now(), data.record.frames.destroyed]);
  };
  const NativeWorker = window.Worker;
  window.Worker = class extends NativeWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', hear);
    }
  };
  const NativeChannel = window.MessageChannel;
  window.MessageChannel = class extends NativeChannel {
    constructor() {
      super();
      this.port1.addEventListener('message', hear);
      this.port2.addEventListener('message', hear);
    }
  };
}

/** Waits for the latest ledger that tells of so many pictures. @throws {Error} of Playwright when that takes three minutes */
async function told(page: Page, pictures: number) {
  const done = await page.waitForFunction(
    (wanted) => {
      const { incamMarks: marks } = window as unknown as { incamMarks: [number, number][] };
      const first = marks.find(([, destroyed]) => destroyed > 0);
      const last = marks.at(-1);
      if (!first || !last || last[1] < wanted) return undefined;
      return { atMs: last[0], destroyed: last[1], firstMs: first[0] };
    },
    pictures,
    { timeout: 180_000, polling: 100 },
  );
  return (await done.jsonValue())!;
}

/** Clock ticks of the kernel in a second, as programs see them on Linux. */
const TICKS = 100;

/** Processor time of all processes that this one has started, and theirs. Milliseconds; NaN where there is no /proc. */
function browserCpuMs(): number {
  const all: { pid: number; parent: number; ticks: number }[] = [];
  try {
    for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
      // After the name, which may contain anything: state, parent, ..., the 12th and 13th are user and system time.
      const stat = readFileIfThere(`/proc/${name}/stat`);
      const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields)
        all.push({
          pid: Number(name),
          parent: Number(fields[1]),
          ticks: Number(fields[11]) + Number(fields[12]),
        });
    }
  } catch {
    return NaN;
  }
  const family = all.filter(({ parent }) => parent === process.pid);
  for (const each of family) family.push(...all.filter(({ parent }) => parent === each.pid));
  return (family.reduce((sum, { ticks }) => sum + ticks, 0) * 1000) / TICKS;
}

/** A process may end between two looks. */
function readFileIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function runOnce(browser: Browser, url: string, caseId: CaseId, frames: number): Promise<Run> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    // Compilers that keep function names call this helper, which the page does not have.
    await context.addInitScript({ content: 'globalThis.__name ??= (named) => named;' });
    await context.addInitScript(noteLedgers);
    const settings = { autostart: true, pace: 'exact', loop: true, level: 'understand' } as const;
    await context.addInitScript(rememberSettings, settings);
    const page = await context.newPage();
    await page.goto(`${url}#/${caseId}`);
    const from = await told(page, WARM_UP);
    const cpuBefore = browserCpuMs();
    const to = await told(page, from.destroyed + frames);
    const cpuMs = browserCpuMs() - cpuBefore;
    const pictures = to.destroyed - from.destroyed;
    return {
      rate: (pictures / (to.atMs - from.atMs)) * 1000,
      cpuMs: cpuMs / pictures,
      pictureMs: to.firstMs,
    };
  } finally {
    await context.close();
  }
}

const medianOf = (runs: readonly Run[]): Run => ({
  rate: round2(median(runs.map(({ rate }) => rate))),
  cpuMs: round2(median(runs.map(({ cpuMs }) => cpuMs))),
  pictureMs: Math.round(median(runs.map(({ pictureMs }) => pictureMs))),
});

const round2 = (value: number) => Math.round(value * 100) / 100;

export async function measureSpeed({ sites, cases, rounds, frames }: SpeedJob): Promise<SpeedRow[]> {
  const hosts = await Promise.all(sites.map((site) => hostWithHeaders(site)));
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  const found = new Map(cases.map((id) => [id, hosts.map((): Run[] => [])]));
  try {
    for (let round = 0; round < rounds; round++)
      for (const id of cases)
        for (const turn of hosts.keys()) {
          // Which one goes first changes with the round.
          const i = (turn + round) % hosts.length;
          const run = await runOnce(browser, hosts[i]!.url, id, frames);
          found.get(id)![i]!.push(run);
          console.error(
            `${id} ${i === 0 ? 'this' : 'against'} ${run.rate.toFixed(1)} a second, ${run.cpuMs.toFixed(0)} ms of processor time a picture`,
          );
        }
  } finally {
    await browser.close();
    await Promise.all(hosts.map((host) => host.close()));
  }
  return [...found].map(([id, [these, others]]) => {
    const [site, against] = [medianOf(these!), medianOf(others!)];
    return {
      case: id,
      site,
      against,
      ratio: {
        rate: round2(site.rate / against.rate),
        cpuMs: round2(site.cpuMs / against.cpuMs),
        pictureMs: round2(site.pictureMs / against.pictureMs),
      },
      rounds: these!.map(({ cpuMs }, round) => round2(cpuMs / others![round]!.cpuMs)),
    };
  });
}

/** As a table. */
export function saySpeed(rows: readonly SpeedRow[]): string {
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(15) : String(cell).padStart(10))).join('');
  return [
    line([
      'case',
      'cpuMs',
      'against',
      'ratio',
      'rate',
      'against',
      'ratio',
      'pictureMs',
      'against',
      'ratio',
      'cpuMs, rounds',
    ]),
    ...rows.map(({ case: id, site, against, ratio, rounds }) =>
      line([
        id,
        site.cpuMs,
        against.cpuMs,
        ratio.cpuMs,
        site.rate,
        against.rate,
        ratio.rate,
        site.pictureMs,
        against.pictureMs,
        ratio.pictureMs,
        rounds.join(' '),
      ]),
    ),
  ].join('\n');
}
