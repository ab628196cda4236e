/** How well ages and sexes are read and told, for groups of labelled faces. */
import { bandOf, DECADES } from '../../../workers/camera/cases/attributes/vision/ages.ts';
import {
  MIN_AGE_FOR_SEX,
  type Judgement,
} from '../../../workers/camera/cases/attributes/vision/face-evidence.ts';
import { rounded } from '../report.ts';

/** A face with what is true of it, what was read, and what the camera would tell. */
export interface JudgedFace {
  /** The true age lies in [from, to) years. */
  readonly from: number;
  readonly to: number;
  readonly sex: 'male' | 'female';
  readonly race?: string;
  /** Years, as estimated. */
  readonly years: number;
  /** Probability of male, calibrated. */
  readonly male: number;
  readonly told: Pick<Judgement, 'band' | 'sex'>;
}

/** Shares of 1; NaN where there are no faces of the kind. */
export interface GroupScores {
  readonly faces: number;
  /** How far estimates lie outside the true band on average, years; inside it counts as 0. */
  readonly yearsOutside: number;
  /** The same with its sign: above 0, people are taken for older. */
  readonly bias: number;
  readonly inBand: number;
  /** An age band is told, and is then the true one's decade, or next to it. */
  readonly bandTold: number;
  readonly bandRight: number;
  readonly bandWithinOne: number;
  /** True ages from `MIN_AGE_FOR_SEX` on: the likelier sex is the true one; a sex is told; and is then right. */
  readonly adults: number;
  readonly sexAccuracy: number;
  readonly sexTold: number;
  readonly sexRight: number;
  /** Younger ones, of whom none should be: a sex is told. */
  readonly youngSexTold: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = <T>(of: readonly T[], holds: (each: T) => boolean) =>
  mean(of.map((each) => Number(holds(each))));

/** Years from the band: below it negative, inside it 0. */
const offOf = ({ from, to, years }: JudgedFace) => Math.min(0, years - from) + Math.max(0, years - to);

export function groupScores(faces: readonly JudgedFace[]): GroupScores {
  const told = faces.filter(({ told: { band } }) => band !== undefined);
  const bandsOff = told.map(({ from, told: { band } }) => Math.abs(band! - bandOf(from)));
  const adults = faces.filter(({ from }) => from >= MIN_AGE_FOR_SEX);
  const young = faces.filter(({ from }) => from < MIN_AGE_FOR_SEX);
  const withSex = adults.filter(({ told: { sex } }) => sex !== undefined);
  return {
    faces: faces.length,
    yearsOutside: mean(faces.map((face) => Math.abs(offOf(face)))),
    bias: mean(faces.map(offOf)),
    inBand: share(faces, (face) => offOf(face) === 0),
    bandTold: told.length / faces.length,
    bandRight: share(bandsOff, (off) => off === 0),
    bandWithinOne: share(bandsOff, (off) => off <= 1),
    adults: adults.length,
    sexAccuracy: share(adults, ({ male, sex }) => male > 0.5 === (sex === 'male')),
    sexTold: withSex.length / adults.length,
    sexRight: share(withSex, ({ sex, told }) => told.sex === sex),
    youngSexTold: share(young, ({ told: { sex } }) => sex !== undefined),
  };
}

/** Name of the decade, or of the oldest band. */
export const decadeOf = (age: number): string => {
  const band = bandOf(age);
  return band === DECADES.length - 1 ? `${DECADES[band]!}+` : `${DECADES[band]!}-${DECADES[band + 1]! - 1}`;
};

/** Everybody, by decade of the true age, by sex, by both for sexes of adults, and by race where that is labelled. */
export function scoresByGroup(faces: readonly JudgedFace[]): Record<string, GroupScores> {
  const groups = new Map<string, JudgedFace[]>([['all', [...faces]]]);
  const enter = (name: string, face: JudgedFace) => groups.set(name, [...(groups.get(name) ?? []), face]);
  const byAge = faces.toSorted((a, b) => a.from - b.from);
  for (const face of byAge) enter(decadeOf(face.from), face);
  for (const face of byAge) enter(face.sex, face);
  for (const face of byAge) enter(`${decadeOf(face.from)} ${face.sex}`, face);
  for (const face of byAge) if (face.race) enter(face.race, face);
  for (const face of byAge) if (face.race) enter(`${face.race} ${face.sex}`, face);
  return Object.fromEntries([...groups].map(([name, group]) => [name, groupScores(group)]));
}

export const GROUP_COLUMNS = [
  'faces',
  'yearsOutside',
  'bias',
  'inBand',
  'bandTold',
  'bandRight',
  'bandWithinOne',
  'adults',
  'sexAccuracy',
  'sexTold',
  'sexRight',
  'youngSexTold',
] as const satisfies readonly (keyof GroupScores)[];

/** Rows for a table, a group each. */
export const groupRows = (groups: Readonly<Record<string, GroupScores>>): (string | number)[][] =>
  Object.entries(groups).map(([name, scores]) => [
    name,
    ...GROUP_COLUMNS.map((column) => rounded(scores[column], 3)),
  ]);
