/**
 * Signs on single pictures of German roads that nothing was trained on, by the two networks of our own as case 5 judges them.
 */
import { resolve } from 'node:path';
import { groupOf, type SignGroup } from '../../../contract/index.ts';
import type { Picture } from '../../../workers/camera/frames/frame.ts';
import { createDetector } from '../../../workers/camera/inference/detector.ts';
import type { Detector } from '../../../workers/camera/inference/engine.ts';
import { inputSize } from '../../../workers/camera/inference/input-size.ts';
import { createSignKindReader, type SignKindReader } from '../../../workers/camera/inference/sign-kinds.ts';
import {
  judgeSign,
  MIN_SIGN_SCORE,
} from '../../../workers/camera/cases/streetscape/vision/sign-judgement.ts';
import type { MetricBox } from '../metrics/frames.ts';
import {
  signRates,
  type NamedSign,
  type SignRates,
  type ToldSign,
  type WantedSign,
} from '../metrics/signs.ts';
import { cardOf, lowered, nativeEngine, readPhoto, untimed } from '../native.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { EVAL_DIR } from '../shared.ts';
import { heldPictures, LABELLED, type TrueSign } from './gtsdb-truth.ts';

/** Of the picture that is read; the pictures are 1360 wide. Case 5's sensor has at most 640. */
const WIDTHS = [1360, 960, 640, 384] as const;
/** Of the pictures as they were taken. */
const ASPECT = 1360 / 800;
/** Width at which kinds and groups are counted apart. */
const DETAILED = 960;
/** Of the pictures as they were taken, pixels. */
const SMALLEST = 24;

export interface GtsdbResult {
  /** All 43 classes, by width. */
  readonly networks: Record<string, SignRates>;
  /** At 960, by kind and by group. */
  readonly byKind: Record<string, SignRates>;
  readonly byGroup: Record<string, SignRates>;
}

type Read = (picture: Picture) => Promise<ToldSign[]>;

const networkReader =
  (finder: Detector, reader: SignKindReader): Read =>
  async (picture) => {
    const told: ToldSign[] = [];
    for (const { box, score, label } of await finder.detect(picture, untimed)) {
      const probabilities = await reader.read(picture, box, untimed);
      const found = judgeSign({ score, group: label as SignGroup }, reader.kinds, probabilities);
      if (found.score < MIN_SIGN_SCORE) continue;
      const likeliest =
        reader.kinds[probabilities.slice(0, -1).indexOf(Math.max(...probabilities.slice(0, -1)))]!;
      told.push({ ...found, box, unlabelled: !LABELLED.has(likeliest) });
    }
    return told;
  };

type Told = { truth: readonly WantedSign[]; told: readonly ToldSign[] }[];

/** Each picture is decoded once, because that takes as long as reading it. @returns by width */
async function readAll(
  pictures: ReadonlyMap<string, TrueSign[]>,
  readers: ReadonlyMap<number, Read>,
): Promise<Map<number, Told>> {
  const results = new Map([...readers.keys()].map((width) => [width, [] as Told]));
  for (const [file, signs] of pictures) {
    const photo = readPhoto(file);
    const truth = signs.map((sign) => ({ ...sign, group: groupOf(sign.kind) }));
    for (const [width, read] of readers) {
      const picture = lowered(photo, width);
      const scale = photo.width / picture.width;
      const told = (await read(picture)).map((sign) => ({
        ...sign,
        box: sign.box.map((value) => value * scale) as unknown as MetricBox,
      }));
      results.get(width)!.push({ truth, told });
    }
  }
  return results;
}

const byWidth = (results: ReadonlyMap<number, Told>): Record<string, SignRates> =>
  Object.fromEntries([...results].map(([width, told]) => [width, roundedAll(signRates(told, SMALLEST).all)]));

async function measure(pictures: ReadonlyMap<string, TrueSign[]>): Promise<GtsdbResult> {
  const card = cardOf('sign-finder');
  const reader = createSignKindReader(cardOf('sign-kinds'), await nativeEngine('sign-kinds'));
  const finders = new Map<number, Detector>();
  for (const width of WIDTHS) {
    const size = inputSize(card, ASPECT, { longSide: width });
    finders.set(width, createDetector(card, await nativeEngine(card.id, size)));
  }
  const results = await readAll(
    pictures,
    new Map([...finders].map(([width, finder]) => [width, networkReader(finder, reader)])),
  );
  for (const each of [...finders.values(), reader]) await each.release();
  const apart = (by: (sign: NamedSign) => string | undefined) =>
    roundedAll(signRates(results.get(DETAILED)!, SMALLEST, by).apart);
  return {
    networks: byWidth(results),
    byKind: apart(({ kind }) => kind),
    byGroup: apart(({ group }) => group),
  };
}

const rowsOf = (title: string, results: Readonly<Record<string, SignRates>>) =>
  Object.entries(results).map(([name, rates]) => [
    `${title} ${name}`,
    rates.truth,
    rates.told,
    rates.precision,
    rates.recall,
    rates.kindTold,
    rates.kindRight,
    rates.groupRight,
    rates.unlabelled,
  ]);

export const GTSDB = evalSet<GtsdbResult>({
  folder: 'gtsdb',
  measure: () => measure(heldPictures(resolve(EVAL_DIR, 'gtsdb'))),
  table: ({ networks, byKind, byGroup }) =>
    markdownTable(
      [
        'gtsdb, signs over 24 px',
        'truth',
        'told',
        'precision',
        'recall',
        'kind told',
        'kind right',
        'group right',
        'unlabelled',
      ],
      [...rowsOf('width', networks), ...rowsOf('at 960: group', byGroup), ...rowsOf('at 960:', byKind)],
    ),
});
