/**
 * Depth of the set in every cell of the coarse grid of `occlusion.ts`; drawn once for a view, not for every picture.
 */
import type { PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { BasicDepthPacking, FloatType, MeshDepthMaterial, NearestFilter, WebGLRenderTarget } from 'three';
import { GRID_HEIGHT, GRID_WIDTH } from './occlusion.ts';

/** @param scene with static objects only */
export function setDepth(renderer: WebGLRenderer, scene: Scene, camera: PerspectiveCamera): Float32Array {
  const target = new WebGLRenderTarget(GRID_WIDTH, GRID_HEIGHT, {
    type: FloatType,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  });
  const material = new MeshDepthMaterial({ depthPacking: BasicDepthPacking });
  const before = { background: scene.background, shadows: renderer.shadowMap.autoUpdate };
  scene.background = null;
  scene.overrideMaterial = material;
  renderer.shadowMap.autoUpdate = false;
  renderer.setRenderTarget(target);
  // The material writes 1 - depth: 0 is infinitely far.
  renderer.setClearColor(0x000000, 1);
  renderer.clear();
  renderer.render(scene, camera);
  const pixels = new Float32Array(GRID_WIDTH * GRID_HEIGHT * 4);
  renderer.readRenderTargetPixels(target, 0, 0, GRID_WIDTH, GRID_HEIGHT, pixels);
  renderer.setRenderTarget(null);
  scene.overrideMaterial = null;
  scene.background = before.background;
  renderer.shadowMap.autoUpdate = before.shadows;
  target.dispose();
  material.dispose();
  return metres(pixels, camera.near, camera.far);
}

/** From 1 - depth, rows from below, to metres along the axis, rows from above. */
function metres(pixels: Float32Array, near: number, far: number): Float32Array {
  const out = new Float32Array(GRID_WIDTH * GRID_HEIGHT);
  for (let row = 0; row < GRID_HEIGHT; row++)
    for (let column = 0; column < GRID_WIDTH; column++) {
      const depth = 1 - pixels[((GRID_HEIGHT - 1 - row) * GRID_WIDTH + column) * 4]!;
      out[row * GRID_WIDTH + column] = (near * far) / (far - depth * (far - near));
    }
  return out;
}
