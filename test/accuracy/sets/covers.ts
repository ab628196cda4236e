/**
 * Case 5's covers and its withholding on single photos, with the camera upright and turned: whom the pictures that leave
 * show. COCO's photos have people in them, labelled; GTSDB's are upright roads, on which withholding costs most.
 *
 * A photo stands for a film that stands still: the covers are those of the detections at full hold, without tracks.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { doubtOf, coveredShare } from '../../../workers/camera/cases/streetscape/vision/release-check.ts';
import { PersonMasks } from '../../../workers/camera/cases/streetscape/vision/person-masks.ts';
import { seesUncoveredPerson } from '../../../workers/camera/cases/streetscape/witness.ts';
import { createDetector } from '../../../workers/camera/inference/detector.ts';
import type { Detector } from '../../../workers/camera/inference/engine.ts';
import { inputSize } from '../../../workers/camera/inference/input-size.ts';
import { CaseAccount } from '../../../workers/camera/ledger/case-account.ts';
import type { Box } from '../../../workers/camera/vision/geometry/detection.ts';
import type { Raster } from '../../../workers/camera/vision/image/raster.ts';
import { QUARTERS, turned, turnedBack } from '../../../workers/camera/vision/image/turned.ts';
import { cardOf, lowered, nativeEngine, readPhoto, untimed } from '../native.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { EVAL_DIR } from '../shared.ts';
import { parseYolo } from './coco.ts';

/** Case 5's usual sensor. */
const SENSOR_WIDTH = 384;
/** Scores that the camera asks for: faint detections are covered, too. */
const MIN_SCORE = 0.1;
/** Longer side of people who count, pixels at the sensor: the face of a smaller one has three. */
const SMALLEST = 16;
/** A person of whom less than this share is under covers is uncovered. */
const COVERED = 0.8;
/** Every so many of GTSDB's pictures. */
const EVERY = 6;
const TURNS = [0, ...QUARTERS] as const;

export interface CoverRates {
  readonly pictures: number;
  readonly released: number;
  /** Of those released, the ones with people in them, and the people. */
  readonly withPeople: number;
  readonly people: number;
  readonly uncovered: number;
  /** Pictures, among those released, with somebody uncovered. */
  readonly picturesUncovered: number;
  /** As they were before there was a second look. */
  readonly without: { readonly released: number; readonly uncovered: number };
}

interface Photo {
  readonly picture: Raster;
  readonly people: readonly Box[];
}

function* cocoPhotos(folder: string): Iterable<Photo> {
  for (const file of readdirSync(resolve(folder, 'labels')).sort()) {
    const photo = readPhoto(resolve(folder, 'images', file.replace(/\.txt$/, '.jpg')));
    const picture = lowered(photo, SENSOR_WIDTH);
    const scale = picture.width / photo.width;
    const labels = parseYolo(
      readFileSync(resolve(folder, 'labels', file), 'utf8'),
      photo.width,
      photo.height,
    );
    const people = labels
      .filter(({ label }) => label === 'person')
      .map(({ box }) => box.map((value) => value * scale) as unknown as Box);
    yield { picture, people };
  }
}

function* roadPhotos(folder: string): Iterable<Photo> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.jpg'))
    .sort();
  for (const file of files.filter((_, i) => i % EVERY === 0))
    yield { picture: lowered(readPhoto(resolve(folder, file)), SENSOR_WIDTH), people: [] };
}

/** A box of the picture in the picture turned: three more turns the same way turn it back. */
const turnedBox = (box: Box, quarter: 1 | 2 | 3, picture: Raster): Box => {
  const [width, height] = quarter === 2 ? [picture.width, picture.height] : [picture.height, picture.width];
  return turnedBack(box, (4 - quarter) as 1 | 2 | 3, { width, height });
};

/** One detector for each shape of input, as the camera makes it for its source. */
class Detectors {
  readonly #made = new Map<string, Detector>();

