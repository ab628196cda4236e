/** Runs the real sources in a real worker and reports what came out, as numbers. */
import * as Comlink from 'comlink';
import type { SourceSpec } from '../../../contract/index.ts';
import { Fault } from '../../../workers/camera/isolation/fault.ts';
import { PrivacyMasks } from '../../../workers/camera/frames/masks.ts';
import { Preview } from '../../../workers/camera/frames/preview.ts';
import { openSource } from '../../../workers/camera/frames/sources/open.ts';
import type { FrameSource, SourceEvents } from '../../../workers/camera/frames/source.ts';
import { useSupplies } from '../../../workers/camera/isolation/supplies.ts';
import { siteSupplies } from '../../tools/site-supplies.ts';
import { readMark } from './mark.ts';

export interface Seen {
  timestampUs: number;
  width: number;
  height: number;
  /** The picture's own shape. */
  shape: { width: number; height: number } | undefined;
  bytes: number;
  /** The number written in the picture. */
  mark: number;
  hash: string;
  /** The lowest alpha of all pixels. */
  alpha: number;
  /** RGB of the pixels at the picture's corners (a 16th inside), row by row. */
  corners: number[][];
  /** Milliseconds from the first call of `next` in this run. */
  atMs: number;
}

export interface Run {
  frames: Seen[];
  end: 'end' | 'enough' | 'aborted' | { fault: string; subject?: string };
  ms: number;
}

const events = {
  unseen: 0,
  unseenBytes: 0,
  held: 0,
  heldBytes: 0,
  heldPeak: 0,
  time: undefined as { jumps: number; assumedFps: number | undefined } | undefined,
};
const listeners: SourceEvents = {
  unseen: (bytes) => {
    events.unseen++;
    events.unseenBytes += bytes;
  },
  held: (frames, bytes) => {
    events.held = frames;
    events.heldBytes = bytes;
    events.heldPeak = Math.max(events.heldPeak, frames);
  },
  time: (found) => (events.time = found),
  acknowledge: (port) => port.postMessage('next'),
};
useSupplies(siteSupplies);
let source: FrameSource | undefined;

/** A fault as it is known outside; anything else thrown is a failure of the test. */
function codeOf(error: unknown): { fault: string; subject?: string } {
  if (!(error instanceof Fault)) return { fault: `not a Fault: ${String(error)}` };
  // A subject is a name out of the file; tests that do not look at it need not know it.
  return {
    fault: error.code,
    ...(error.code === 'source-container-unsupported' && { subject: error.subject! }),
  };
}

