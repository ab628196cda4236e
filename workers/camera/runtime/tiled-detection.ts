/**
 * The camera's look at one frame with its object detector: at the whole, and more closely where a case asks for it and
 * there is time. One list comes of it, which all cases on the camera share.
 */
import type { TileRequest } from '../cases/pipeline.ts';
import type { SensorFrame } from '../frames/frame.ts';
import type { Detector, StageClock } from '../inference/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Detection } from '../vision/geometry/detection.ts';
import type { Region } from '../vision/geometry/letterbox.ts';
import { mergeViews, type TileView } from '../vision/tracking/tiles.ts';

/** All looks at one frame of a live source together may take about this long, in milliseconds. */
const BUDGET_MS = 300;
/** However fast the detector is: three rows of three. */
const MAX = 9;
/** Weight of the newest run in the running mean of how long one takes. */
const NEWEST = 0.1;

export class TiledDetector {
  /** How long one run of a detector takes, in milliseconds. */
  readonly #runMs = new WeakMap<Detector, number>();
  readonly #ledger: Ledger;
  readonly #now: () => number;

  constructor(ledger: Ledger, now: () => number = () => performance.now()) {
    this.#ledger = ledger;
    this.#now = now;
  }

  /**
   * @param live whether the source goes on without waiting; one that waits has time for every look, so that its results
   *   do not depend on the machine
   */
  async at(
    frame: SensorFrame,
    detector: Detector,
    clock: StageClock,
    live: boolean,
    wishes: readonly TileRequest[] = [],
  ): Promise<Detection[]> {
    const whole = await this.#run(detector, frame, clock);
    if (wishes.length === 0) return whole;
    const { width, height } = frame;
    const runMs = this.#runMs.get(detector) ?? 0;
    const time = live && runMs > 0 ? Math.floor(BUDGET_MS / runMs) - 1 : MAX;
    const max = Math.max(0, Math.min(MAX, time));
    const tiles: TileView[] = [];
    for (const wish of wishes) {
      for (const region of wish({ picture: { width, height }, input: detector, max })) {
        tiles.push({ region, found: await this.#run(detector, frame, clock, region) });
      }
    }
    return mergeViews(whole, tiles, frame);
  }

  /** The detector's own copy of the picture is entered in the ledger. */
  async #run(
    detector: Detector,
    frame: SensorFrame,
    clock: StageClock,
    region?: Region,
  ): Promise<Detection[]> {
    let held = 0;
    try {
      const timed: StageClock = {
        prepare: (work) => {
          const prepared = clock.prepare(work);
          // Asked for only now: how much lies between picture and input depends on the picture's size.
          held = detector.inputBytes;
          this.#ledger.pixelsMade(held);
          return prepared;
        },
        infer: (work) => clock.infer(() => this.#timed(detector, work)),
      };
      return await detector.detect(frame, timed, region);
    } finally {
      this.#ledger.pixelsDestroyed(held);
    }
  }

  /** Only the run itself: when a frame is stepped through, minutes may pass before it. */
  async #timed<T>(detector: Detector, work: () => Promise<T>): Promise<T> {
    const start = this.#now();
    const result = await work();
    const ms = this.#now() - start;
    const mean = this.#runMs.get(detector) ?? ms;
    this.#runMs.set(detector, mean + (ms - mean) * NEWEST);
    return result;
  }
}
