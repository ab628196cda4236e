/** `npm run bench -- --peers`: the same job on the same pictures in the same browser, ours and theirs in turns. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { RUNTIME_FACTS, RuntimeFacts } from '../../../models/runtime-facts.ts';
import { TruthSchema, type Truth } from '../../../scenes/truth/schema.ts';
import { median, quantile } from '../../../lib/stats.ts';
import { roundedAll } from '../../accuracy/report.ts';
import { NETWORKS, raceNative, type NativeRow } from './native.ts';
import type { Entrant, Turn } from './page.ts';
import { faceQuality, objectQuality, trueFaces, trueObjects } from './quality.ts';
import { openArena, type Arena } from './server.ts';
import type { Job } from './sides.ts';

const MODELS = resolve(import.meta.dirname, '../../../public/models');
const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');

/** One comparison; throughputs in pictures (native: runs) a second. */
export interface Comparison {
  /** ours / theirs */
  readonly ratio: number;
  readonly ours: number;
  readonly theirs: number;
  readonly quality: unknown;
  readonly detail: unknown;
}

export interface PeersReport {
  readonly machine: Record<string, unknown>;
  readonly versions: Record<string, string>;
  readonly peers: Record<'attributes' | 'objects' | 'native', Comparison>;
}

export interface PeersOptions {
  /** Pictures of each clip. */
  readonly frames: number;
  readonly rounds: number;
}

/** Pictures of the trial that finds each side's best number of threads. */
const TRIAL = 4;
/** A load above this at the start, in running processes, means that others used the machine, too. */
const IDLE_LOAD = 0.5;

const CLIPS: Readonly<Record<Job, string>> = { attributes: 'attributes', objects: 'counting' };

const truthOf = (clip: string): Truth =>
  v.parse(TruthSchema, JSON.parse(readFileSync(resolve(SAMPLES, `${clip}.truth.json`), 'utf8')));

/** Frames spread evenly over those in which there is something to find. */
export function chooseFrames(truth: Truth, job: Job, count: number): number[] {
  const people = new Map(truth.objects.map(({ id, person }) => [id, person]));
  const kinds = new Map(truth.objects.map(({ id, kind }) => [id, kind]));
  const worth = truth.frames.flatMap((frame, i) => {
    const there = job === 'attributes' ? trueFaces(frame, people) : trueObjects(frame, kinds);
    return there.some(({ ignore }) => !ignore) ? [i] : [];
  });
  return Array.from({ length: count }, (_, i) => worth[Math.floor(((i + 0.5) * worth.length) / count)]!);
}

const entrantsOf = (cores: number): Entrant[] => [
  // The library's runtime never takes more than two threads, whatever is asked for.
  { side: 'theirs', threads: 0 },
  { side: 'theirs', threads: 1 },
  ...[...new Set([1, 2, cores - 1, cores])]
    .filter((threads) => threads >= 1)
    .map((threads): Entrant => ({ side: 'ours', threads })),
];

/** Milliseconds of an entrant for all pictures: of each picture the median over the rounds. */
function total(turns: readonly Turn[], entrant: number): number {
  const own = turns.filter((turn) => turn.entrant === entrant);
  const frames = new Set(own.map(({ frame }) => frame));
  let sum = 0;
  for (const frame of frames) sum += median(own.filter((turn) => turn.frame === frame).map(({ ms }) => ms));
  return sum;
}

