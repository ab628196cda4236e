/** Words of the risk analysis. */
import type { Text } from '../../cases/life-cycle.ts';
import { m } from '../../paraglide/messages.js';
import type { RiskNote } from '../operator-file.ts';
import type { Threat } from '../risk-rows.ts';

export const THREAT_TEXT: Record<Threat, Text> = {
  singling: m.guidebook_threat_singling,
  linking: m.guidebook_threat_linking,
  inference: m.guidebook_threat_inference,
  error: m.guidebook_threat_error,
};

export type Rating = RiskNote['harm'];
export const RATINGS = ['', 'low', 'middle', 'high'] as const satisfies readonly Rating[];
export const RATING_TEXT: Record<Rating, Text> = {
  '': m.guidebook_rating_none,
  low: m.guidebook_rating_low,
  middle: m.guidebook_rating_middle,
  high: m.guidebook_rating_high,
};
