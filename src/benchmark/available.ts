/** What there is to measure on this site and device. */
import { models } from '../app/models.svelte.ts';
import { SPECS } from '../cases/specs.ts';
import { CASES } from '../../contract/index.ts';
import type { AvailableModels, Surroundings } from './plan.ts';

/** Names of adapters that compute on the CPU after all; right, but too slow to be offered unasked. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|warp|software/i;

/** Cases with the models installed for them, the case's own first. Needs the registry. */
export function availableModels(): AvailableModels {
  return Object.fromEntries(
    CASES.flatMap((id) => {
      const { needs, models: chosen } = SPECS[id];
      const [role] = needs;
      const own = chosen?.[role] ?? models.defaultFor(role);
      const installed = [...models.installed(role)].sort(
        (a, b) => Number(b.id === own) - Number(a.id === own),
      );
      return installed.length > 0 ? [[id, installed] as const] : [];
    }),
  );
}

export const surroundings = (adapter: string | undefined): Surroundings => ({
  cores: navigator.hardwareConcurrency || 1,
  isolated: crossOriginIsolated,
  gpu: adapter === undefined ? 'none' : SOFTWARE.test(adapter) ? 'software' : 'hardware',
});
