/**
 * UTKFace (Zhang et al., CVPR 2017; research use): 1000 faces with age and sex, used to measure, and one half of it to
 * fit a curve of a few numbers. The committed curve is tested on the other half; `npm run eval -- --set utkface --fit`
 * first writes that curve anew, and afterwards the error band that the page shows.
 *
 * Boxes come from the site's default face detector. The pictures are cut so tightly that faces fill them, which no
 * camera's do, so it looks at a region twice as wide and high around each; where it finds nothing, the box is what it
 * finds in most: the picture but for a border of 3 %.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Picture } from '../../../workers/camera/frames/frame.ts';
import { createAttributeReader } from '../../../workers/camera/inference/faces.ts';
import {
  bandOf,
  bandProbabilities,
  calibrateAge,
  calibrateOdds,
  meanAge,
} from '../../../workers/camera/cases/attributes/vision/ages.ts';
import type { Detection } from '../../../workers/camera/vision/geometry/detection.ts';
import {
  CALIBRATION,
  type FaceCalibration,
} from '../../../workers/camera/cases/attributes/vision/face-calibration.ts';
import type { Face } from '../../../workers/camera/vision/faces/faces.ts';
import { fitAgeCurve } from '../fit-ages.ts';
import { fitOdds } from '../fit-odds.ts';
import { ageErrors, ageErrorsByBand, spearman, topTwoAge, type AgeErrors } from '../metrics/ages.ts';
import { cardOf, nativeDetector, nativeEngine, readPhoto, untimed } from '../native.ts';
import { markdownTable, rounded, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { EVAL_DIR } from '../shared.ts';

/** All values on the half that nothing was fitted to. Ages in years, all else shares of 1. */
export interface UtkfaceResult {
  pictures: number;
  /** Of them, those in which the detector found the face. */
  detected: number;
  /** Mean absolute error of the distribution's mean, and of its two likeliest years. */
  maeRaw: number;
  maeTopTwo: number;
  /** Of the mean, calibrated. */
  mae: number;
  /** Of true ages 20-59. */
  mae2059Raw: number;
  mae2059: number;
  /** Rank correlation with the true age; the mean's and the two likeliest years'. */
  spearman: number;
  spearmanTopTwo: number;
  byDecade: Record<string, AgeErrors & { maeRaw: number; biasRaw: number }>;
  /** The likeliest decade is right, or next to it; and the probability it was given on average. */
  bandAccuracy: number;
  bandWithinOne: number;
  bandConfidence: number;
  /** Ages 20-59, and all ages. Raw: male from .5 on, as the network says it. */
  sexAccuracy: number;
  sexAccuracyRaw: number;
  sexAccuracyAll: number;
  /** Ages 20-59, when what is less sure than 80 % is called unknown: how many are left, and how many of them are right. */
  sexSure: { share: number; accuracy: number };
}

const FOLDER = 'utkface';
const SURE = 0.8;

interface Sample {
  readonly file: string;
  readonly age: number;
  readonly isMale: boolean;
  readonly detected: boolean;
  readonly ages: Float32Array;
  readonly male: number;
}

/** FNV-1a, 32 bits: which half a picture belongs to depends on its name alone. */
export function isForFitting(file: string): boolean {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(file)) hash = Math.imul(hash ^ byte, 0x01000193);
  // The lowest bit is the parity of the bytes alone; a higher one is mixed.
  return ((hash >>> 16) & 1) === 0;
}

const centralBox = ({ width, height }: Picture): Face => ({
  box: [0.03 * width, 0.03 * height, 0.97 * width, 0.97 * height],
});

/** The surest face whose middle is in the picture's middle half. */
function theFace(found: readonly Detection[], { width, height }: Picture): Detection | undefined {
  return found.find(({ box: [x0, y0, x1, y1] }) => {
    const [x, y] = [(x0 + x1) / 2 / width, (y0 + y1) / 2 / height];
    return x > 0.25 && x < 0.75 && y > 0.25 && y < 0.75;
  });
}

async function readAll(files: readonly string[]): Promise<Sample[]> {
  const detector = await nativeDetector('blazeface');
  const reader = createAttributeReader(cardOf('face-attributes'), await nativeEngine('face-attributes'));
  const samples: Sample[] = [];
  for (const file of files) {
    const picture = readPhoto(resolve(EVAL_DIR, FOLDER, 'images', file));
    const { width, height } = picture;
    const around = { x: -width / 2, y: -height / 2, width: 2 * width, height: 2 * height };
    const face = theFace(await detector.detect(picture, untimed, around), picture);
    const { ages, male } = await reader.read(picture, face ?? centralBox(picture), untimed);
    // [age]_[gender]_[race]_[date].jpg, gender 0 for male.
    const [age, gender] = file.split('_').map(Number);
    samples.push({ file, age: age!, isMale: gender === 0, detected: face !== undefined, ages, male });
  }
  await Promise.all([detector.release(), reader.release()]);
  return samples;
}

const share = <T>(of: readonly T[], holds: (each: T) => boolean) => of.filter(holds).length / of.length;
const isMiddleAged = ({ age }: Sample) => age >= 20 && age < 60;

