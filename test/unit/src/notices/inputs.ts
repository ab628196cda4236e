/** What tests of notices share: the example of an operator's file, and every notice that can be made of it. */
import { CASES, type CaseId } from '../../../../contract/index.ts';
import { CASE_NOTICES } from '../../../../src/cases/case-notices.ts';
import { LIFE_CYCLES } from '../../../../src/cases/index.ts';
import { EXAMPLE_FILE } from '../../../../src/guidebook/example-file.ts';
import { emptyPlan, type Change, type OperatorFile } from '../../../../src/guidebook/operator-file.ts';
import type { CameraFacts } from '../../../../src/notices/camera-facts.ts';
import type { NoticeInput } from '../../../../src/notices/input.ts';
import { OCCASIONS, type Occasion } from '../../../../src/notices/items.ts';
import { PUBLIC_LANGUAGES, type PublicLanguage } from '../../../../src/notices/languages.ts';

/** What each camera is set to in these tests. */
export const CAMERAS: Readonly<Record<CaseId, CameraFacts>> = {
  attributes: {},
  trajectories: { k: 3 },
  'repeat-visits': { retentionDays: 30, timeLapse: false },
  counting: {},
  streetscape: { sensorWidth: 384, pictureEveryS: 4 },
  crowding: { pictureEveryS: 3 },
};

const said = (what: string) => ({
  ja: `${what}（日）`,
  en: `${what} (en)`,
  zh: `${what}（中）`,
  ko: `${what}(한)`,
});

export const CHANGE: Change = {
  id: 'change',
  kind: 'new-purpose',
  case: 'counting',
  announced: '2026-12-01',
  effective: '2027-01-15',
  before: said('before'),
  after: said('after'),
};

export const inputFor = (
  id: CaseId,
  occasion: Occasion = 'acquisition',
  language: PublicLanguage = 'ja',
  file: OperatorFile = EXAMPLE_FILE,
): NoticeInput => ({
  life: LIFE_CYCLES[id],
  about: CASE_NOTICES[id],
  file,
  plan: file.cases[id] ?? emptyPlan(),
  camera: CAMERAS[id],
  occasion,
  language,
  change: occasion === 'new-purpose' || occasion === 'third-party' ? CHANGE : undefined,
});

export const EVERY = CASES.flatMap((id) =>
  OCCASIONS.flatMap((occasion) => PUBLIC_LANGUAGES.map((language) => ({ id, occasion, language }))),
);
