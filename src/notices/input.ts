/** What a notice is made from, and how a message is said in its language. */
import type { CaseNotice } from '../cases/shared/case-notice.ts';
import type { LifeCycle, Text } from '../cases/shared/life-cycle.ts';
import type { CasePlan, Change, OperatorFile } from '../guidebook/operator-file.ts';
import type { CameraFacts } from './camera-facts.ts';
import type { Occasion } from './items.ts';
import { writtenDay, type PublicLanguage } from './languages.ts';

export interface NoticeInput {
  readonly life: LifeCycle;
  readonly about: CaseNotice;
  readonly file: OperatorFile;
  readonly plan: CasePlan;
  readonly camera: CameraFacts;
  readonly occasion: Occasion;
  readonly language: PublicLanguage;
  /** What changes, on the occasion of a change. */
  readonly change?: Change | undefined;
}

/** Stands for what the operator has not stated, to be filled in by hand. */
export const BLANK = '＿＿＿＿＿＿＿＿';

/** Says a message in the notice's language. */
export const speakIn =
  (language: PublicLanguage) =>
  (text: Text): string =>
    text({}, { locale: language });

/** Day from which what the notice says holds; a blank where it is not stated. */
export function dayOf({ occasion, plan, change, language }: NoticeInput): string {
  const day = occasion === 'prior' ? plan.start : change?.effective;
  return day ? writtenDay(day, language) : BLANK;
}

/** Days a feature vector is kept, as stated to the public: the operator's word, else what the camera is set to. */
export function vectorDays({ plan, camera }: NoticeInput): number | undefined {
  const { vectors } = plan.retention;
  return vectors?.kind === 'days' ? vectors.days : camera.retentionDays;
}
