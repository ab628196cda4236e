/** Times of day and weathers as numbers: colours and strengths of sky, sun and fill light. */

export const WEATHERS = ['clear', 'overcast', 'dusk', 'indoor'] as const;
export type Weather = (typeof WEATHERS)[number];

export interface Mood {
  sun: string;
  sunStrength: number;
  skyLight: string;
  groundLight: string;
  fill: number;
  /** How strongly reflections and ambient light of the environment count. */
  environment: number;
  zenith: string;
  horizon: string;
  /** 0 = blue, 1 = covered. */
  cloud: number;
  /** Penumbra, in shadow map texels. */
  softness: number;
  /** Sun above the horizon, radians. */
  elevation: number;
  exposure: number;
}

export const MOODS: Readonly<Record<Weather, Mood>> = {
  clear: {
    sun: '#fff0d8',
    sunStrength: 3,
    skyLight: '#bcd3ff',
    groundLight: '#6d675e',
    fill: 1,
    environment: 0.7,
    zenith: '#5f8fc9',
    horizon: '#dfe6ea',
    cloud: 0.5,
    softness: 2,
    elevation: 0.85,
    exposure: 1,
  },
  overcast: {
    sun: '#f2f4f8',
    sunStrength: 0.7,
    skyLight: '#e4e9f0',
    groundLight: '#77746e',
    fill: 1.9,
    environment: 1,
    zenith: '#b9c2cc',
    horizon: '#dfe6ea',
    cloud: 1,
    softness: 6,
    elevation: 1.1,
    exposure: 1,
  },
  dusk: {
    sun: '#ffb072',
    sunStrength: 2.1,
    skyLight: '#7d86b8',
    groundLight: '#4a4350',
    fill: 0.6,
    environment: 0.5,
    zenith: '#3c4a7a',
    horizon: '#e0a982',
    cloud: 0.5,
    softness: 3,
    elevation: 0.3,
    exposure: 1.15,
  },
  indoor: {
    sun: '#fff4e4',
    sunStrength: 1.5,
    skyLight: '#fff7ec',
    groundLight: '#6f675c',
    fill: 0.75,
    environment: 0.55,
    zenith: '#8d8981',
    horizon: '#8d8981',
    cloud: 0,
    softness: 6,
    elevation: 1.25,
    exposure: 1,
  },
};

export interface LightingOptions {
  weather: Weather;
  /** Where the sun stands, radians from +z towards +x. */
  azimuth: number;
  /** Overrides the mood's height of the sun, radians. */
  elevation?: number;
  /** Times the mood's fill light: what pale paving and house fronts throw back into the shade. Default 1. */
  bounce?: number;
  /** Middle of what must have sharp shadows, and how far around it they reach, metres. */
  focus: readonly [number, number, number];
  reach: number;
  /** Indoors: a bright window behind the camera (faces at an entrance). */
  window?: boolean;
  /** Edge of the shadow map in texels. */
  shadowMap?: number;
}
