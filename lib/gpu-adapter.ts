import { isSoftwareGpu } from './software-gpu.ts';

/** What graphics device there is. Software adapters give right results slowly. */
export async function adapterKind(): Promise<'hardware' | 'software' | 'none'> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return 'none';
  // Older browsers say nothing of their adapter.
  const info: Partial<GPUAdapterInfo> = adapter.info ?? {};
  const { isFallbackAdapter, vendor, architecture, device, description } = info;
  const name = [vendor, architecture, device, description].join(' ');
  return isFallbackAdapter || isSoftwareGpu(name) ? 'software' : 'hardware';
}
