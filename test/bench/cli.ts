/**
 * `npm run bench -- --case counting --out FILE.json`
 *
 * Drives the built site in headless Chromium, as a visitor would, and writes for each case
 *   <case>.{fps, frameMs:{p50,p90,p99}, stagesMs:{...}, overheadShare, longTasks, framesAlivePeak, ...}
 * `overheadShare` is the time outside inference as a share of a frame's time; `longTasks` counts tasks over 50 ms on the
 * page's main thread while the camera ran. Every frame of the clip is processed once, as fast as it goes.
 *
 * `npm run bench -- --peers --out FILE.json`: against other software on the same pictures; see `peers/run.ts`.
 */
import { chromium } from '@playwright/test';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import { runPeers, sayPeers } from './peers/run.ts';
import { runCase, type CaseBench } from './run-case.ts';

const CASES = ['counting'] as const;

const { values } = parseArgs({
  options: {
    case: { type: 'string', default: CASES.join(',') },
    clip: { type: 'string', default: 'test/fixtures/counting-640x360.mp4' },
    model: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string', default: '0' },
    out: { type: 'string' },
    peers: { type: 'boolean', default: false },
    frames: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '3' },
  },
});

const write = (report: object) => {
  if (!values.out) return;
  mkdirSync(dirname(resolve(values.out)), { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`written: ${values.out}`);
};

if (values.peers) {
  const report = await runPeers({ frames: Number(values.frames), rounds: Number(values.rounds) });
  console.log(sayPeers(report));
  write(report);
  process.exit(0);
}

const cases = values.case.split(',');
for (const name of cases) {
  if (!CASES.includes(name as (typeof CASES)[number])) {
    throw new Error(`no case "${name}" to benchmark; there are: ${CASES.join(', ')}`);
  }
}
const clip = resolve(values.clip);
if (!existsSync(clip)) throw new Error(`there is no clip ${clip}`);

await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 0 } });
const base = server.resolvedUrls?.local[0];
if (!base) throw new Error('the site has no address');
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });

const report: Record<string, CaseBench | object> = {
  machine: {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    // More than a little means that others used the machine at the same time: compare ratios then, not milliseconds.
    loadBefore: Math.round(loadavg()[0]! * 100) / 100,
    browser: browser.version(),
  },
};
try {
  for (const name of cases) {
    const result = await runCase(browser, base, {
      case: name,
      clip,
      settings: {
        ...(values.model && { models: { counting: values.model } }),
        backend: values.backend as 'auto' | 'wasm' | 'webgpu',
        threads: Number(values.threads),
        pace: 'exact',
        loop: false,
      },
    });
    report[name] = result;
    console.log(name, JSON.stringify(result, null, 1));
  }
} finally {
  await browser.close();
  await server.close();
}
write(report);
