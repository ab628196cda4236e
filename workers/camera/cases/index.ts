/** The camera's side of each case. A case of the contract that is missing here does not compile. */
import type { CaseConfig, CaseId } from '../../../contract/index.ts';
import { create as attributes } from './attributes/index.ts';
import { create as counting } from './counting/index.ts';
import { create as crowding } from './crowding/index.ts';
import type { CreatePipeline, Pipeline, PipelineTools } from './pipeline.ts';
import { create as repeatVisits } from './repeat-visits/index.ts';
import { create as streetscape } from './streetscape/index.ts';
import { create as trajectories } from './trajectories/index.ts';

const CREATE: { readonly [Id in CaseId]: CreatePipeline<Id> } = {
  attributes,
  trajectories,
  'repeat-visits': repeatVisits,
  counting,
  streetscape,
  crowding,
};

/** @throws {Fault} when the configuration makes no sense */
export function createPipeline(config: CaseConfig, tools: PipelineTools): Pipeline {
  // The entry under `config.case` takes this very configuration; TypeScript cannot follow that through the table.
  const create = CREATE[config.case] as CreatePipeline<CaseId>;
  return create(config, tools);
}
