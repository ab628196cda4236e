/** `npm run scenes -- live <world>`: pictures of a live world, and the accuracy of its boxes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { iou } from '../truth/boxes.ts';
import type { Box } from '../truth/schema.ts';
import { withPage } from './browser.ts';
import type * as LivePage from './live-page.ts';
import type { Compared, LiveOptions } from './live-page.ts';

/** Minimum mean IoU: truth must be more accurate than the camera's boxes. */
const MIN_MEAN_IOU = 0.85;
/** Shorter sides are not compared, pixels: outlines are counted in whole pixels, of which each border may lose half. */
const MIN_SIDE = 12;
/** Between two pictures, seconds: long enough for others to be in other poses. */
const APART_S = 4;
const FIRST_S = 2;

const large = ([x0, y0, x1, y1]: Box) => Math.min(x1 - x0, y1 - y0) >= MIN_SIDE;
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** @returns IoU of reported with counted boxes, where both exist and are not tiny */
function agreements(compared: readonly Compared[], which: 'whole' | 'seen'): { id: string; value: number }[] {
  return compared.flatMap(({ id, told, counted }) => {
    const [a, b] = [told[which], counted[which]];
    return b && large(b) && a ? [{ id, value: iou(a, b) }] : [];
  });
}

/** Mean offset of reported from counted boxes: left, top, right, bottom, pixels outwards. */
function bias(compared: readonly Compared[]): number[] {
  const pairs = compared.flatMap(({ told: { whole: a }, counted: { whole: b } }) => (a && b ? [[a, b]] : []));
  return [0, 1, 2, 3].map((side) =>
    mean(pairs.map(([a, b]) => (a![side]! - b![side]!) * (side < 2 ? -1 : 1))),
  );
}

/**
 * @param frames how many pictures are compared
 * @param folder where they go, as PNG
 * @returns whether whole boxes are exact enough
 */
export async function checkLive(options: LiveOptions, frames: number, folder: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const compared = await withPage('./live-page.ts', async (page) => {
    page.setDefaultTimeout(0);
    await page.evaluate((o) => (globalThis as unknown as { page: typeof LivePage }).page.open(o), options);
    const all: Compared[] = [];
    for (let i = 0; i < frames; i++) {
      const { picture, bodies } = await page.evaluate(
        (atS) => {
          const { draw, compare } = (globalThis as unknown as { page: typeof LivePage }).page;
          return { picture: draw(atS), bodies: compare() };
        },
        FIRST_S + i * APART_S,
      );
      writeFileSync(`${folder}/live-${options.world}-${i}.png`, Buffer.from(picture, 'base64'));
      all.push(...bodies.map((one) => ({ ...one, id: `${one.id} in picture ${i}` })));
    }
    return all;
  });
  const wholes = agreements(compared, 'whole');
  for (const which of ['whole', 'seen'] as const) {
    const values = agreements(compared, which).sort((a, b) => a.value - b.value);
    const worst = values.slice(0, 3).map(({ id, value }) => `${id} ${value.toFixed(2)}`);
    console.log(
      `${which}: ${values.length} boxes in ${frames} pictures, IoU mean ${mean(values.map(({ value }) => value)).toFixed(3)}; least: ${worst.join(', ')}`,
    );
  }
  const hidden = compared.map(({ told, counted }) => Math.abs(told.occlusion - counted.occlusion));
  console.log(
    `outwards by (left, top, right, bottom) ${bias(compared)
      .map((px) => px.toFixed(1))
      .join(', ')} pixels; ` + `occlusion off by ${mean(hidden).toFixed(3)} on the average`,
  );
  return wholes.length > 0 && mean(wholes.map(({ value }) => value)) >= MIN_MEAN_IOU;
}
