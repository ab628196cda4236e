/** What must be handed into the frame before a command can be carried out. */
import { models } from '../app/models.svelte.ts';
import { COMPANIONS, type CaseConfig, type EngineChoice } from '../../contract/index.ts';
import { adapterKind } from '../../lib/gpu-adapter.ts';
import { ENGINE_PARTS } from './sealed-frame.ts';

/**
 * A model's weights, those of the model that works with it in this role, and its runtime; nothing for a model that the site
 * does not have, which the camera will say.
 */
export async function partsOfEngine({ model, backend, role }: EngineChoice): Promise<string[]> {
  const wanted = [model, role && COMPANIONS[role]];
  const entries = models.all.filter(({ id }) => wanted.includes(id));
  const weights = entries.flatMap(({ facts }) => (facts ? [facts.url] : []));
  const entry = entries.find(({ id }) => id === model);
  if (entry?.engine === 'mediapipe') return [...weights, ...ENGINE_PARTS.mediapipe];
  const gpu = (await mayUseGpu(backend)) ? ENGINE_PARTS.webgpu : [];
  return [...weights, ...ENGINE_PARTS.ort, ...gpu];
}

/** The runtime for the graphics device is large: it is fetched only where the engine chooser will try it. */
async function mayUseGpu(backend: EngineChoice['backend']): Promise<boolean> {
  if (backend === 'wasm') return false;
  const adapter = await (known ??= adapterKind());
  return adapter === 'hardware' || (adapter === 'software' && backend === 'webgpu');
}
let known: ReturnType<typeof adapterKind> | undefined;

/** Pictures of the site that a case wants. */
export const partsOfCases = (cases: readonly CaseConfig[]): string[] =>
  cases.flatMap((config) => ('background' in config && config.background ? [config.background] : []));
