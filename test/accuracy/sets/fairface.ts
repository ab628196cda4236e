/**
 * FairFace (Kärkkäinen and Joo, FairFace: Face Attribute Dataset for Balanced Race, Gender, and Age, WACV 2021; CC BY 4.0):
 * faces with an age band and a sex, even over ages, sexes and origins, on which no network of the camera was trained.
 *
 * `--fit` writes what the camera carries: how far ages err, from one half of these faces; and the numbers that put sexes
 * right, from one half of UTKFace. Ages themselves are told as the network says them. What is reported of a face was never
 * fitted to it: each half is judged with the spread of the other. The page's and the cards' figures come from here, too.
 */
import { calibrateOdds } from '../../../workers/camera/cases/attributes/vision/ages.ts';
import {
  CALIBRATION,
  type FaceCalibration,
} from '../../../workers/camera/cases/attributes/vision/face-calibration.ts';
import { MIN_AGE_FOR_SEX } from '../../../workers/camera/cases/attributes/vision/face-evidence.ts';
import { fitOdds } from '../fit-odds.ts';
import { fitSpread } from '../fit-spread.ts';
import { isForFitting, labelsOf, readFaces, toldOf, type ReadFace } from '../labelled-faces.ts';
import {
  GROUP_COLUMNS,
  groupRows,
  scoresByGroup,
  type GroupScores,
  type JudgedFace,
} from '../metrics/attributes.ts';
import { writeJson } from '../publish.ts';
import { markdownTable, rounded, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { missing } from '../shared.ts';

export interface FairfaceResult {
  pictures: number;
  /** Of them, those in which the detector found the face. */
  detected: number;
  /** Every picture, and the half that the carried spread was not fitted to. */
  all: GroupScores;
  unseen: GroupScores;
  /** Years outside the band and share in it by the set's own bands, which part the first ten years. */
  byBand: Record<string, Pick<GroupScores, 'faces' | 'yearsOutside' | 'bias' | 'inBand'>>;
  byGroup: Record<string, GroupScores>;
}

const MADE_BY = 'npm run eval -- --set fairface --fit';

const judged = (faces: readonly ReadFace[], calibration: FaceCalibration): JudgedFace[] =>
  faces.map((face) => ({
    ...face,
    male: calibrateOdds(face.male, calibration.male, face.years),
    told: toldOf(face, calibration),
  }));

const spreadOf = (faces: readonly ReadFace[]) =>
  fitSpread(faces.map(({ years, from, to }) => ({ estimated: years, from, to })));

/** Each half with what the other says of the spread. */
export function judgedAcross(faces: readonly ReadFace[], calibration: FaceCalibration): JudgedFace[] {
  const halves = [true, false].map((fitting) => faces.filter(({ file }) => isForFitting(file) === fitting));
  const [a, b] = halves as [ReadFace[], ReadFace[]];
  if (a.length === 0 || b.length === 0) return judged(faces, calibration);
  return [
    ...judged(a, { ...calibration, spread: spreadOf(b) }),
    ...judged(b, { ...calibration, spread: spreadOf(a) }),
  ];
}

export function evaluate(faces: readonly ReadFace[], calibration: FaceCalibration): FairfaceResult {
  const across = judgedAcross(faces, calibration);
  const byGroup = scoresByGroup(across);
  const unseen = judged(
    faces.filter(({ file }) => !isForFitting(file)),
    calibration,
  );
  const bands = new Map<string, JudgedFace[]>();
  for (const face of across.toSorted((p, q) => p.from - q.from)) {
    const name = face.to === Infinity ? `${face.from}+` : `${face.from}-${face.to - 1}`;
    bands.set(name, [...(bands.get(name) ?? []), face]);
  }
  return roundedAll({
    pictures: faces.length,
    detected: faces.filter(({ detected }) => detected).length,
    all: byGroup['all']!,
    unseen: scoresByGroup(unseen)['all']!,
    byBand: Object.fromEntries(
      [...bands].map(([name, group]) => {
        const { faces: count, yearsOutside, bias, inBand } = scoresByGroup(group)['all']!;
        return [name, { faces: count, yearsOutside, bias, inBand }];
      }),
    ),
    byGroup,
  });
}

/**
 * Fits what the camera carries, and writes it.
 * @param faces of FairFace
 * @param utkface of UTKFace, the half that may be fitted to, adults only
 */
export async function fit(
  faces: readonly ReadFace[],
  utkface: readonly ReadFace[],
): Promise<FaceCalibration> {
  const own = faces.filter(({ file }) => isForFitting(file));
  const calibration: FaceCalibration = {
    spread: spreadOf(own),
    male: fitOdds(utkface.map(({ male, years, sex }) => ({ p: male, age: years, actual: sex === 'male' }))),
  };
  await writeJson('workers/camera/cases/attributes/vision/face-calibration.json', {
    madeBy: MADE_BY,
    fittedOn: `spread: ${own.length} faces of FairFace; sex: ${utkface.length} faces of UTKFace of ${MIN_AGE_FOR_SEX} and more years; chosen by the hash of their names`,
    ...calibration,
  });
  return calibration;
}

/** Writes how far the estimates are off into the file from which the page shows it. */
export async function publish({ byGroup }: FairfaceResult): Promise<void> {
  const row = (scores: GroupScores) => ({
    faces: scores.faces,
    yearsOutside: rounded(scores.yearsOutside, 1),
    biasYears: rounded(scores.bias, 1),
    inBand: rounded(scores.inBand, 2),
    ...(scores.adults > 0
      ? {
          adults: scores.adults,
          sexTold: rounded(scores.sexTold, 2),
          sexRight: rounded(scores.sexRight, 2),
          sexAccuracy: rounded(scores.sexAccuracy, 2),
        }
      : {}),
    ...(Number.isNaN(scores.youngSexTold) ? {} : { youngSexTold: rounded(scores.youngSexTold, 2) }),
  });
  const { all, ...groups } = byGroup;
  const rows = (names: (name: string) => boolean) =>
    Object.fromEntries(
      Object.entries(groups)
        .filter(([name]) => names(name))
        .map(([name, scores]) => [name, row(scores)]),
    );
  await writeJson('src/cases/attributes/error-by-group.json', {
    madeBy: MADE_BY,
    ...row(all!),
    bandRight: rounded(all!.bandRight, 2),
    bandWithinOne: rounded(all!.bandWithinOne, 2),
    byAge: rows((name) => /^\d+(-\d+|\+)$/.test(name)),
    bySex: rows((name) => name === 'female' || name === 'male'),
    byAgeAndSex: rows((name) => /^\d.* /.test(name)),
  });
}

const adultsToFit = () =>
  labelsOf('utkface').filter(({ file, from }) => isForFitting(file) && from >= MIN_AGE_FOR_SEX);

export const FAIRFACE = evalSet<FairfaceResult>({
  folder: 'fairface',
  async measure({ fit: wanted }) {
    if (wanted && missing('utkface')) throw new Error(`--fit needs both sets: ${missing('utkface')}`);
    const faces = await readFaces('fairface');
    const calibration = wanted ? await fit(faces, await readFaces('utkface', adultsToFit())) : CALIBRATION;
    const result = evaluate(faces, calibration);
    if (wanted) await publish(result);
    return result;
  },
  table: ({ pictures, detected, unseen, byBand, byGroup }) =>
    [
      `fairface: ${pictures} pictures, ${detected} faces found`,
      markdownTable(
        ['fairface', ...GROUP_COLUMNS],
        groupRows({ ...byGroup, 'half the spread was not fitted to': unseen }),
      ),
      markdownTable(
        ['true band', 'faces', 'years outside', 'bias', 'in band'],
        Object.entries(byBand).map(([band, { faces, yearsOutside, bias, inBand }]) => [
          band,
          faces,
          yearsOutside,
          bias,
          inBand,
        ]),
      ),
    ].join('\n\n'),
});