  async for({ width, height }: Raster): Promise<Detector> {
    const card = cardOf('centernet-street');
    const size = inputSize(card, width / height);
    const key = `${size.width} x ${size.height}`;
    const made =
      this.#made.get(key) ?? createDetector(card, await nativeEngine(card.id, size), { minScore: MIN_SCORE });
    this.#made.set(key, made);
    return made;
  }

  async release(): Promise<void> {
    for (const detector of this.#made.values()) await detector.release();
  }
}

async function decide(
  picture: Raster,
  detector: Detector,
): Promise<{ covers: Box[]; first: boolean; second: boolean }> {
  const detections = await detector.detect(picture, untimed);
  const masks = new PersonMasks();
  masks.see(detections, 0, picture);
  const covers = masks.covers([], picture);
  const first = doubtOf({ picture, brightness: 128, detections, people: [], covers }) === undefined;
  const account = new CaseAccount('streetscape');
  const seen = await seesUncoveredPerson(picture, covers, { objects: detector, clock: untimed }, account);
  return { covers, first, second: first && !seen };
}

async function measure(photos: Iterable<Photo>): Promise<Record<string, CoverRates>> {
  const detectors = new Detectors();
  const empty = () => ({
    pictures: 0,
    released: 0,
    withPeople: 0,
    people: 0,
    uncovered: 0,
    picturesUncovered: 0,
  });
  const rates = TURNS.map(() => ({ ...empty(), without: { released: 0, uncovered: 0 } }));
  for (const { picture, people } of photos) {
    const large = people.filter(([x0, y0, x1, y1]) => Math.max(x1 - x0, y1 - y0) >= SMALLEST);
    for (const [i, quarter] of TURNS.entries()) {
      const view =
        quarter === 0 ? picture : turned(picture, quarter, new Uint8ClampedArray(picture.pixels.length));
      const there = quarter === 0 ? large : large.map((box) => turnedBox(box, quarter, picture));
      const { covers, first, second } = await decide(view, await detectors.for(view));
      const left = there.filter((box) => coveredShare(box, covers) < COVERED).length;
      const rate = rates[i]!;
      rate.pictures++;
      if (first) {
        rate.without.released++;
        rate.without.uncovered += left;
      }
      if (!second) continue;
      rate.released++;
      if (there.length > 0) rate.withPeople++;
      rate.people += there.length;
      rate.uncovered += left;
      if (left > 0) rate.picturesUncovered++;
    }
  }
  await detectors.release();
  return Object.fromEntries(rates.map((rate, i) => [`${i * 90}`, roundedAll(rate)]));
}

export interface CoversResult {
  /** By degrees clockwise. */
  readonly coco: Record<string, CoverRates>;
  /** Absent where the pictures are. */
  readonly road?: Record<string, CoverRates>;
}

export const COVERS = evalSet<CoversResult>({
  folder: 'coco',
  async measure() {
    const roads = resolve(EVAL_DIR, 'gtsdb/images');
    const coco = await measure(cocoPhotos(resolve(EVAL_DIR, 'coco')));
    if (existsSync(roads)) return { coco, road: await measure(roadPhotos(roads)) };
    console.log(`skipped covers.road: no ${roads}`);
    return { coco };
  },
  table: ({ coco, road }) =>
    markdownTable(
      [
        'covers, turned by',
        'pictures',
        'released',
        'with people',
        'people',
        'uncovered',
        'in pictures',
        'before: released',
        'uncovered',
      ],
      Object.entries({ coco, ...(road && { road }) }).flatMap(([name, turns]) =>
        Object.entries(turns).map(([degrees, rate]) => [
          `${name} ${degrees}`,
          ...[
            rate.pictures,
            rate.released,
            rate.withPeople,
            rate.people,
            rate.uncovered,
            rate.picturesUncovered,
          ],
          ...[rate.without.released, rate.without.uncovered],
        ]),
      ),
    ),
});
