/**
 * Photos of single faces with labels, read as the camera reads a face: the site's default face detector, then the networks
 * of case 1. Which half of a set may be fitted to depends on the names of its files alone.
 *
 * The pictures are cut so tightly that faces fill them, which no camera's do, so the detector looks at a region twice as
 * wide and high around each; where it finds nothing, the box is what it finds in most: the picture but for a border of 3 %.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FaceEvidence, type Judgement } from '../../workers/camera/cases/attributes/vision/face-evidence.ts';
import type { FaceCalibration } from '../../workers/camera/cases/attributes/vision/face-calibration.ts';
import type { Picture } from '../../workers/camera/frames/frame.ts';
import { createAgeReader, createSexReader } from '../../workers/camera/inference/faces.ts';
import type { Face } from '../../workers/camera/vision/faces/faces.ts';
import type { Detection } from '../../workers/camera/vision/geometry/detection.ts';
import { cardOf, nativeDetector, nativeEngine, readPhoto, untimed } from './native.ts';
import { EVAL_DIR } from './shared.ts';

export const RACES = ['White', 'Black', 'Asian', 'Indian', 'Other'] as const;
export type Race = (typeof RACES)[number];

/** What is known of the person in a picture. */
export interface FaceLabel {
  readonly file: string;
  /** The true age lies in [from, to) years; equal to a year where the year is known. */
  readonly from: number;
  readonly to: number;
  readonly sex: 'male' | 'female';
  /** As the set's authors saw it, where they did. */
  readonly race?: Race;
}

/** What the networks say of it, before anything is put right. */
export interface ReadFace extends FaceLabel {
  /** Whether the detector found it. */
  readonly detected: boolean;
  readonly years: number;
  readonly male: number;
}

/** FNV-1a, 32 bits: which half a picture belongs to depends on its name alone. */
export function isForFitting(file: string): boolean {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(file)) hash = Math.imul(hash ^ byte, 0x01000193);
  // The lowest bit is the parity of the bytes alone; a higher one is mixed.
  return ((hash >>> 16) & 1) === 0;
}

/** UTKFace: [age]_[gender]_[race]_[date].jpg, gender 0 for male, race an index into `RACES`. */
export function utkfaceLabel(file: string): FaceLabel {
  const [age, gender, race] = file.split('_').map(Number);
  const known = RACES[race ?? -1];
  return {
    file,
    from: age!,
    to: age! + 1,
    sex: gender === 0 ? 'male' : 'female',
    ...(known && { race: known }),
  };
}

/** FairFace: a row `file,age_band,sex`, the band as 20-29 or 70+. */
export function fairfaceLabel(row: string): FaceLabel {
  const [file, band, sex] = row.trim().split(',');
  const [from, last] = (band ?? '').replace('+', '-').split('-').map(Number);
  if (!file || !band || from === undefined || Number.isNaN(from) || (sex !== 'male' && sex !== 'female'))
    throw new Error(`no label: ${row}`);
  return { file, from, to: last ? last + 1 : Infinity, sex };
}

/** @param set folder below the evaluation footage */
export function labelsOf(set: 'utkface' | 'fairface'): FaceLabel[] {
  const folder = resolve(EVAL_DIR, set);
  if (set === 'utkface') return readdirSync(resolve(folder, 'images')).sort().map(utkfaceLabel);
  const [, ...rows] = readFileSync(resolve(folder, 'labels.csv'), 'utf8').trim().split('\n');
  return rows.map(fairfaceLabel);
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

/** Calls `look` with each picture and the face in it, found or not. */
export async function eachFace(
  set: 'utkface' | 'fairface',
  labels: readonly FaceLabel[],
  look: (label: FaceLabel, picture: Picture, face: Face, detected: boolean) => Promise<void>,
): Promise<void> {
  const detector = await nativeDetector('blazeface');
  for (const label of labels) {
    const picture = readPhoto(resolve(EVAL_DIR, set, 'images', label.file));
    const { width, height } = picture;
    const around = { x: -width / 2, y: -height / 2, width: 2 * width, height: 2 * height };
    const face = theFace(await detector.detect(picture, untimed, around), picture);
    await look(label, picture, face ?? centralBox(picture), face !== undefined);
  }
  await detector.release();
}

export async function readFaces(
  set: 'utkface' | 'fairface',
  labels: readonly FaceLabel[] = labelsOf(set),
): Promise<ReadFace[]> {
  const age = createAgeReader(cardOf('age'), await nativeEngine('age'));
  const sex = createSexReader(cardOf('sex'), await nativeEngine('sex'));
  const read: ReadFace[] = [];
  await eachFace(set, labels, async (label, picture, face, detected) => {
    const { years } = await age.read(picture, face, untimed);
    const { male } = await sex.read(picture, face, untimed);
    read.push({ ...label, detected, years, male });
  });
  await Promise.all([age.release(), sex.release()]);
  return read;
}

/** As the camera would tell it of a passage with three views like this one. */
export function toldOf({ years, male }: ReadFace, calibration: FaceCalibration): Judgement {
  const evidence = new FaceEvidence(calibration);
  for (let i = 0; i < 3; i++) {
    evidence.addAge({ years, weight: 1, atS: i });
    if (evidence.wantsSex(1)) evidence.addSex({ male, weight: 1 });
  }
  return evidence.judge();
}
