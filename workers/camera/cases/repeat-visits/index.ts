import type { CreatePipeline } from '../pipeline.ts';
import { RepeatVisitsPipeline } from './pipeline.ts';
import { storeOpener } from './vault/keeper.ts';

export const create: CreatePipeline<'repeat-visits'> = (config, { account, databases }) =>
  new RepeatVisitsPipeline(config, account, storeOpener(databases));
