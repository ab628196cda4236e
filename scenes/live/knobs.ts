/** The knobs of each world: their ranges and initial values. Plain data, for page and worker. */
import type { Weather } from '../worlds/kit/moods.ts';
import type { Knobs, LiveWorldId } from './contract.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
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

export const DENSITY: Range = { min: 0.25, max: 2.5, step: 0.25 };
export const FPS: Range = { min: 5, max: 30, step: 5 };
export const NOISE: Range = { min: 0, max: 16, step: 1 };

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
    cameraM: { min: 1.5, max: 2.6, step: 0.02 },
    tiltDeg: { min: 0, max: 20, step: 0.1 },
    start: start({ light: 'indoor', cameraM: 1.72, tiltDeg: 4.4 }),
  },
  trajectories: {
    lights: INDOORS,
    cameraM: { min: 2.2, max: 3.05, step: 0.05 },
    tiltDeg: { min: 8, max: 30, step: 0.1 },
    start: start({ light: 'indoor', cameraM: 3.05, tiltDeg: 19.4 }),
  },
  counting: {
    lights: OUTDOORS,
    cameraM: { min: 2.5, max: 8, step: 0.25 },
    tiltDeg: { min: 5, max: 35, step: 0.1 },
    start: start({ light: 'clear', cameraM: 6, tiltDeg: 17.5 }),
  },
  streetscape: {
    lights: OUTDOORS,
    cameraM: { min: 1.1, max: 2.5, step: 0.05 },
    tiltDeg: { min: 0, max: 12, step: 0.1 },
    start: start({ light: 'clear', cameraM: 1.35, tiltDeg: 1.5 }),
  },
  crowding: {
    lights: INDOORS,
    cameraM: { min: 2.5, max: 4.1, step: 0.1 },
    tiltDeg: { min: 8, max: 35, step: 0.1 },
    start: start({ light: 'indoor', cameraM: 3.9, tiltDeg: 17.2 }),
  },
};

const clamp = (value: number, { min, max }: Range): number => Math.max(min, Math.min(max, value));

/** Clamps knobs to the world's ranges; an unknown light becomes its first. */
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
