import { lender } from '../isolation/lender.ts';
import type { Host } from './choose.ts';

/** This worker's device. Without a lender there is no graphics device: a blob worker does not see it. */
export const browserHost = (): Host => ({
  cores: navigator.hardwareConcurrency || 1,
  isolated: self.crossOriginIsolated,
  now: () => performance.now(),
  adapter: () => lender()?.ask({ ask: 'adapter' }) ?? Promise.resolve('none'),
});
