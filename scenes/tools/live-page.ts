/** Runs in the browser: a live world picture by picture, and its boxes beside its pixels. */
import { PCFShadowMap, WebGLRenderer } from 'three';
import type { Knobs, LiveWorldId, Tier } from '../live/contract.ts';
import { WORLD_KNOBS, fitKnobs } from '../live/knobs.ts';
import { LiveStage } from '../live/stage.ts';
import { ShapeWorkers } from '../live/shape-workers.ts';
import { Outliner } from '../render/outlines.ts';
import type { Box } from '../truth/schema.ts';

/** The reported or counted data of one body in one picture. Boxes in pixels. */
interface Measure {
  /** Null where the body reaches beyond the picture. */
  readonly whole: Box | null;
  readonly seen: Box | null;
  readonly occlusion: number;
}

export interface Compared {
  readonly id: string;
  readonly told: Measure;
  readonly counted: Measure;
}

export interface LiveOptions {
  readonly world: LiveWorldId;
  readonly seed: number;
  readonly tier: Tier;
  readonly knobs: Partial<Knobs>;
}

const canvas = document.body.appendChild(document.createElement('canvas'));
let stage: LiveStage | undefined;
let outliner: Outliner | undefined;

/** Builds a world; this thread builds the people. */
export async function open({ world, seed, tier, knobs }: LiveOptions): Promise<void> {
  const renderer = new WebGLRenderer({ canvas, antialias: false, preserveDrawingBuffer: true });
  renderer.setPixelRatio(1);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  const fit = fitKnobs(world, { ...WORLD_KNOBS[world].start, ...knobs });
  stage = new LiveStage(world, seed, fit, tier, renderer, new ShapeWorkers(0));
  Outliner.markSet(stage.view.still);
  await stage.prepare(() => {});
  const { width, height } = stage.size;
  outliner = new Outliner(renderer, width, height);
}

/** Runs on to a moment and draws it. @returns the picture as PNG, base64 */
export function draw(atS: number): string {
  stage!.draw(atS);
  return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
}

/** All bodies with a pixel in the last picture. */
export function compare(): Compared[] {
  const { scene, camera, projection, actors } = stage!.view;
  const { width, height } = stage!.size;
  const subjects = actors.map((actor) => actor.subject(camera.position));
  const outlines = outliner!.measure(scene, camera, projection, subjects);
  const told = new Map(stage!.seen.map((seen) => [seen.id, seen]));
  const inside = ([x0, y0, x1, y1]: Box) => x0 > 0 && y0 > 0 && x1 < width && y1 < height;
  return outlines.flatMap(({ alone, seen, alonePixels, seenPixels }, i) => {
    const { id } = actors[i]!;
    const { box, seen: toldSeen, occlusion } = told.get(id) ?? { box: null, seen: null, occlusion: 1 };
    if (!alone) return [];
    const whole = inside(alone);
    return [
      {
        id,
        told: { whole: whole ? box : null, seen: toldSeen, occlusion },
        counted: { whole: whole ? alone : null, seen, occlusion: 1 - seenPixels / alonePixels },
      },
    ];
  });
}