async function compare({ page }: Arena, job: Job, { frames, rounds }: PeersOptions): Promise<Comparison> {
  const truth = truthOf(CLIPS[job]);
  const chosen = chooseFrames(truth, job, frames);
  // Half a frame later than its time stamp: no rounding gives the one before.
  const times = chosen.map((frame) => (frame + 0.5) / truth.fps);
  await page.evaluate((args) => window.peers.decode(...args), [`/samples/${CLIPS[job]}.mp4`, times] as const);
  const race = (entrants: readonly Entrant[], count: number, times: number) =>
    page.evaluate((args) => window.peers.race(...args), [
      job,
      entrants,
      Array.from({ length: count }, (_, i) => i),
      times,
    ] as const);

  const entrants = entrantsOf(cpus().length);
  const trial = await race(entrants, Math.min(TRIAL, frames), 2);
  const trials = entrants.map((entrant, i) => ({
    side: entrant.side,
    threads: trial.threads[i]!,
    asked: entrant.threads,
    ms: total(trial.turns, i) / Math.min(TRIAL, frames),
  }));
  console.log(
    `peers.${job}: ${trials.map(({ side, threads, ms }) => `${side} ${threads}t ${ms.toFixed(0)} ms`).join(', ')}`,
  );
  const best = (side: Entrant['side']) =>
    trials.filter((entry) => entry.side === side).sort((a, b) => a.ms - b.ms)[0]!;
  const finalists = [best('ours'), best('theirs')];
  const { turns } = await race(
    finalists.map(({ side, asked }) => ({ side, threads: asked })),
    frames,
    rounds,
  );
  const side = (index: number) => {
    const own = turns.filter((turn) => turn.entrant === index);
    const ms = own.map((turn) => turn.ms);
    const first = own.filter(({ round }) => round === 0).sort((a, b) => a.frame - b.frame);
    return {
      threads: finalists[index]!.threads,
      fps: (1000 * frames) / total(turns, index),
      frameMs: { p50: median(ms), p90: quantile(ms, 0.9), p99: quantile(ms, 0.99) },
      found: first.map(({ faces, objects }) => (job === 'attributes' ? faces.length : objects.length)),
      quality:
        job === 'attributes'
          ? faceQuality(
              truth,
              chosen,
              first.map(({ faces }) => faces),
            )
          : objectQuality(
              truth,
              chosen,
              first.map(({ objects }) => objects),
            ),
    };
  };
  const [{ quality: ourQuality, ...ours }, { quality: theirQuality, ...theirs }] = [side(0), side(1)];
  const key = ({ frame, round }: Turn) => `${frame} ${round}`;
  const byKey = new Map(turns.filter(({ entrant }) => entrant === 1).map((turn) => [key(turn), turn.ms]));
  const ratios = turns.filter(({ entrant }) => entrant === 0).map((turn) => byKey.get(key(turn))! / turn.ms);
  return {
    ratio: ours.fps / theirs.fps,
    ours: ours.fps,
    theirs: theirs.fps,
    quality: { ours: ourQuality, theirs: theirQuality },
    detail: {
      clip: CLIPS[job],
      frames: chosen,
      rounds,
      // Of the same picture, one right after the other.
      ratioQuartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
      ours,
      theirs,
      trials,
    },
  };
}

async function compareNative({ page }: Arena, { rounds, frames }: PeersOptions): Promise<Comparison> {
  const rows: NativeRow[] = [];
  const max = Math.max(1, cpus().length - 1);
  for (const network of NETWORKS) {
    for (const threads of new Set([1, Math.min(2, max), max])) {
      const row = await raceNative(page, network, threads, Math.max(6, Math.round((rounds * frames) / 2)));
      console.log(`peers.native: ${row.model} ${threads}t ${row.ratio.toFixed(3)}`);
      rows.push(row);
    }
  }
  // The detector of objects is what the camera spends its time on, at the number of threads at which WASM is fastest.
  const main = rows.filter(({ model }) => model === NETWORKS[0]!.model);
  const { ratio, ours, theirs, disagreement } = main.sort((a, b) => b.ours - a.ours)[0]!;
  return {
    ratio,
    ours,
    theirs,
    quality: { largestDifference: disagreement, sameGraph: true },
    detail: {
      rows,
      geometricMean: Math.exp(rows.reduce((sum, row) => sum + Math.log(row.ratio), 0) / rows.length),
    },
  };
}

const versionOf = (name: string): string => {
  const file = resolve(import.meta.dirname, '../../../node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
};

/** @throws {Error} when the page cannot be built or a side fails */
export async function runPeers(options: PeersOptions): Promise<PeersReport> {
  const load = () => Math.round(loadavg()[0]! * 100) / 100;
  const loadBefore = load();
  const arena = await openArena();
  const { kernels } = v.parse(RuntimeFacts, JSON.parse(readFileSync(resolve(MODELS, RUNTIME_FACTS), 'utf8')));
  try {
    const attributes = await compare(arena, 'attributes', options);
    const objects = await compare(arena, 'objects', options);
    const native = await compareNative(arena, options);
    return {
      machine: {
        cpu: cpus()[0]?.model ?? 'unknown',
        cores: cpus().length,
        browser: arena.browser,
        node: process.version,
        // Of the runtime on our side in the browser.
        kernels,
        loadBefore,
        loadAfter: load(),
        // The benchmark's own work is in the load afterwards, so only the one before says whether others were at work.
        idle: loadBefore <= IDLE_LOAD,
      },
      versions: Object.fromEntries(
        ['@vladmandic/human', '@tensorflow/tfjs-backend-wasm', 'onnxruntime-web', 'onnxruntime-node'].map(
          (name) => [name, versionOf(name)],
        ),
      ),
      peers: roundedAll({ attributes, objects, native }),
    };
  } finally {
    await arena.close();
  }
}

/** A summary for the terminal. */
export function sayPeers({ machine, peers }: PeersReport): string {
  const lines = Object.entries(peers).map(
    ([name, { ratio, ours, theirs, quality }]) =>
      `peers.${name}: ${ratio} (ours ${ours}/s, theirs ${theirs}/s) ${JSON.stringify(quality)}`,
  );
  const idle = machine['idle']
    ? []
    : ['The machine was not idle: read the ratios, whose sides took turns, and not the rates.'];
  return [...lines, ...idle].join('\n');
}
