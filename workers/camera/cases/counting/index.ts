import type { CreatePipeline } from '../pipeline.ts';
import { CountingPipeline } from './pipeline.ts';

export const create: CreatePipeline<'counting'> = (config) => new CountingPipeline(config);
