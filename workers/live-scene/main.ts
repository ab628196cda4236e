/**
 * Entry of the worker in the sealed frame that draws the live scene. Pictures leave over one port, which leads to the
 * camera; the page gets records on another, checked against the contract, and nothing else.
 */
import './lockdown.ts';
import { PCFShadowMap, WebGLRenderer } from 'three';
import * as v from 'valibot';
import { scriptUrl } from '../isolation/script-url.ts';
import { SceneCommand, SceneRecord, type Knobs, type Watched } from '../../scenes/live/contract.ts';
import { isSoftwareGpu } from '../../lib/software-gpu.ts';
import { Governor, TIER_PLANS } from '../../scenes/live/tiers.ts';
import { fitKnobs } from '../../scenes/live/knobs.ts';
import { RenderLoop } from '../../scenes/live/render-loop.ts';
import { LiveStage } from '../../scenes/live/stage.ts';
import { ShapeWorkers } from '../../scenes/live/shape-workers.ts';

const scope = self as unknown as { onmessage: ((event: MessageEvent<SceneStart>) => void) | null };

/** The first and only message to the worker itself: where records and pictures leave, and what builds people's shapes. */
interface SceneStart {
  readonly start: { readonly builder: string };
  readonly records: MessagePort;
  readonly pictures: MessagePort;
}

let post: (message: { scene: SceneRecord }) => void = () => {};
let createBuilder: (() => Worker) | undefined;

/** Number of shape workers: they run beside the renderer and the camera's own threads. */
const HANDS = Math.max(1, Math.min(2, (navigator.hardwareConcurrency ?? 2) - 2));

/** @throws when a record does not fit the contract: a programming error; no record was sent */
function tell(record: SceneRecord): void {
  post({ scene: v.parse(SceneRecord, record) });
}

function createRenderer(): WebGLRenderer {
  const canvas = new OffscreenCanvas(16, 9);
  const renderer = new WebGLRenderer({ canvas, antialias: false, powerPreference: 'high-performance' });
  renderer.setPixelRatio(1);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  renderer.info.autoReset = false;
  return renderer;
}

/** Name of the renderer as it reports it; browsers may withhold it. */
function rendererName(renderer: WebGLRenderer): string {
  const gl = renderer.getContext();
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

let reel: RenderLoop | undefined;
let watched: Watched | undefined;
let turned: Knobs | undefined;

async function open({ world, seed, knobs }: Extract<SceneCommand, { order: 'open' }>, port: MessagePort) {
  let renderer: WebGLRenderer;
  try {
    renderer = createRenderer();
  } catch {
    return tell({ type: 'fault', code: 'scene-unavailable' });
  }
  let ended = false;
  const lost = () => {
    if (ended) return;
    ended = true;
    reel?.end();
    tell({ type: 'fault', code: 'scene-lost' });
  };
  renderer.domElement.addEventListener('webglcontextlost', lost);
  self.addEventListener('unhandledrejection', lost);
  const governor = new Governor(isSoftwareGpu(rendererName(renderer)));
  const fit = fitKnobs(world, knobs);
  const stage = new LiveStage(
    world,
    seed,
    fit,
    governor.tier,
    renderer,
    new ShapeWorkers(HANDS, createBuilder),
  );
  await stage.prepare((done, of) => tell({ type: 'progress', done, of }));
  reel = new RenderLoop(stage, governor, renderer, port, tell, fit);
  // Commands that arrived while people were being built.
  if (turned) reel.turn(fitKnobs(world, turned));
  if (watched) reel.watch(watched);
  const fps = Math.min(fit.fps, TIER_PLANS[governor.tier].maxFps);
  tell({ type: 'ready', ...stage.size, fps });
  void reel.run();
}

let world: Extract<SceneCommand, { order: 'open' }>['world'] | undefined;
function take(data: { order?: unknown }, pictures: MessagePort): void {
  const order = v.parse(SceneCommand, data.order);
  switch (order.order) {
    case 'open':
      if (world) return;
      world = order.world;
      void open(order, pictures);
      return;
    case 'turn':
      turned = order.knobs;
      if (world) reel?.turn(fitKnobs(world, order.knobs));
      return;
    case 'watch':
      watched = order.watched;
      reel?.watch(watched);
  }
}

scope.onmessage = ({ data: { start, records, pictures } }) => {
  scope.onmessage = null;
  post = records.postMessage.bind(records);
  // A classic worker that imports: in the frame's origin a module worker does not start from a blob.
  createBuilder = () => new Worker(scriptUrl(start.builder), { name: 'incam-scene-builder' });
  records.onmessage = ({ data }: MessageEvent<{ order: unknown }>) => take(data, pictures);
};
