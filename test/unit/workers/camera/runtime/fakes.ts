/** Stand-ins for the parts around the camera's core, so that it can be driven without a browser. */
import type { OutRecord } from '../../../../../contract/index.ts';
import type { SourceFrame, FrameSource } from '../../../../../workers/camera/frames/source.ts';
import { Gate } from '../../../../../workers/camera/isolation/gate.ts';
import type { Detector } from '../../../../../workers/camera/inference/engine.ts';
import type { SignReader } from '../../../../../workers/camera/inference/signs.ts';
import type { DeviceDeps } from '../../../../../workers/camera/runtime/device-deps.ts';
import type { Pipeline } from '../../../../../workers/camera/cases/pipeline.ts';
import type { Detection } from '../../../../../workers/camera/vision/geometry/detection.ts';

export const WIDTH = 16;
export const HEIGHT = 9;
export const GREY = 119;

export function sourceFrame(index: number, closed?: (index: number) => void): SourceFrame {
  let open = true;
  return {
    timestampUs: index * 100_000,
    width: WIDTH,
    height: HEIGHT,
    bytes: (WIDTH * HEIGHT * 3) / 2,
    copyTo: (target) => {
      target.fill(GREY);
      return Promise.resolve();
    },
    close: () => {
      if (open) closed?.(index);
      open = false;
    },
  };
}

/** A source of `count` frames; `breaksAt` throws there instead. */
export function fakeSource(count: number, breaksAt?: { index: number; error: Error }) {
  const closed: number[] = [];
  let index = 0;
  let isClosed = false;
  const source: FrameSource = {
    kind: 'sample',
    live: false,
    width: WIDTH,
    height: HEIGHT,
    fps: 10,
    durationS: count / 10,
    next: () => {
      if (breaksAt && index === breaksAt.index) return Promise.reject(breaksAt.error);
      return Promise.resolve(index < count ? sourceFrame(index++, (i) => closed.push(i)) : null);
    },
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
  return { source, closed, isClosed: () => isClosed };
}

export interface FakeDetector extends Detector {
  seen: number[];
  wiped: number;
  released: number;
}

/** Finds one person everywhere; remembers a pixel of each frame, to show that it got the real picture. */
export function fakeDetector(fail?: (run: number) => Error | undefined): FakeDetector {
  const found: Detection[] = [{ box: [1, 1, 3, 3], score: 0.9, label: 'person' }];
  const detector: FakeDetector = {
    model: 'fake',
    backend: 'wasm',
    threads: 1,
    width: 64,
    height: 32,
    labels: ['person'],
    inputBytes: 64 * 32 * 4,
    seen: [],
    wiped: 0,
    released: 0,
    async detect(picture, clock) {
      clock.prepare(() => {});
      return clock.infer(() => {
        const error = fail?.(detector.seen.length);
        if (error) return Promise.reject(error);
        detector.seen.push(picture.pixels[0]!);
        return Promise.resolve(found);
      });
    },
    wipe: () => {
      detector.wiped++;
      return Promise.resolve();
    },
    release: () => {
      detector.released++;
      return Promise.resolve();
    },
  };
  return detector;
}

/** Reports one count a frame. */
export function fakePipeline(record: (index: number) => OutRecord = countRecord): Pipeline {
  return {
    case: 'counting',
    needs: ['objects'],
    configure: () => {},
    track: () => {},
    extract: (seen) => [record(seen.index)],
    finish: () => [],
    marks: () => [],
    following: 1,
    reset: () => {},
  };
}

export const countRecord = (index: number): OutRecord => ({
  type: 'count',
  case: 'counting',
  line: 'gate',
  kind: 'pedestrian',
  direction: 'forward',
  atS: index / 10,
});

/** Sees no signs. */
export const fakeSignReader = (): SignReader => ({
  ...{ model: 'fake-signs', backend: 'wasm', threads: 1, width: 64, height: 32 },
  kinds: [],
  inputBytes: 0,
  read: () => Promise.resolve([]),
  readKind: () => Promise.resolve(Float32Array.of(1)),
  wipe: () => Promise.resolve(),
  release: () => Promise.resolve(),
});

export interface Rig {
  parts: DeviceDeps;
  out: OutRecord[];
  /** Every buffer that ever held a frame, to look at what is left in it. */
  buffers: Set<Uint8ClampedArray>;
}

/** Everything a device needs, with a gate that keeps what it lets out. */
export function rig(parts: Partial<DeviceDeps> = {}): Rig {
  const out: OutRecord[] = [];
  const buffers = new Set<Uint8ClampedArray>();
  let bytes = 0;
  return {
    out,
    buffers,
    parts: {
      gate: new Gate((message) => out.push((message as { record: OutRecord }).record)),
      openSource: () => Promise.resolve(fakeSource(3).source),
      loadDetector: () => Promise.resolve({ detector: fakeDetector() }),
      loadAgeReader: () => Promise.reject(new Error('no face is read here')),
      loadSexReader: () => Promise.reject(new Error('no face is read here')),
      loadDescriptorReader: () => Promise.reject(new Error('no face is read here')),
      loadSignReader: () => Promise.resolve({ reader: fakeSignReader() }),
      createMasks: (polygons) => ({ polygons, apply: (frame) => void buffers.add(frame.pixels) }),
      preview: {
        get bytes() {
          return bytes;
        },
        attach: () => {},
        paint: (frame) => void (bytes = frame.pixels.byteLength),
        setGlass: () => void (bytes = 0),
        wipe: () => void (bytes = 0),
        memories: () => [],
      },
      createPipeline: () => fakePipeline(),
      ...parts,
    },
  };
}

export function recordsOf<T extends OutRecord['type']>(out: OutRecord[], type: T) {
  return out.filter((record): record is Extract<OutRecord, { type: T }> => record.type === type);
}
