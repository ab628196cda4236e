import type { CreatePipeline } from '../pipeline.ts';
import { CrowdingPipeline } from './pipeline.ts';

export const create: CreatePipeline<'crowding'> = (config, { account, encode, loadPicture }) =>
  new CrowdingPipeline(config, account, { load: loadPicture, encode });
