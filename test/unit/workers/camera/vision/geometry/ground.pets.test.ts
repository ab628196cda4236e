/**
 * The ground and a real camera: PETS 2009, view 1, whose calibration (Tsai's model, with lens distortion) is published.
 * A rectangle on its ground, as a user would mark it, must give true heights elsewhere, distortion and all.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Vec } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import { median } from '../../../../../../lib/stats.ts';
import { Ground } from '../../../../../../workers/camera/vision/geometry/ground.ts';
import { groundOf, tsai } from '../../../../../accuracy/metrics/tsai.ts';
import { parseMot } from '../../../../../accuracy/metrics/motchallenge.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../../../../shared/eval/pets09_s3_mf1');
const present = existsSync(FOLDER);
if (!present) console.warn(`Skipped: no footage in ${FOLDER}.`);

describe.runIf(present)('on the PETS camera', () => {
  const picture = { width: 768, height: 576 };
  const see = present ? tsai(readFileSync(resolve(FOLDER, 'View_001.xml'), 'utf8')) : undefined;
  const square: Vec[] = [
    [-8, -8],
    [4, -8],
    [4, 4],
    [-8, 4],
  ];
  const ground =
    see &&
    Ground.fromPoints(
      square.map(([x, y]) => see(1000 * x, 1000 * y, 0)),
      square,
      picture,
    );

  it('is seen where it is: the published camera runs both ways', () => {
    for (const [x, y] of [
      [-12000, -14000],
      [3000, 5000],
      [0, 0],
    ] as const) {
      const [gx, gy] = groundOf(see!, see!(x, y, 0));
      expect(Math.hypot(gx - x, gy - y)).toBeLessThan(1);
    }
  });

  it('finds the focal length within 5 %', () => {
    // 5.549 mm at 4.65 um a pixel.
    expect(ground!.focal! / (5.5549 / 0.00465)).toBeCloseTo(1, 1);
    expect(Math.abs(ground!.focal! / (5.5549 / 0.00465) - 1)).toBeLessThan(0.05);
  });

  it('measures poles of 1.75 m to 5 cm wherever they stand', () => {
    const heights: number[] = [];
    for (let x = -14; x <= 8; x += 2) {
      for (let y = -14; y <= 8; y += 2) {
        const [foot, top] = [see!(1000 * x, 1000 * y, 0), see!(1000 * x, 1000 * y, 1750)];
        if (foot[0] < 0 || foot[0] > picture.width || foot[1] > picture.height || top[1] < 0) continue;
        heights.push(ground!.heightOf([foot[0] - 5, top[1], foot[0] + 5, foot[1]])!);
      }
    }
    expect(heights.length).toBeGreaterThan(80);
    expect(Math.min(...heights)).toBeGreaterThan(1.7);
    expect(Math.max(...heights)).toBeLessThan(1.8);
  });

  it('finds the seven people between 1.6 and 1.95 m tall', () => {
    const rows = parseMot(readFileSync(resolve(FOLDER, 'gt/gt.txt'), 'utf8'));
    for (const id of new Set(rows.map((r) => r.id))) {
      const heights = rows.filter((r) => r.id === id).map((r) => ground!.heightOf(r.box) ?? NaN);
      expect(median(heights)).toBeGreaterThan(1.6);
      expect(median(heights)).toBeLessThan(1.95);
    }
  });
});
