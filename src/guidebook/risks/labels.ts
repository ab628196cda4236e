/** Words of the risk analysis. */
import type { SourceKind } from '../../../contract/index.ts';
import type { Text } from '../../cases/shared/life-cycle.ts';
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

/** Where the pictures of a run came from. */
export const SOURCE_TEXT: Record<SourceKind, Text> = {
  webcam: m.source_webcam,
  file: m.source_file,
  sample: m.source_sample,
  pattern: m.source_pattern,
  scene: m.source_scene,
  stills: m.source_file,
};