export function evaluate(
  samples: readonly Sample[],
  { age: ageCurve, male: sexCurve }: FaceCalibration,
): UtkfaceResult {
  const pairs = (estimate: (ages: Float32Array) => number, of = samples) =>
    of.map(({ age, ages }) => ({ actual: age, estimated: estimate(ages) }));
  const calibrated = (ages: Float32Array) => calibrateAge(meanAge(ages), ageCurve);
  const raw = pairs(meanAge);
  const rawByBand = ageErrorsByBand(raw);
  const bands = samples.map(({ age, ages }) => {
    const probabilities = bandProbabilities(ages, ageCurve);
    const confidence = Math.max(...probabilities);
    return { confidence, off: Math.abs(probabilities.indexOf(confidence) - bandOf(age)) };
  });
  const adults = samples.filter(isMiddleAged);
  const maleOf = ({ male }: Sample) => calibrateOdds(male, sexCurve);
  const isRight = (sample: Sample) => maleOf(sample) > 0.5 === sample.isMale;
  const sure = adults.filter((sample) => Math.max(maleOf(sample), 1 - maleOf(sample)) >= SURE);
  return roundedAll({
    pictures: samples.length,
    detected: samples.filter(({ detected }) => detected).length,
    maeRaw: ageErrors(raw).mae,
    maeTopTwo: ageErrors(pairs(topTwoAge)).mae,
    mae: ageErrors(pairs(calibrated)).mae,
    mae2059Raw: ageErrors(pairs(meanAge, adults)).mae,
    mae2059: ageErrors(pairs(calibrated, adults)).mae,
    spearman: spearman(raw),
    spearmanTopTwo: spearman(pairs(topTwoAge)),
    byDecade: Object.fromEntries(
      Object.entries(ageErrorsByBand(pairs(calibrated))).map(([band, errors]) => [
        band,
        { ...errors, maeRaw: rawByBand[band]!.mae, biasRaw: rawByBand[band]!.bias },
      ]),
    ),
    bandAccuracy: share(bands, ({ off }) => off === 0),
    bandWithinOne: share(bands, ({ off }) => off <= 1),
    bandConfidence: bands.reduce((sum, { confidence }) => sum + confidence, 0) / bands.length,
    sexAccuracy: share(adults, isRight),
    sexAccuracyRaw: share(adults, ({ male, isMale }) => male > 0.5 === isMale),
    sexAccuracyAll: share(samples, isRight),
    sexSure: { share: sure.length / adults.length, accuracy: share(sure, isRight) },
  });
}

const MADE_BY = 'npm run eval -- --set utkface --fit';
const ROOT = resolve(import.meta.dirname, '../../..');

/** Fits the curves that belong to the network and its crop, and writes them into the file that the camera carries. */
function fit(samples: readonly Sample[]): FaceCalibration {
  const curves: FaceCalibration = {
    age: fitAgeCurve(samples.map(({ age, ages }) => ({ actual: age, estimated: meanAge(ages) }))),
    male: fitOdds(
      samples.filter(({ age }) => age >= 20).map(({ male, isMale }) => ({ p: male, actual: isMale })),
    ),
  };
  write('workers/camera/cases/attributes/vision/face-calibration.json', {
    madeBy: MADE_BY,
    fittedOn: `${samples.length} faces of UTKFace, chosen by the hash of their names; the sex on those of 20 and more years`,
    ...curves,
  });
  return curves;
}

/** Writes how far the estimates are off into the file from which the page shows it. */
function publish(result: UtkfaceResult): void {
  const tenth = (value: number) => rounded(value, 1);
  const hundredth = (value: number) => rounded(value, 2);
  write('src/cases/attributes/error-band.json', {
    madeBy: MADE_BY,
    faces: result.pictures,
    maeYears: tenth(result.mae),
    byAge: Object.fromEntries(
      Object.entries(result.byDecade).map(([band, { count, mae, bias }]) => [
        band,
        { faces: count, maeYears: tenth(mae), biasYears: tenth(bias) },
      ]),
    ),
    bandRight: hundredth(result.bandAccuracy),
    bandWithinOne: hundredth(result.bandWithinOne),
    sexAccuracy2059: hundredth(result.sexAccuracy),
    sexAccuracy: hundredth(result.sexAccuracyAll),
  });
}

function write(path: string, content: object): void {
  writeFileSync(resolve(ROOT, path), `${JSON.stringify(content, null, 2)}\n`);
  // As the formatter has it, so that fitting again changes nothing but numbers.
  execFileSync('npx', ['prettier', '--write', path], { cwd: ROOT, stdio: 'ignore' });
  console.log(`written: ${path}`);
}

export const UTKFACE = evalSet<UtkfaceResult>({
  folder: FOLDER,
  async measure({ fit: wanted }) {
    const files = readdirSync(resolve(EVAL_DIR, FOLDER, 'images')).sort();
    const calibration = wanted ? fit(await readAll(files.filter(isForFitting))) : CALIBRATION;
    const result = evaluate(await readAll(files.filter((file) => !isForFitting(file))), calibration);
    if (wanted) publish(result);
    return result;
  },
  table(result) {
    const { byDecade } = result;
    return [
      markdownTable(
        ['utkface', 'value'],
        Object.entries(result)
          .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
          .concat([
            ['sexSure share', result.sexSure.share],
            ['sexSure accuracy', result.sexSure.accuracy],
          ]),
      ),
      markdownTable(
        ['true age', 'pictures', 'MAE raw', 'bias raw', 'MAE', 'bias'],
        Object.entries(byDecade).map(([band, { count, maeRaw, biasRaw, mae, bias }]) => [
          band,
          count,
          maeRaw,
          biasRaw,
          mae,
          bias,
        ]),
      ),
    ].join('\n\n');
  },
});
