import type { CreatePipeline } from '../pipeline.ts';
import { AttributesPipeline } from './pipeline.ts';

export const create: CreatePipeline<'attributes'> = (config, { account }) =>
  new AttributesPipeline(config, account);
