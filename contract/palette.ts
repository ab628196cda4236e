import type { CrowdPalette, Kind } from './index.ts';

/**
 * One colour for each kind, the same on the preview (painted by the camera) and in the charts (drawn by the page).
 * After Okabe and Ito's palette (Color Universal Design, 2008): distinguishable with any colour vision.
 */
export const KIND_COLOURS: Readonly<Record<Kind, string>> = {
  pedestrian: '#0072b2',
  bicycle: '#009e73',
  motorcycle: '#cc79a7',
  car: '#e69f00',
  bus: '#d55e00',
  truck: '#56b4e9',
};

/** For a box of a kind that is not counted, or not known yet. */
export const UNKNOWN_COLOUR = '#b8bec7';

/** Icons of crowding, as red, green, blue: their shapes differ as well. The page's legend has the same. */
export const ICON_COLOURS = { standing: [28, 69, 135], moving: [0, 115, 92] } as const;

type Rgb = readonly [red: number, green: number, blue: number];

/** Case 6 in either palette; shapes tell the two apart as well. */
export const CROWD_COLOURS: Readonly<Record<CrowdPalette, { readonly standing: Rgb; readonly moving: Rgb }>> =
  {
    calm: ICON_COLOURS,
    railway: { standing: [214, 94, 0], moving: [0, 90, 181] },
  };
