import { isSoftwareGpu } from '../../../lib/software-gpu.ts';
import type { Host } from './choose.ts';

/** This worker's device. */
export const browserHost = (): Host => ({
  cores: navigator.hardwareConcurrency || 1,
  isolated: self.crossOriginIsolated,
  now: () => performance.now(),
  async adapter() {
    const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
    if (!adapter) return 'none';
    // Older browsers say nothing of their adapter.
    const info: Partial<GPUAdapterInfo> = adapter.info ?? {};
    const { isFallbackAdapter, vendor, architecture, device, description } = info;
    const name = [vendor, architecture, device, description].join(' ');
    return isFallbackAdapter || isSoftwareGpu(name) ? 'software' : 'hardware';
  },
});
