import type { CreatePipeline } from '../pipeline.ts';
import { StreetscapePipeline } from './pipeline.ts';

export const create: CreatePipeline<'streetscape'> = (config, { account, encode }) =>
  new StreetscapePipeline(config, account, encode);