const api = {
  async open(spec: SourceSpec) {
    try {
      source = await openSource(spec, listeners);
      const { kind, live, width, height, fps, durationS } = source;
      return { kind, live, width, height, fps, durationS };
    } catch (error) {
      return codeOf(error);
    }
  },

  /** Takes up to `most` frames, keeping each for `busyMs`; `abortMs` aborts the signal after that time. */
  async take(max = Infinity, { busyMs = 0, abortMs = Infinity } = {}): Promise<Run> {
    const abort = new AbortController();
    if (abortMs < Infinity) setTimeout(() => abort.abort(), abortMs);
    const start = performance.now();
    const frames: Seen[] = [];
    let end: Run['end'] = 'enough';
    try {
      while (frames.length < max) {
        const frame = await source!.next(abort.signal);
        if (!frame) {
          end = abort.signal.aborted ? 'aborted' : 'end';
          break;
        }
        // Before the copy: the first one takes several milliseconds longer than the others.
        const atMs = performance.now() - start;
        const { timestampUs, width, height, shape, bytes } = frame;
        const pixels = new Uint8ClampedArray(width * height * 4);
        await frame.copyTo(pixels);
        frame.close();
        frame.close();
        frames.push({
          timestampUs,
          width,
          height,
          shape,
          bytes,
          atMs,
          ...(await describe(pixels, width, height)),
        });
        if (busyMs > 0) await new Promise((resolve) => setTimeout(resolve, busyMs));
      }
    } catch (error) {
      end = codeOf(error);
    }
    return { frames, end, ms: performance.now() - start };
  },

  /** Like `take`, but only counts; for long films and time measurements. */
  async count(): Promise<{
    frames: number;
    end: Run['end'];
    ms: number;
    copyMs: number;
    ordered: boolean;
    hash: string;
  }> {
    const { signal } = new AbortController();
    const pixels = new Uint8ClampedArray(source!.width * source!.height * 4);
    const words = new Uint32Array(pixels.buffer);
    const start = performance.now();
    let frames = 0;
    let copyMs = 0;
    let last = -1;
    let ordered = true;
    let hash = 0;
    let end: Run['end'] = 'end';
    try {
      for (let frame; (frame = await source!.next(signal)); frames++) {
        const before = performance.now();
        await frame.copyTo(pixels);
        copyMs += performance.now() - before;
        frame.close();
        ordered &&= frame.timestampUs > last;
        last = frame.timestampUs;
        for (let i = 0; i < words.length; i += 97) hash = (Math.imul(hash, 31) + words[i]!) | 0;
      }
    } catch (error) {
      end = codeOf(error);
    }
    return {
      frames,
      end,
      ms: performance.now() - start,
      copyMs: copyMs / frames,
      ordered,
      hash: hash.toString(16),
    };
  },

  pause: (paused: boolean) => source?.setPaused?.(paused),

  /** Closes, in the middle of a `next` if asked to, and twice. */
  async close(duringNext = false): Promise<string> {
    const pending = duringNext ? source!.next(new AbortController().signal) : undefined;
    await source!.close();
    await source!.close();
    const outcome = await pending?.then(
      (frame) => (frame === null ? 'null' : 'frame'),
      (error: unknown) => codeOf(error).fault,
    );
    return outcome ?? 'closed';
  },

  events: () => ({ ...events }),

  /** Paints a picture on a canvas and reads the canvas back, as the page itself never could. */
  preview: (canvas: OffscreenCanvas, width: number, height: number) => {
    const preview = new Preview();
    const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
    const picture = { width, height, pixels };
    for (let i = 0; i < pixels.length; i += 4) pixels.set([200, 100, 50], i);
    const masks = new PrivacyMasks([
      { id: 'm', points: [[0.5, 0], [1, 0], [1, 1], [0.5, 1]] }, // prettier-ignore
    ]);
    masks.apply(picture);
    const at = (x: number, y: number) => {
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      return [
        ...context.getImageData(Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data,
      ];
    };
    const state = () => ({
      size: [canvas.width, canvas.height],
      bytes: preview.bytes,
      open: at(0.25, 0.25),
      masked: at(0.75, 0.25),
      border: at(0.1, 0.5),
      note: at(0.261, 0.494),
    });
    const overlay = {
      boxes: [{ box: [0, height / 2, width / 2, height * 2] as const, kind: 'car' as const, note: '1' }],
      masks: masks.polygons,
    };
    preview.attach(canvas);
    const attached = state();
    preview.paint(picture, overlay);
    const painted = state();
    const start = performance.now();
    const rounds = 200;
    for (let i = 0; i < rounds; i++) preview.paint(picture, { boxes: [], masks: [] });
    const paintMs = (performance.now() - start) / rounds;
    preview.setGlass('opaque');
    const opaque = state();
    preview.paint(picture, overlay);
    const still = state();
    preview.setGlass('clear');
    preview.paint(picture, overlay);
    const again = state();
    preview.wipe();
    const wiped = { size: [canvas.width, canvas.height], bytes: preview.bytes, pixel: at(0, 0) };
    return { attached, painted, opaque, still, again, wiped, paintMs };
  },
};

async function describe(pixels: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
  let alpha = 255;
  for (let i = 3; i < pixels.length; i += 4) alpha = Math.min(alpha, pixels[i]!);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', pixels));
  const at = (fx: number, fy: number) => {
    const i = (Math.floor(fy * height) * width + Math.floor(fx * width)) * 4;
    return [...pixels.subarray(i, i + 3)];
  };
  return {
    mark: readMark(pixels, width, height),
    hash: [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    alpha,
    corners: [at(1 / 16, 1 / 16), at(15 / 16, 1 / 16), at(1 / 16, 15 / 16), at(15 / 16, 15 / 16)],
  };
}

export type HarnessWorker = typeof api;
Comlink.expose(api);
