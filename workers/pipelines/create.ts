import type { CaseAccount } from '../account.ts';
import type { CaseConfig } from '../contract.ts';
import { AttributesPipeline } from './attributes.ts';
import { encodePicture } from '../frames/encode.ts';
import { readSitePicture } from '../frames/still.ts';
import { siteRoot } from '../inference/load.ts';
import { CountingPipeline } from './counting.ts';
import { CrowdingPipeline } from './crowding.ts';
import { storeOpener, type OpenStore } from '../vault/keeper.ts';
import type { Pipeline } from './pipeline.ts';
import { RepeatVisitsPipeline } from './repeat-visits.ts';
import { StreetscapePipeline } from './streetscape.ts';
import { TrajectoriesPipeline } from './trajectories.ts';

/**
 * @param account the case's own page of the ledger
 * @param openStore where case 3 keeps its vault; in memory only, if nothing else is said
 * @throws {Fault} when the configuration makes no sense
 */
export function createPipeline(
  config: CaseConfig,
  account: CaseAccount,
  openStore: OpenStore = storeOpener(),
): Pipeline {
  switch (config.case) {
    case 'attributes':
      return new AttributesPipeline(config, account);
    case 'trajectories':
      return new TrajectoriesPipeline(config);
    case 'repeat-visits':
      return new RepeatVisitsPipeline(config, account, openStore);
    case 'counting':
      return new CountingPipeline(config);
    case 'crowding':
      return new CrowdingPipeline(config, account, {
        load: (path, width, height) => readSitePicture(new URL(path, siteRoot()), width, height),
        encode: encodePicture,
      });
    case 'streetscape':
      return new StreetscapePipeline(config, account, encodePicture);
  }
}
