import type { CreatePipeline } from '../pipeline.ts';
import { TrajectoriesPipeline } from './pipeline.ts';

export const create: CreatePipeline<'trajectories'> = (config) => new TrajectoriesPipeline(config);
