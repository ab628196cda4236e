import type { EngineChoice } from '../../../workers/contract.ts';
import type { Laboratory } from '../../lab/server.ts';
export interface PetsResult {
  hota: number;
}
export async function measurePets(
  _lab: Laboratory,
  _engine: EngineChoice,
): Promise<Record<string, PetsResult>> {
  return {};
}
