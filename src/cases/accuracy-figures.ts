/** Measured figures of how right a case's data are, where there are any; each names the command that measured it. */
import type { CaseId } from '../../contract/index.ts';
import { FIGURES } from './attributes/data-set.ts';
import type { QualityFigure } from './shared/data-set.ts';
import { sessionOf } from './shared/running.svelte.ts';
import { figuresOf } from './repeat-visits/data-set.ts';
import { RepeatVisitsRecords } from './repeat-visits/records.svelte.ts';

export function accuracyOf(id: CaseId): readonly QualityFigure[] {
  if (id === 'attributes') return FIGURES;
  const kept = sessionOf(id)?.kept;
  return kept instanceof RepeatVisitsRecords ? figuresOf(kept) : [];
}
