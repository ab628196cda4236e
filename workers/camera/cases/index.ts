import type { CaseAccount } from '../ledger/case-account.ts';
import type { CaseConfig } from '../../../contract/index.ts';
import { AttributesPipeline } from './attributes/pipeline.ts';
import { encodePicture } from '../frames/encode.ts';
import { readSitePicture } from '../frames/still.ts';
import { supplies } from '../inference/supplies.ts';
import { CountingPipeline } from './counting/pipeline.ts';
import { CrowdingPipeline } from './crowding/pipeline.ts';
import { storeOpener, type OpenStore } from './repeat-visits/vault/keeper.ts';
import type { Pipeline } from './pipeline.ts';
import { RepeatVisitsPipeline } from './repeat-visits/pipeline.ts';
import { StreetscapePipeline } from './streetscape/pipeline.ts';
import { TrajectoriesPipeline } from './trajectories/pipeline.ts';

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
        load: async (path, width, height) =>
          readSitePicture(await supplies().file(path, 'background'), width, height),
        encode: encodePicture,
      });
    case 'streetscape':
      return new StreetscapePipeline(config, account, encodePicture);
  }
}
