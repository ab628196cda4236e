import type { CaseConfig } from '../contract.ts';
import { CountingPipeline } from './counting.ts';
import type { Pipeline } from './pipeline.ts';

/** @throws {Fault} when the configuration makes no sense */
export function createPipeline(config: CaseConfig): Pipeline {
  switch (config.case) {
    case 'counting':
      return new CountingPipeline(config);
  }
}
