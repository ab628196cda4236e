/** Clips and stills on disk, from a world's plan. */
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { assembleTruth, clipOf, motionFrom, printTruth } from '../truth/assemble.ts';
import { ClipSchema, TruthSchema } from '../truth/schema.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import { framesOf } from '../worlds/plan.ts';
import { agreementOf, sayAgreement } from './agreement.ts';
import type { Overrides } from './page.ts';
import type { NamedOutline } from './stage.ts';
import { openStudio } from './studio.ts';

const OUT = resolve(import.meta.dirname, '../.out');

export const overridesOf = ({
  width,
  height,
  seed,
  light,
  sensor,
  camera,
  script,
}: WorldPlan): Overrides => ({
  width,
  height,
  seed,
  light,
  sensor,
  camera,
  script,
});

/** The same place without people. */
export const emptied = (script: WorldPlan['script']): WorldPlan['script'] => ({
  ...script,
  flows: [],
  lanes: [],
});

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export interface ClipOptions {
  supersampling: number;
  /** Bits per second. */
  bitrate: number;
  /** Folder for the clip, its truth and its description, from the working directory. */
  into: string;
  /** Limit of the number of frames. */
  frames?: number | undefined;
}

/** Renders what is missing, encodes, and writes clip, truth and description. */
export async function renderClip(plan: WorldPlan, options: ClipOptions): Promise<void> {
  const count = Math.min(framesOf(plan), options.frames ?? Infinity);
  const studio = await openStudio(OUT);
  const folder = `${plan.id}-${plan.width}x${plan.height}-${plan.seed}-${plan.light.weather}-${options.supersampling}-${studio.fingerprint}`;
  const name = (i: number, ending: string): string => `${folder}/${String(i).padStart(4, '0')}.${ending}`;
  try {
    await mkdir(join(OUT, folder), { recursive: true });
    const built = await studio.call('open', plan.id, overridesOf(plan), options.supersampling);
    console.log(`${plan.id}: built in ${(built.ms / 1000).toFixed(1)} s`);
    const start = Date.now();
    let drawn = 0;
    for (let i = 0; i < count; i++) {
      if ((await exists(join(OUT, name(i, 'png')))) && (await exists(join(OUT, name(i, 'json'))))) continue;
      const outlines = await studio.call('frame', i, `/out/${name(i, 'png')}`, true);
      await writeFile(join(OUT, name(i, 'json')), JSON.stringify(outlines));
      if (++drawn % 10 === 0)
        console.log(
          `${plan.id}: ${i + 1}/${count}, ${((Date.now() - start) / 1000 / drawn).toFixed(2)} s a frame`,
        );
    }
    const frames = Array.from({ length: count }, (_, i) => i);
    const outlines = await Promise.all(
      frames.map(
        async (i) => JSON.parse(await readFile(join(OUT, name(i, 'json')), 'utf8')) as NamedOutline[],
      ),
    );
    const encoded = await studio.call(
      'encode',
      frames.map((i) => `/out/${name(i, 'png')}`),
      plan.fps,
      options.bitrate,
      `/out/${plan.id}.mp4`,
    );
    const shown = { ...plan, durationS: count / plan.fps };
    const movers = await studio.call('motion', plan.id, overridesOf(plan));
    const motion = motionFrom(shown, movers.slice(0, count));
    const truth = v.parse(TruthSchema, assembleTruth(shown, motion, outlines));
    const clip = v.parse(ClipSchema, clipOf(shown, motion, truth));
    const into = resolve(options.into);
    await mkdir(into, { recursive: true });
    if (clip.background) {
      const empty = { ...overridesOf(plan), script: emptied(plan.script) };
      // Without noise: a background is shown for a long time.
      await studio.call(
        'open',
        plan.id,
        { ...empty, sensor: { ...plan.sensor, noise: 0 } },
        options.supersampling,
      );
      await studio.call('frame', 0, '/out/background.png', false);
      await rename(join(OUT, 'background.png'), join(into, clip.background));
    }
    await rename(join(OUT, `${plan.id}.mp4`), join(into, clip.file));
    await writeFile(join(into, clip.truth), printTruth(truth));
    await writeFile(join(into, `${plan.id}.json`), `${JSON.stringify(clip, null, 2)}\n`);
    console.log(`${plan.id}: ${(encoded.bytes / 1e6).toFixed(2)} MB, ${encoded.codec}`);
    console.log(sayAgreement(agreementOf(plan, frames, outlines), count));
    console.log(JSON.stringify(clip.counts));
  } finally {
    await studio.close();
  }
}

/** @param path of the PNG, from the working directory */
export async function renderStill(
  plan: WorldPlan,
  atS: number,
  path: string,
  supersampling: number,
): Promise<void> {
  const studio = await openStudio(OUT);
  try {
    await studio.call('open', plan.id, overridesOf(plan), supersampling);
    await studio.call('frame', Math.round(atS * plan.fps), '/out/still.png', false);
    await mkdir(dirname(resolve(path)), { recursive: true });
    await rename(join(OUT, 'still.png'), resolve(path));
    console.log(path);
  } finally {
    await studio.close();
  }
}
