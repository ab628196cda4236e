/** The cases, models and engines that this site and device can measure. */
import { isSoftwareGpu } from '../../lib/software-gpu.ts';
import { models } from '../app/models.svelte.ts';
import { SPECS } from '../cases/specs.ts';
import { needsOf, CASES } from '../../contract/index.ts';
import type { AvailableModels, Surroundings } from './plan.ts';

/** Cases with the models installed for them, the case's own first. Needs the registry. */
export function availableModels(): AvailableModels {
  return Object.fromEntries(
    CASES.flatMap((id) => {
      const { models: chosen } = SPECS[id];
      const [role] = needsOf(id);
      const own = chosen?.[role] ?? models.defaultFor(role);
      const installed = [...models.installed(role)].sort(
        (a, b) => Number(b.id === own) - Number(a.id === own),
      );
      return installed.length > 0 ? [[id, installed] as const] : [];
    }),
  );
}

/** Software adapters give right results, but are too slow to be offered unasked. */
export const surroundings = (adapter: string | undefined): Surroundings => ({
  cores: navigator.hardwareConcurrency || 1,
  isolated: crossOriginIsolated,
  gpu: adapter === undefined ? 'none' : isSoftwareGpu(adapter) ? 'software' : 'hardware',
});
