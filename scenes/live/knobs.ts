/** The knobs of each world: how far they go, and where they stand in the beginning. Plain data, for page and worker. */
import type { Weather } from '../worlds/kit/moods.ts';
import type { Knobs, LiveWorldId } from './contract.ts';

export interface Range {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

export interface WorldKnobs {
  /** One light alone: the world is indoors. */
  readonly lights: readonly Weather[];
  readonly cameraM: Range;
  readonly tiltDeg: Range;
  /** Height and tilt are those of the world's plan; a test compares. */
  readonly start: Knobs;
}

export const DENSITY: Range = { least: 0.25, most: 2.5, step: 0.25 };
export const FPS: Range = { least: 5, most: 30, step: 5 };
export const NOISE: Range = { least: 0, most: 16, step: 1 };

const OUTDOORS = ['clear', 'overcast', 'dusk'] as const;
const INDOORS = ['indoor'] as const;

const start = (part: Pick<Knobs, 'light' | 'cameraM' | 'tiltDeg'>): Knobs => ({
  density: 1,
  height: 360,
  fps: 15,
  noise: 2,
  ...part,
});

export const WORLD_KNOBS: Readonly<Record<LiveWorldId, WorldKnobs>> = {
  // Below the ceiling of the entrance; above the eyes, as cameras over a door are.
  attributes: {
    lights: INDOORS,
    cameraM: { least: 1.5, most: 2.6, step: 0.02 },
    tiltDeg: { least: 0, most: 20, step: 0.1 },
    start: start({ light: 'indoor', cameraM: 1.72, tiltDeg: 4.4 }),
  },
  trajectories: {
    lights: INDOORS,
    cameraM: { least: 2.2, most: 3.05, step: 0.05 },
    tiltDeg: { least: 8, most: 30, step: 0.1 },
    start: start({ light: 'indoor', cameraM: 3.05, tiltDeg: 19.4 }),
  },
  counting: {
    lights: OUTDOORS,
    cameraM: { least: 2.5, most: 8, step: 0.25 },
    tiltDeg: { least: 5, most: 35, step: 0.1 },
    start: start({ light: 'clear', cameraM: 6, tiltDeg: 17.5 }),
  },
  streetscape: {
    lights: OUTDOORS,
    cameraM: { least: 1.1, most: 2.5, step: 0.05 },
    tiltDeg: { least: 0, most: 12, step: 0.1 },
    start: start({ light: 'clear', cameraM: 1.35, tiltDeg: 1.5 }),
  },
  crowding: {
    lights: INDOORS,
    cameraM: { least: 2.5, most: 4.1, step: 0.1 },
    tiltDeg: { least: 8, most: 35, step: 0.1 },
    start: start({ light: 'indoor', cameraM: 3.9, tiltDeg: 17.2 }),
  },
};

const clamp = (value: number, { least, most }: Range): number => Math.max(least, Math.min(most, value));

/** Knobs within what the world has; a light that it has not becomes its first. */
export function fitKnobs(world: LiveWorldId, knobs: Knobs): Knobs {
  const { lights, cameraM, tiltDeg } = WORLD_KNOBS[world];
  return {
    density: clamp(knobs.density, DENSITY),
    light: lights.includes(knobs.light) ? knobs.light : lights[0]!,
    cameraM: clamp(knobs.cameraM, cameraM),
    tiltDeg: clamp(knobs.tiltDeg, tiltDeg),
    height: knobs.height,
    fps: clamp(knobs.fps, FPS),
    noise: clamp(knobs.noise, NOISE),
  };
}
