/**
 * Stays of one person in zones, from the points of a trajectory.
 *
 * A walk along a border is not a series of entries: a side counts once the point is deeper than a dead band, or has
 * been on it for a while. It counts from the crossing of the border, so that the band does not shorten the stay. A
 * short absence does not end the stay.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';
import type { LinePoint } from './trajectory-smoother.ts';
import type { Area } from '../../../vision/geometry/polygon.ts';

export interface Stay {
  readonly zone: string;
  readonly fromS: number;
  readonly toS: number;
  /** Whether the beginning was observed: only then is its length the dwell time. */
  readonly whole: boolean;
}

/** Half the width of the dead band, in metres; about the error of a measured position. */
const BAND_M = 0.25;
/** Maximum dead band, share of the root of a zone's area, so that a small zone can be entered. */
const SHALLOW = 0.1;
/** Time after which a side counts within the band, seconds. */
const HOLD_S = 1;
/** Maximum absence that does not end a stay, seconds. */
const BACK_S = 2;

interface InZone {
  inside: boolean;
  /** The side of the last point, and its beginning. */
  side: boolean;
  sideSinceS: number;
  fromS: number;
  whole: boolean;
  /** Time of an exit that may be a short absence. */
  leftS: number | undefined;
}

export class ZoneDwell {
  readonly #zones: Map<Area, InZone> = new Map();
  #lastS = 0;
  readonly #areas: readonly Area[];
  readonly #watched: boolean;

  /**
   * @param areas in the units of the floor
   * @param watched whether the arrival was observed; false for a person present from the beginning
   */
  constructor(areas: readonly Area[], watched: boolean) {
    this.#areas = areas;
    this.#watched = watched;
  }

  isInside(zone: string): boolean {
    for (const [area, { inside }] of this.#zones) if (area.id === zone) return inside;
    return false;
  }

  /** Takes the next point. @returns stays that are over */
  update({ at, timeS, unit }: LinePoint): Stay[] {
    this.#lastS = timeS;
    return this.#areas.flatMap((area) => this.#follow(area, at, timeS, unit));
  }

  /**
   * Ends the trajectory: the person has gone, or the source has ended.
   * @param cut whether the person may still be present: an open stay is then not whole
   * @returns the stays that end with it
   */
  finish(cut = false): Stay[] {
    const last = [...this.#zones].flatMap(([area, state]) => {
      if (!state.inside && state.leftS === undefined) return [];
      const stay = stayOf(area, state, state.leftS ?? this.#lastS);
      return [state.inside && cut ? { ...stay, whole: false } : stay];
    });
    this.#zones.clear();
    return last;
  }

  #follow(area: Area, at: Vec, timeS: number, unit: number): Stay[] {
    const side = area.contains(at);
    const state = this.#zones.get(area);
    if (!state) {
      const whole = this.#watched;
      this.#zones.set(area, { inside: side, side, sideSinceS: timeS, fromS: timeS, whole, leftS: undefined });
      return [];
    }
    if (side !== state.side) {
      state.side = side;
      state.sideSinceS = timeS;
    }
    const over = state.leftS !== undefined && !side && timeS - state.leftS > BACK_S;
    const stays = over ? [stayOf(area, state, state.leftS!)] : [];
    if (over) state.leftS = undefined;
    if (side !== state.inside) {
      const band = Math.min(BAND_M * unit, SHALLOW * Math.sqrt(area.area));
      if (area.distanceToEdge(at) >= band || timeS - state.sideSinceS >= HOLD_S) this.#turn(state, side);
    }
    return stays;
  }

  #turn(state: InZone, inside: boolean): void {
    state.inside = inside;
    if (!inside) {
      state.leftS = state.sideSinceS;
    } else {
      // After a short absence the stay continues as if uninterrupted.
      if (state.leftS === undefined) Object.assign(state, { fromS: state.sideSinceS, whole: true });
      state.leftS = undefined;
    }
  }
}

const stayOf = ({ id }: Area, { fromS, whole }: InZone, toS: number): Stay => ({
  zone: id,
  fromS,
  toS,
  whole,
});
