/** Facts of the device and the browser that belong beside a measured time. */
import { fetchRuntimeFacts } from '../../models/runtime-facts.ts';
import type { Device } from './report.ts';

/** Properties of some browsers that the standard library's types lack. */
interface Told {
  userAgentData?: { brands: { brand: string; version: string }[]; platform: string };
  deviceMemory?: number;
}

const short = (text: string) => text.slice(0, 400);

export async function describeDevice(): Promise<Device> {
  const told = navigator as Navigator & Told;
  const [adapter, runtime] = await Promise.all([adapterName(), fetchRuntimeFacts('')]);
  return {
    browser: short(navigator.userAgent),
    platform: short(told.userAgentData?.platform || navigator.platform || 'unknown'),
    cores: navigator.hardwareConcurrency || 1,
    ...(told.deviceMemory !== undefined && { memoryGb: told.deviceMemory }),
    ...(adapter && { adapter }),
    isolated: crossOriginIsolated,
    ...(runtime && { kernels: runtime.kernels }),
  };
}

/** @returns undefined where there is no adapter for WebGPU */
export async function adapterName(): Promise<string | undefined> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return undefined;
  const { vendor, architecture, device, description } = adapter.info;
  return short([vendor, architecture, device, description].filter(Boolean).join(' ') || 'unknown');
}

/**
 * Memory of the page with its workers.
 * @returns undefined where the browser does not state it; the answer may take until the next garbage collection
 */
export async function measureMemory(): Promise<number | undefined> {
  const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
    measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
  };
  if (!measure || !crossOriginIsolated) return undefined;
  return measure.call(performance).then(
    ({ bytes }) => bytes,
    () => undefined,
  );
}
