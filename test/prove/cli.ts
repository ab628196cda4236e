/**
 * `npm run prove -- --out FILE.json`: which copies of a picture are left in the browser's memory, seen from outside, on Linux.
 *
 * A canary, a picture that exists nowhere else, goes as a film, as stills and as a webcam through each case of the built site
 * with each engine, and all writable memory of all processes of the browser is searched for it. `--short` takes one film
 * through one case, `--opaque` closes the glass; `--cases`, `--engines`, `--sources` and `--moments` choose, with commas.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { CASES } from '../../contract/index.ts';
import { CameraRun, ENGINES, MOMENTS, WITH_MEDIAPIPE, type Run, type Seen } from './camera-run.ts';
import { makeCanary } from './canary.ts';
import { checkScanner } from './control.ts';
import { makeSource, SOURCES, whyNot } from './sources.ts';
import { failuresOf, lineOf, rowOf, type Row } from './report.ts';
import { Traces } from './traces.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    port: { type: 'string', default: '0' },
    cases: { type: 'string' },
    engines: { type: 'string' },
    sources: { type: 'string' },
    moments: { type: 'string' },
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    opaque: { type: 'boolean', default: false },
  },
});

/** What a list with commas chooses. @throws {Error} for a name that is not there */
function chosen<T extends string>(
  list: string | undefined,
  all: readonly T[],
  short: readonly T[],
): readonly T[] {
  if (list === undefined) return values.short ? short : all;
  return list.split(',').map((name) => {
    const known = all.find((each) => each === name);
    if (known === undefined) throw new Error(`${name} is none of ${all.join(', ')}`);
    return known;
  });
}

const why = whyNot();
if (why !== undefined) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

const cases = chosen(values.cases, CASES, ['counting']);
const engines = chosen(values.engines, ENGINES, ['wasm']);
const sources = chosen(values.sources, SOURCES, ['vp9']);
const moments = chosen(values.moments, MOMENTS, MOMENTS);
const glass = values.opaque ? 'opaque' : 'clear';
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const canary = makeCanary(seed);
const traces = new Traces(canary);
const decoy = new Traces(makeCanary(seed ^ 0x5bd1e995));

const folder = mkdtempSync(join(tmpdir(), 'incam-canary-'));
const files = Object.fromEntries(sources.map((source) => [source, makeSource(source, canary, folder)]));
const runs: Run[] = engines.flatMap((engine) =>
  sources.flatMap((source) =>
    cases
      .filter((id) => engine !== 'mediapipe' || WITH_MEDIAPIPE.includes(id))
      .map((id) => ({ case: id, engine, source, glass, file: files[source]! })),
  ),
);

const site = await preview({ logLevel: 'warn', preview: { port: Number(values.port), host: 'localhost' } });
const base = site.resolvedUrls!.local[0]!;
const rows: Row[] = [];
const troubles: string[] = [];
const scanner = await checkScanner(canary, traces, decoy);
console.log(
  `scanner: a page that holds the canary: ${JSON.stringify(scanner.held.copies)}; before: ${JSON.stringify(scanner.before.copies)}`,
);

const write = () => {
  if (values.out)
    writeFileSync(values.out, `${JSON.stringify({ seed, scanner, rows, troubles }, undefined, 1)}\n`);
};
/** The last look at a browser, and its end. */
async function finish(run: CameraRun): Promise<void> {
  try {
    if (moments.includes('after-60s')) take(run, await run.later());
    const received = await run.received();
    const profile = await run.end();
    for (const row of rows.filter((each) => isOf(each, run.run))) Object.assign(row, { received, profile });
  } catch (error) {
    noteTrouble(run.run, error);
    await run.end().catch(() => {});
  }
  write();
}
const isOf = (row: Row, run: Run) =>
  row.case === run.case && row.engine === run.engine && row.source === run.source;
function take({ run }: CameraRun, seen: Seen): void {
  const row = rowOf(run, seen);
  rows.push(row);
  console.log(lineOf(row));
}
function noteTrouble({ case: id, engine, source }: Run, error: unknown): void {
  const text = `${id}, ${engine}, ${source}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  troubles.push(text);
  console.log(`NOT MEASURED  ${text}`);
}

/** Browsers that wait for their minute to be over: the next camera runs meanwhile. */
const waiting: CameraRun[] = [];
try {
  for (const run of runs) {
    const camera = new CameraRun(run, traces, decoy);
    try {
      await camera.start(base);
      for await (const seen of camera.goThrough(moments)) take(camera, seen);
      waiting.push(camera);
    } catch (error) {
      noteTrouble(run, error);
      await camera.end().catch(() => {});
    }
    while (waiting[0] && (waiting[0].dueMs <= Date.now() || !moments.includes('after-60s')))
      await finish(waiting.shift()!);
  }
  for (const camera of waiting) await finish(camera);
} finally {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
write();
const failures = failuresOf(rows);
console.log(failures.length > 0 ? failures.join('\n') : 'nothing is left after the camera was switched off');
process.exit(failures.length + troubles.length > 0 ? 1 : 0);
