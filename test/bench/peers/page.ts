/** Decodes a clip once and has both sides look at its pictures in turns; driven by Playwright. */
import * as Comlink from 'comlink';
import { ALL_FORMATS, Input, UrlSource, VideoSampleSink } from 'mediabunny';
import { noise } from './noise.ts';
import type { Ours } from './ours.ts';
import type { Answer, Frames, Job, Network, Side } from './sides.ts';

/** A side with a number of threads. */
export interface Entrant {
  readonly side: 'ours' | 'theirs';
  /** 0: what the side chooses by itself. */
  readonly threads: number;
}

/** One entrant's answer to one picture. */
export interface Turn extends Answer {
  readonly entrant: number;
  readonly frame: number;
  readonly round: number;
}

/** Busy waiting of a thread pool after its work must be over before the next one is timed, milliseconds. */
const REST_MS = 40;
const rest = () => new Promise((resolve) => setTimeout(resolve, REST_MS));

const workerOf = (side: Entrant['side']): Worker =>
  side === 'ours'
    ? new Worker(new URL('./ours.ts', import.meta.url), { type: 'module' })
    : new Worker(new URL('./theirs.ts', import.meta.url), { type: 'module' });

let frames: Frames;
let network: { worker: Worker; ours: Comlink.Remote<Ours> } | undefined;

const peers = {
  /** @param timesS in seconds of the clip */
  async decode(url: string, timesS: readonly number[]): Promise<{ width: number; height: number }> {
    const input = new Input({ formats: ALL_FORMATS, source: new UrlSource(url) });
    const track = (await input.getPrimaryVideoTrack())!;
    const sink = new VideoSampleSink(track);
    const pixels: Uint8ClampedArray<SharedArrayBuffer>[] = [];
    let size = { width: 0, height: 0 };
    for (const timeS of timesS) {
      const sample = await sink.getSample(timeS);
      if (!sample) throw new Error(`${url} has no picture at ${timeS} s`);
      const frame = sample.toVideoFrame();
      sample.close();
      const { width, height } = frame.visibleRect!;
      size = { width, height };
      // Decoders do not write to shared memory.
      const copy = new Uint8Array(width * height * 4);
      await frame.copyTo(copy, { format: 'RGBA' });
      frame.close();
      const shared = new Uint8ClampedArray(new SharedArrayBuffer(copy.length));
      shared.set(copy);
      pixels.push(shared);
    }
    frames = { ...size, pixels };
    return size;
  },

  /**
   * Every entrant looks at every picture, round after round; who comes first moves on with each picture, so that
   * whatever else the machine does hits all alike.
   */
  async race(
    job: Job,
    entrants: readonly Entrant[],
    pictures: readonly number[],
    rounds: number,
  ): Promise<{ turns: Turn[]; threads: number[] }> {
    const workers = entrants.map(({ side }) => workerOf(side));
    const sides = workers.map((worker) => Comlink.wrap<Side>(worker));
    const failed = workers.map(
      (worker) =>
        new Promise<never>((_, reject) =>
          worker.addEventListener('error', (event) => reject(new Error(event.message))),
        ),
    );
    const work = async () => {
      for (const [i, side] of sides.entries()) await side.open(job, entrants[i]!.threads, frames);
      const threads: number[] = [];
      for (const side of sides) threads.push(await side.threads());
      // The first picture takes memory that the later ones find.
      for (const side of sides) await side.look(pictures[0]!);
      const turns: Turn[] = [];
      for (let round = 0; round < rounds; round++) {
        for (const [i, frame] of pictures.entries()) {
          for (let k = 0; k < sides.length; k++) {
            const entrant = (k + i + round) % sides.length;
            await rest();
            turns.push({ ...(await sides[entrant]!.look(frame)), entrant, frame, round });
          }
        }
      }
      return { turns, threads };
    };
    try {
      return await Promise.race([work(), ...failed]);
    } finally {
      for (const worker of workers) worker.terminate();
    }
  },

  async openNetwork(given: Network, threads: number): Promise<void> {
    network?.worker.terminate();
    const worker = workerOf('ours');
    network = { worker, ours: Comlink.wrap<Ours>(worker) };
    await network.ours.openNetwork(given, threads);
  },

  /** @param seed of a picture of noise; the same everywhere */
  async runNetwork(
    { width, height }: Network,
    seed: number,
    stride: number,
  ): Promise<{ ms: number; sample: Record<string, number[]> }> {
    return network!.ours.runNetwork(noise(width, height, seed), stride);
  },
};

declare global {
  interface Window {
    peers: typeof peers;
  }
}
window.peers = peers;
