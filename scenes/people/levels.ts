/**
 * Levels of detail. Budgets are per person and kept by a test; a live scene of 20 people, two near
 * enough for `middle` and the rest `far`, stays under 400 000 triangles and 270 draw calls.
 */
export type Detail = 'near' | 'middle' | 'far';

export interface Level {
  /** Cell of garments, metres; hands and shoes are finer by their `grain`. */
  bodyCell: number;
  headCell: number;
  hairCell: number;
  /** Layers of strands over the hair; 0 leaves them out. */
  hairLayers: number;
  bagCell: number;
  /** Glasses and eyeballs as meshes of their own. */
  fineParts: boolean;
  /** Maximum triangles and draw calls of a person. */
  budget: { triangles: number; draws: number };
}

export const LEVELS: Readonly<Record<Detail, Level>> = {
  /** Close-ups: a face of 100 to 300 pixels. */
  near: {
    bodyCell: 0.0105,
    headCell: 0.0026,
    hairCell: 0.004,
    hairLayers: 5,
    bagCell: 0.01,
    fineParts: true,
    budget: { triangles: 470_000, draws: 24 },
  },
  /** Whole people of 100 to 400 pixels. */
  middle: {
    bodyCell: 0.019,
    headCell: 0.0056,
    hairCell: 0.0075,
    hairLayers: 2,
    bagCell: 0.016,
    fineParts: true,
    budget: { triangles: 90_000, draws: 24 },
  },
  /** Under 100 pixels: no eyes, no strands. */
  far: {
    bodyCell: 0.04,
    headCell: 0.014,
    hairCell: 0.017,
    hairLayers: 0,
    bagCell: 0.03,
    fineParts: false,
    budget: { triangles: 12_000, draws: 12 },
  },
};
