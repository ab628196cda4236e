/**
 * UTKFace (Zhang et al., CVPR 2017; research use): faces with age, sex and, as its authors saw it, race. Sexes are reported
 * on the half that they were not fitted to (`fairface --fit` fits them).
 *
 * The age network was trained on four fifths of UTKFace, no one knows which. Its ages here are therefore better than among
 * people it has not seen, and serve only to compare groups with each other; FairFace is what it is judged by.
 */
import { calibrateOdds } from '../../../workers/camera/cases/attributes/vision/ages.ts';
import {
  CALIBRATION,
  type FaceCalibration,
} from '../../../workers/camera/cases/attributes/vision/face-calibration.ts';
import { bandOf, DECADES } from '../../../workers/camera/cases/attributes/vision/ages.ts';
import { isForFitting, labelsOf, readFaces, toldOf, type ReadFace } from '../labelled-faces.ts';
import { ageErrors, ageErrorsByBand, spearman, type AgeErrors } from '../metrics/ages.ts';
import { GROUP_COLUMNS, groupRows, scoresByGroup, type GroupScores } from '../metrics/attributes.ts';
import { writeJson } from '../publish.ts';
import { markdownTable, rounded, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';

/** All values on the half that nothing was fitted to. Ages in years, all else shares of 1. */
export interface UtkfaceResult {
  pictures: number;
  /** Of them, those in which the detector found the face. */
  detected: number;
  /** Mean absolute error of the age, of all and of true ages 20-59. */
  mae: number;
  mae2059: number;
  /** Rank correlation with the true age. */
  spearman: number;
  byDecade: Record<string, AgeErrors>;
  /** True ages 20-59: the likelier sex is the true one. */
  sexAccuracy2059: number;
  byGroup: Record<string, GroupScores>;
}

/** The decade of a known age, as a band. */
function decade(age: number): { from: number; to: number } {
  const band = bandOf(age);
  return { from: DECADES[band]!, to: DECADES[band + 1] ?? Infinity };
}

const isMiddleAged = ({ from }: ReadFace) => from >= 20 && from < 60;

export function evaluate(faces: readonly ReadFace[], calibration: FaceCalibration): UtkfaceResult {
  const pairs = (of: readonly ReadFace[]) =>
    of.map(({ from, years }) => ({ actual: from, estimated: years }));
  const maleOf = ({ male, years }: ReadFace) => calibrateOdds(male, calibration.male, years);
  const adults = faces.filter(isMiddleAged);
  return roundedAll({
    pictures: faces.length,
    detected: faces.filter(({ detected }) => detected).length,
    mae: ageErrors(pairs(faces)).mae,
    mae2059: ageErrors(pairs(adults)).mae,
    spearman: spearman(pairs(faces)),
    byDecade: ageErrorsByBand(pairs(faces)),
    sexAccuracy2059:
      adults.filter((face) => maleOf(face) > 0.5 === (face.sex === 'male')).length / adults.length,
    byGroup: scoresByGroup(
      faces.map((face) => ({
        ...face,
        ...decade(face.from),
        male: maleOf(face),
        told: toldOf(face, calibration),
      })),
    ),
  });
}

/** What the page shows by race, which only this set has labels for. */
export async function publish({ byGroup }: UtkfaceResult): Promise<void> {
  const { White, Black, Asian, Indian, Other } = byGroup;
  const rows = Object.entries({ White, Black, Asian, Indian, Other }).flatMap(([race, scores]) =>
    scores
      ? [
          [
            race,
            {
              faces: scores.faces,
              yearsOutside: rounded(scores.yearsOutside, 1),
              adults: scores.adults,
              sexTold: rounded(scores.sexTold, 2),
              sexRight: rounded(scores.sexRight, 2),
            },
          ] as const,
        ]
      : [],
  );
  await writeJson('src/cases/attributes/error-by-race.json', {
    madeBy: 'npm run eval -- --set utkface --fit',
    byRace: Object.fromEntries(rows),
  });
}

export const UTKFACE = evalSet<UtkfaceResult>({
  folder: 'utkface',
  async measure({ fit: wanted }) {
    const unseen = labelsOf('utkface').filter(({ file }) => !isForFitting(file));
    const result = evaluate(await readFaces('utkface', unseen), CALIBRATION);
    if (wanted) await publish(result);
    return result;
  },
  table: ({ byDecade, byGroup, ...result }) =>
    [
      markdownTable(['utkface', 'value'], Object.entries(result)),
      markdownTable(['utkface', ...GROUP_COLUMNS], groupRows(byGroup)),
      markdownTable(
        ['true age', 'pictures', 'MAE', 'bias'],
        Object.entries(byDecade).map(([band, { count, mae, bias }]) => [band, count, mae, bias]),
      ),
    ].join('\n\n'),
});
