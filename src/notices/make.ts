/** Everything that is made of a case's notice in one language, from what the page holds now. */
import type { CaseId } from '../../contract/index.ts';
import { CASE_NOTICES } from '../cases/case-notices.ts';
import { sessionOf } from '../cases/shared/running.svelte.ts';
import { LIFE_CYCLES } from '../cases/index.ts';
import { SPECS } from '../cases/specs.ts';
import { emptyPlan, type Change, type OperatorFile } from '../guidebook/operator-file.ts';
import { factsOf, type CameraFacts } from './camera-facts.ts';
import type { NoticeInput } from './input.ts';
import type { Occasion } from './items.ts';
import type { PublicLanguage } from './languages.ts';

/** What a case's camera is set to: as it runs, else as it would be started. */
export function cameraOf(id: CaseId): CameraFacts {
  const spec = SPECS[id];
  return factsOf(sessionOf(id)?.realConfig ?? spec.configOf(spec.plain, undefined));
}

/** Announced changes of a case that an occasion tells of, newest first. */
export function changesOf({ changes }: OperatorFile, id: CaseId, occasion: Occasion): Change[] {
  return changes
    .filter((change) => change.case === id && change.kind === occasion)
    .sort((a, b) => b.effective.localeCompare(a.effective));
}

export function inputOf(
  id: CaseId,
  file: OperatorFile,
  occasion: Occasion,
  language: PublicLanguage,
  change?: Change,
): NoticeInput {
  return {
    life: LIFE_CYCLES[id],
    about: CASE_NOTICES[id],
    file,
    plan: file.cases[id] ?? emptyPlan(),
    camera: cameraOf(id),
    occasion,
    language,
    change,
  };
}
