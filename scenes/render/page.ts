/** The page that renders: driven by `studio.ts` from outside, one call at a time. */
import { WebGLRenderer, PCFShadowMap } from 'three';
import type { Mover } from '../simulation/movers.ts';
import { motionOf } from '../truth/assemble.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import { worldOf } from '../worlds/index.ts';
import { encodeClip } from './encode.ts';
import type { NamedOutline } from './stage.ts';
import { Stage } from './stage.ts';

/** Options of a world on the command line. */
export type Overrides = Partial<
  Pick<WorldPlan, 'width' | 'height' | 'seed' | 'light' | 'sensor' | 'camera' | 'script'>
>;

export interface PageApi {
  /** Builds a world. */
  open(id: string, overrides: Overrides, supersampling: number): { triangles: number; ms: number };
  /** Runs on to a frame; puts its picture at `url` unless empty, and returns its outlines when wanted. */
  frame(index: number, url: string, outlines: boolean): Promise<NamedOutline[] | null>;
  /** Positions in every frame as this browser computes them: engines differ in the last bit of some functions. */
  motion(id: string, overrides: Overrides): Mover[][];
  /** Encodes pictures fetched from the given addresses and puts the file at `url`. */
  encode(
    frames: string[],
    fps: number,
    bitrate: number,
    url: string,
  ): Promise<{ bytes: number; codec: string }>;
}

declare global {
  interface Window {
    incamScenes: PageApi;
  }
}

const canvas = document.querySelector<HTMLCanvasElement>('#picture')!;
const renderer = new WebGLRenderer({ canvas, antialias: false, preserveDrawingBuffer: true });
renderer.shadowMap.enabled = true;
renderer.shadowMap.type = PCFShadowMap;
renderer.setPixelRatio(1);
let stage: Stage | null = null;

async function put(url: string, body: Blob): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
}

window.incamScenes = {
  open(id, overrides, supersampling) {
    const start = performance.now();
    stage = new Stage({ ...worldOf(id), ...overrides }, renderer, supersampling);
    return { triangles: renderer.info.render.triangles, ms: performance.now() - start };
  },
  async frame(index, url, outlines) {
    if (!stage) throw new Error('Open a world first.');
    stage.goTo(index);
    const found = outlines ? stage.outlines() : null;
    if (url) {
      stage.shoot();
      const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      if (!png) throw new Error('The canvas gave no picture.');
      await put(url, png);
    }
    return found;
  },
  motion: (id, overrides) =>
    motionOf({ ...worldOf(id), ...overrides }).frames.map((movers) => [...movers.values()]),
  async encode(frames, fps, bitrate, url) {
    const { file, codec } = await encodeClip(frames, fps, bitrate);
    await put(url, file);
    return { bytes: file.size, codec };
  },
};
