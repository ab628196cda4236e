/**
 * 128 photos of COCO 2017 (labels CC-BY 4.0): how well the detectors find and frame objects, by class and by height in
 * pixels. Each detector is asked for its own classes, letterboxed into its card's input, with its card's NMS.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { COCO_CLASSES } from '../../../models/coco.ts';
import type { Detector } from '../../../workers/camera/inference/engine.ts';
import {
  detectionScores,
  type DetectionScores,
  type ScoredBox,
  type TruthBox,
} from '../metrics/detections.ts';
import { missingModel, nativeDetector, readPhoto, untimed } from '../native.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { EVAL_DIR } from '../shared.ts';

/** `all`: every class the detector knows, labels included. At IoU .5 and confidence .3. */
export type CocoResult = Record<'person' | 'bicycle' | 'car' | 'all', DetectionScores>;

const FOLDER = 'coco';
const CONFIDENCE = 0.3;
const SINGLED_OUT = ['person', 'bicycle', 'car'] as const;
/** Besides the one asked for, where their files are. */
const DETECTORS = ['centernet', 'yolox-nano', 'nanodet-m-320', 'fastestdet'];

type Labelled<T> = T & { readonly label: string };

/** `class cx cy width height`, as shares of the picture. */
export function parseYolo(text: string, width: number, height: number): Labelled<TruthBox>[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [kind, cx, cy, w, h] = line.trim().split(/\s+/).map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const label = COCO_CLASSES[kind];
      if (label === undefined || ![cx, cy, w, h].every(Number.isFinite))
        throw new Error(`not a label: ${line}`);
      return {
        label,
        box: [(cx - w / 2) * width, (cy - h / 2) * height, (cx + w / 2) * width, (cy + h / 2) * height],
      };
    });
}

async function measureDetector(detector: Detector): Promise<CocoResult> {
  const folder = resolve(EVAL_DIR, FOLDER);
  const truth: Labelled<TruthBox>[][] = [];
  const found: Labelled<ScoredBox>[][] = [];
  for (const file of readdirSync(resolve(folder, 'labels')).sort()) {
    const picture = readPhoto(resolve(folder, 'images', file.replace(/\.txt$/, '.jpg')));
    truth.push(
      parseYolo(readFileSync(resolve(folder, 'labels', file), 'utf8'), picture.width, picture.height),
    );
    found.push(await detector.detect(picture, untimed));
  }
  const score = (labels: readonly string[]) => {
    const wanted = <T extends { label: string }>(pictures: T[][]) =>
      pictures.map((boxes) => boxes.filter(({ label }) => labels.includes(label)));
    return roundedAll(detectionScores(wanted(truth), wanted(found), { minScore: CONFIDENCE }));
  };
  const [person, bicycle, car] = SINGLED_OUT.map((label) => score([label]));
  return { person: person!, bicycle: bicycle!, car: car!, all: score(detector.labels) };
}

export const COCO = evalSet<Record<string, CocoResult>>({
  folder: FOLDER,
  async measure({ engine }) {
    const results: Record<string, CocoResult> = {};
    for (const id of new Set([engine.model, ...DETECTORS])) {
      const missing = missingModel(id);
      if (missing) {
        console.log(`skipped coco.${id}: ${missing}`);
        continue;
      }
      const detector = await nativeDetector(id, { minScore: CONFIDENCE });
      results[id] = await measureDetector(detector);
      await detector.release();
    }
    return results;
  },
  table: (results) =>
    markdownTable(
      ['coco', 'truth', 'precision', 'recall', 'R 0-32 px', 'R 32-64', 'R 64-128', 'R 128+'],
      Object.entries(results).flatMap(([id, result]) =>
        Object.entries(result).map(([label, { truth, precision, recall, bySize }]) => [
          `${id} ${label}`,
          truth,
          precision,
          recall,
          ...Object.values(bySize).map((rates) => rates.recall),
        ]),
      ),
    ),
});
