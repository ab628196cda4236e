import type { CreatePipeline } from '../pipeline.ts';
import { RepeatVisitsPipeline } from './pipeline.ts';
import { openStore } from './vault/keeper.ts';

export const create: CreatePipeline<'repeat-visits'> = (config, { account }) =>
  new RepeatVisitsPipeline(config, account, openStore);
