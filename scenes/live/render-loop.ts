/** The render loop: draws a picture when one is due and the camera has taken the last one, and reports its truth. */
import type { WebGLRenderer } from 'three';
import { Pace, SceneClock } from './clock.ts';
import type { Knobs, SceneRecord, Watched } from './contract.ts';
import type { LiveStage } from './stage.ts';
import { LiveTruth } from './live-truth.ts';
import { TIER_PLANS, type Governor } from './tiers.ts';

const STATS_MS = 1000;

export class RenderLoop {
  readonly #clock = new SceneClock();
  readonly #pace = new Pace();
  readonly #tally = new LiveTruth();
  /** Number of pictures that the camera accepts: one, until it sends "next". */
  #wanted = 1;
  #wake: () => void = () => {};
  #ended = false;
  #cuts = 0;
  #since = { ms: performance.now(), frames: 0 };
  readonly #stage: LiveStage;
  readonly #governor: Governor;
  readonly #renderer: WebGLRenderer;
  readonly #port: MessagePort;
  readonly #tell: (record: SceneRecord) => void;
  #knobs: Knobs;

  constructor(
    stage: LiveStage,
    governor: Governor,
    renderer: WebGLRenderer,
    port: MessagePort,
    tell: (record: SceneRecord) => void,
    knobs: Knobs,
  ) {
    this.#stage = stage;
    this.#governor = governor;
    this.#renderer = renderer;
    this.#port = port;
    this.#tell = tell;
    this.#knobs = knobs;

    port.onmessage = () => {
      this.#wanted = 1;
      this.#wake();
    };
  }

  turn(knobs: Knobs): void {
    const { height, cameraM, tiltDeg } = this.#knobs;
    this.#knobs = knobs;
    this.#stage.turn(knobs, this.#governor.tier);
    if (height !== knobs.height) this.#governor.restart();
    if (height !== knobs.height || cameraM !== knobs.cameraM || tiltDeg !== knobs.tiltDeg) this.#tally.cut();
    this.#wake();
  }

  watch(watched: Watched): void {
    this.#tally.watch(watched);
  }

  /** Ends the stream and tells the camera: no further picture can be drawn. */
  end(): void {
    this.#ended = true;
    this.#port.postMessage({ ended: true });
    this.#wake();
  }

  async run(): Promise<void> {
    while (!this.#ended) {
      if (this.#wanted === 0) await new Promise<void>((wake) => (this.#wake = wake));
      else {
        const fps = Math.min(this.#knobs.fps, TIER_PLANS[this.#governor.tier].maxFps);
        const waitMs = this.#pace.wait(performance.now(), fps);
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        else this.#shoot();
      }
    }
  }

  #shoot(): void {
    const startMs = performance.now();
    const atS = this.#clock.advance(startMs);
    this.#renderer.info.reset();
    this.#stage.draw(atS);
    const gl = this.#renderer.getContext();
    if (gl.isContextLost()) return;
    // Waits for the end of rendering: only then does the time belong to this picture.
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    const timestamp = Math.round(atS * 1e6);
    const frame = new VideoFrame(this.#renderer.domElement as unknown as OffscreenCanvas, {
      timestamp,
      alpha: 'discard',
    });
    const { width, height } = this.#stage.size;
    this.#wanted = 0;
    this.#port.postMessage({ frame }, [frame]);
    if (this.#stage.cuts !== this.#cuts) {
      this.#cuts = this.#stage.cuts;
      this.#tally.cut();
    }
    this.#tell(this.#tally.frame(this.#stage.seen, timestamp / 1e6, width, height));
    this.#since.frames++;
    const nowMs = performance.now();
    if (this.#governor.drew(nowMs - startMs, this.#knobs.fps)) {
      this.#stage.turn(this.#knobs, this.#governor.tier);
      this.#tally.cut();
    }
    if (nowMs - this.#since.ms >= STATS_MS) this.#report(nowMs);
  }

  #report(nowMs: number): void {
    const { render } = this.#renderer.info;
    this.#tell({
      type: 'stats',
      fps: Math.round((this.#since.frames / (nowMs - this.#since.ms)) * 1e4) / 10,
      drawMs: Math.round(this.#governor.drawMs * 10) / 10,
      triangles: render.triangles,
      draws: render.calls,
      bodies: this.#stage.bodies,
      tier: this.#governor.tier,
      software: this.#governor.software,
      height: this.#stage.size.height,
    });
    this.#since = { ms: nowMs, frames: 0 };
  }
}
