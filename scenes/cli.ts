/**
 * The synthetic camera's command line. `npm run scenes` lists what it can do.
 */
import { parseArgs } from 'node:util';
import { check } from './render/check.ts';
import { emptied, renderClip, renderStill } from './render/clip.ts';
import { LIVE_WORLDS, TIERS } from './live/contract.ts';
import { checkLive } from './tools/live-check.ts';
import { makePosters } from './tools/posters.ts';
import { renderSheet } from './tools/sheets.ts';
import { MOODS, type Weather } from './worlds/kit/moods.ts';
import { WORLDS, worldOf } from './worlds/index.ts';
import type { WorldPlan } from './worlds/plan.ts';

const SAMPLES = 'public/samples';

const USAGE = `npm run scenes -- <command> <world> [options]

Commands
  render <world>   renders the clip and its truth into public/samples; takes up again where it was interrupted
  still <world>    one picture: --at <seconds>, --out <file.png>, --empty for the set alone
  check <world>    projected boxes against rendered silhouettes, clean crossings
  live <world>     pictures of the live world and how exact its boxes are: --tier, --frames, --into <folder>
  posters          a small still of each rendered clip, for the home page
  list             the worlds
  sheet <name> [seed] [count]   contact sheets of people, for looking at them

Options
  --size <w>x<h>        other than the world's own
  --seed <n>            other than the world's own
  --weather <name>      ${Object.keys(MOODS).join(', ')}
  --supersampling <x>   pixels rendered per pixel and side; default 1.5
  --bitrate <kbit/s>    default 900
  --frames <n>          only the first n (render), or how many are sampled (check, live)
  --into <folder>       where a clip goes; default public/samples (live: scenes/.out)
  --tier <name>         ${TIERS.join(', ')} (live); default reduced
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    at: { type: 'string', default: '0' },
    out: { type: 'string' },
    empty: { type: 'boolean', default: false },
    size: { type: 'string' },
    seed: { type: 'string' },
    weather: { type: 'string' },
    supersampling: { type: 'string', default: '1.5' },
    bitrate: { type: 'string', default: '900' },
    frames: { type: 'string' },
    into: { type: 'string' },
    tier: { type: 'string', default: 'reduced' },
  },
});

function chosenWorld(id: string): WorldPlan {
  const plan = worldOf(id);
  const size = values.size?.match(/^(\d+)x(\d+)$/);
  if (values.size && !size) throw new RangeError('--size wants two numbers, as in 640x360.');
  if (values.weather && !(values.weather in MOODS))
    throw new RangeError(`--weather is one of ${Object.keys(MOODS).join(', ')}.`);
  return {
    ...plan,
    ...(size && { width: Number(size[1]), height: Number(size[2]) }),
    ...(values.seed && { seed: Number(values.seed) }),
    ...(values.empty && { script: emptied(plan.script) }),
    ...(values.weather && { light: { ...plan.light, weather: values.weather as Weather } }),
  };
}

async function run(): Promise<void> {
  const [command, id] = positionals;
  const supersampling = Number(values.supersampling);
  const frames = values.frames === undefined ? undefined : Number(values.frames);
  if (command === 'list') {
    for (const { id, width, height, fps, durationS } of Object.values(WORLDS))
      console.log(`${id.padEnd(12)} ${width}x${height}, ${durationS} s at ${fps} fps`);
    return;
  }
  if (command === 'posters') {
    await makePosters(Object.keys(WORLDS), values.into ?? SAMPLES);
    return;
  }
  if (command === 'sheet') {
    const [, name = 'people', seed = '1', count = '12'] = positionals;
    await renderSheet(name, Number(seed), Number(count));
    return;
  }
  if (command === 'live') {
    const world = LIVE_WORLDS.find((one) => one === id);
    const tier = TIERS.find((one) => one === values.tier);
    if (!world || !tier) throw new RangeError(`live wants one of ${LIVE_WORLDS.join(', ')}, and a tier.`);
    const weather = values.weather ?? chosenWorld(world).light.weather;
    const options = { world, tier, seed: Number(values.seed ?? 7), knobs: { light: weather as Weather } };
    if (!(await checkLive(options, frames ?? 6, values.into ?? 'scenes/.out'))) process.exitCode = 1;
    return;
  }
  if (!id || !command || !['render', 'still', 'check'].includes(command)) {
    console.log(USAGE);
    process.exitCode = command ? 1 : 0;
    return;
  }
  const plan = chosenWorld(id);
  if (command === 'render')
    await renderClip(plan, {
      supersampling,
      bitrate: Number(values.bitrate) * 1000,
      frames,
      into: values.into ?? SAMPLES,
    });
  else if (command === 'still')
    await renderStill(plan, Number(values.at), values.out ?? `scenes/.out/${id}.png`, supersampling);
  else if (!(await check(plan, frames ?? 12))) process.exitCode = 1;
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
