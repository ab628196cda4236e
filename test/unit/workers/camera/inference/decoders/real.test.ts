/**
 * The decoders on real models and real pictures: a grid that is shifted, a swapped axis or a forgotten scale costs far
 * more than the tolerances here. Models that are not carried by the repository are looked for beside it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COCO_CLASSES } from '../../../../../../models/coco.ts';
import type { Detector } from '../../../../../../workers/camera/inference/engine.ts';
import { iou } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Box, Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { clock } from '../fakes.ts';
import { photo, present, SHARED } from '../pictures.ts';
import { carriedDetector, optionalDetector, optionalFile } from './models.ts';

const PETS = 'eval/pets09_s3_mf1';

interface Truth {
  readonly label: string;
  readonly box: Box;
}

/** Greedy matching by falling score at an IoU of one half, summed over pictures. */
class Score {
  #hits = 0;
  #overlap = 0;
  #found = 0;
  #there = 0;

  add(detections: readonly Detection[], truths: readonly Truth[]): void {
    const open = new Set(truths);
    for (const { label, box } of detections) {
      const overlapOf = (truth: Truth) => (truth.label === label ? iou(truth.box, box) : 0);
      const best = [...open].sort((a, b) => overlapOf(b) - overlapOf(a))[0];
      if (!best || overlapOf(best) < 0.5) continue;
      open.delete(best);
      this.#hits++;
      this.#overlap += overlapOf(best);
    }
    this.#found += detections.length;
    this.#there += truths.length;
  }

  get precision(): number {
    return this.#hits / this.#found;
  }
  get recall(): number {
    return this.#hits / this.#there;
  }
  /** Mean IoU of the hits. */
  get overlap(): number {
    return this.#overlap / this.#hits;
  }
}

/** Truths of one COCO picture that measure at least a hundredth of it. */
function cocoTruths(name: string, width: number, height: number): Truth[] {
  const lines = readFileSync(join(SHARED, 'eval/coco/labels', `${name}.txt`), 'utf8').trim();
  return lines.split('\n').flatMap((line): Truth[] => {
    const [kind, cx, cy, w, h] = line.split(' ').map(Number) as [number, number, number, number, number];
    if (w * h < 0.01) return [];
    const box = [
      (cx - w / 2) * width,
      (cy - h / 2) * height,
      (cx + w / 2) * width,
      (cy + h / 2) * height,
    ] as const;
    return [{ label: COCO_CLASSES[kind]!, box }];
  });
}

async function scoreOnCoco(detector: Detector): Promise<Score> {
  const score = new Score();
  const labels = readdirSync(join(SHARED, 'eval/coco/labels')).sort();
  for (const label of labels.filter((_, i) => i % 8 === 0)) {
    const name = label.replace('.txt', '');
    const picture = photo(`eval/coco/images/${name}.jpg`);
    const truths = cocoTruths(name, picture.width, picture.height);
    score.add(await detector.detect(picture, clock), truths);
  }
  return score;
}

describe('object decoders on COCO photos', () => {
  // An eighth of the photos; the overlap of hits tells whether boxes sit right, recall whether they are found at all.
  it.skipIf(!present('eval/coco')).for([
    { id: 'centernet', overlap: 0.76, recall: 0.5 },
    { id: 'yolox-nano', overlap: 0.77, recall: 0.5 },
    { id: 'nanodet-m-320', overlap: 0.77, recall: 0.5 },
    { id: 'fastestdet', overlap: 0.69, recall: 0.4 },
  ])('$id puts boxes where objects are', async ({ id, overlap, recall }, { skip }) => {
    const carried = id === 'centernet';
    if (!carried && !present(optionalFile(id))) skip();
    const detector = carried ? carriedDetector(id, { width: 512, height: 512 }) : optionalDetector(id);
    const score = await scoreOnCoco(await detector);
    expect(score.overlap).toBeGreaterThan(overlap);
    expect(score.recall).toBeGreaterThan(recall);
  });
});

describe('YOLOX-Nano on PETS 2009 (S3, multiple flow)', () => {
  it.skipIf(!present(PETS, optionalFile('yolox-nano')))(
    'finds people as well as its reference implementation',
    async () => {
      const truths = new Map<number, Truth[]>();
      for (const line of readFileSync(join(SHARED, PETS, 'gt/gt.txt'), 'utf8')
        .trim()
        .split('\n')) {
        const [frame, , x, y, w, h] = line.split(',').map(Number) as [
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        const there = truths.get(frame) ?? truths.set(frame, []).get(frame)!;
        there.push({ label: 'person', box: [x, y, x + w, y + h] });
      }
      const detector = await optionalDetector('yolox-nano');
      const score = new Score();
      for (let frame = 1; frame <= 107; frame += 3) {
        const picture = photo(`${PETS}/img/frame_${String(frame).padStart(4, '0')}.jpg`);
        const people = (await detector.detect(picture, clock)).filter(({ label }) => label === 'person');
        score.add(people, truths.get(frame) ?? []);
      }
      // Measured on all frames with another implementation, at a threshold of .3.
      expect(Math.abs(score.precision - 0.81)).toBeLessThan(0.03);
      expect(Math.abs(score.recall - 0.94)).toBeLessThan(0.03);
    },
  );
});

describe('face decoders on portraits', () => {
  const PORTRAITS = 'eval/lfw_10x10/images';
  const size = { width: 256, height: 256 };
  const usable = present(PORTRAITS, optionalFile('yunet-n'), optionalFile('rfb-320'));

  it.skipIf(!usable)('agree on where the face is, and put eyes above nose and mouth', async () => {
    const detectors = await Promise.all([
      carriedDetector('blazeface', size),
      optionalDetector('yunet-n', size),
      optionalDetector('rfb-320'),
    ]);
    for (const person of readdirSync(join(SHARED, PORTRAITS))) {
      const [file] = readdirSync(join(SHARED, PORTRAITS, person)).sort();
      const picture = photo(`${PORTRAITS}/${person}/${file}`);
      const surest = async (detector: Detector) => (await detector.detect(picture, clock))[0];
      const [blazeface, yunet, rfb] = await Promise.all(detectors.map(surest));
      // BlazeFace frames eyebrows to chin, the others the whole head's front.
      expect(iou(yunet!.box, rfb!.box), person).toBeGreaterThan(0.6);
      expect(iou(yunet!.box, blazeface!.box), person).toBeGreaterThan(0.5);
      for (const { keypoints } of [blazeface!, yunet!]) {
        const [rightEye, leftEye, nose, mouth] = keypoints!;
        expect(rightEye![0], person).toBeLessThan(leftEye![0]);
        expect(nose![1], person).toBeGreaterThan(Math.max(rightEye![1], leftEye![1]));
        expect(mouth![1], person).toBeGreaterThan(nose![1]);
      }
      // Two models that know nothing of one another see the same eyes, to a seventh of the face.
      for (const eye of [0, 1]) {
        const [a, b] = [blazeface!.keypoints![eye]!, yunet!.keypoints![eye]!];
        expect(Math.hypot(a[0] - b[0], a[1] - b[1]), person).toBeLessThan(
          (yunet!.box[2] - yunet!.box[0]) * 0.15,
        );
      }
    }
  });
});
