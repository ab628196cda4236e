/**
 * Positions of the vehicle. The camera does not know them: its records carry a time, and the page joins time and place.
 * So no place enters the camera, and a fact has one only if the operator has allowed it.
 */
import * as v from 'valibot';

/** WGS 84, degrees. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
}

export interface Fix extends Place {
  /** Source time of a clip, or time since the start of a run; seconds. */
  readonly atS: number;
}

/** A clip's own track, as its description has it. */
export const Track = v.object({
  /** The route lies on the map, but no vehicle has driven it. */
  invented: v.boolean(),
  points: v.pipe(v.array(v.object({ atS: v.number(), lat: v.number(), lon: v.number() })), v.minLength(2)),
});
export type Track = v.InferOutput<typeof Track>;

/** Maximum age of a fix, seconds. */
const STALE_S = 5;

/**
 * The place at a moment, by linear interpolation between the two fixes around it.
 * @param fixes by time
 * @returns undefined where there is no fix near enough
 */
export function placeAt(fixes: readonly Fix[], atS: number): Place | undefined {
  const after = fixes.findIndex((fix) => fix.atS >= atS);
  const [a, b] = [after < 0 ? fixes.at(-1) : fixes[after - 1], after < 0 ? undefined : fixes[after]];
  if (!a || !b) {
    const only = a ?? b;
    return only && Math.abs(only.atS - atS) <= STALE_S ? { lat: only.lat, lon: only.lon } : undefined;
  }
  if (b.atS - a.atS > 2 * STALE_S) return undefined;
  const share = (atS - a.atS) / (b.atS - a.atS || 1);
  return { lat: a.lat + (b.lat - a.lat) * share, lon: a.lon + (b.lon - a.lon) * share };
}

/** A restarted clip is at the start of its track. */
export const clipTime = (atS: number, durationS: number): number =>
  durationS > 0 && atS > durationS ? atS % durationS : atS;

const METRES_PER_DEGREE = 111_320;

/** [east, north] of `origin` in metres, on a plane: good for a few kilometres. */
export function metresFrom(origin: Place, place: Place): [number, number] {
  const east = (place.lon - origin.lon) * METRES_PER_DEGREE * Math.cos((origin.lat * Math.PI) / 180);
  return [east, (place.lat - origin.lat) * METRES_PER_DEGREE];
}

export function distanceM(a: Place, b: Place): number {
  return Math.hypot(...metresFrom(a, b));
}
