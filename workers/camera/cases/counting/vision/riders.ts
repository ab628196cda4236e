/**
 * A bicycle (or motorcycle) with its rider is one object: a bicycle.
 *
 * A detector gives two boxes, sometimes one, sometimes neither. An overlap is no evidence: people walk past parked
 * bicycles. So a person and a vehicle become one only after they have *travelled together*: in riding position while
 * both went at least half a vehicle's length, in the same direction. From then on they stay one: the bicycle may be
 * missed while the rider is seen, or the other way round, and a track that is lost and found under a new id in the same
 * position joins at once. They separate when they are detected apart.
 *
 * Limits: a person who pushes a bicycle counts as one bicycle. A waiting rider who never moved in view is two objects,
 * because nothing distinguishes the rider from a person behind a parked bicycle. A rider who gets off while the bicycle
 * is not detected stays a bicycle.
 */
import {
  centreOf,
  coverage,
  intersection,
  nesting,
  sizeOf,
  type Vec,
} from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import { BoxGrid } from '../../../vision/tracking/grid.ts';
import { RIDDEN, RIDERS } from '../../../vision/tracking/labels.ts';
import { beginRiderGroup, compose, type RiderGroup } from './rider-group.ts';
import type { Track, TrackedObject } from '../../../vision/tracking/track.ts';

/** They must go together this far, in sizes of the vehicle, ... */
const TOGETHER = 0.5;
/** ... and may drift apart by this share of the path at most, ... */
const DRIFT = 0.5;
/** ... seen in riding position in this share of the frames in which both were seen, and in this many. */
const RIDING_SHARE = 0.6;
const RIDING_FRAMES = 3;
/** Seen further from one another than this, in sizes of the vehicle, they have parted. */
const APART = 1.5;
/** A vehicle shows beyond its rider: at most this share of it lies within his box. */
const COVERED = 0.8;
/** Of a second person on the same vehicle (a child's seat) this much lies within the box of the whole. */
const SEATED = 0.8;

/** A person and a vehicle that may be one object. */
interface Pair {
  readonly ids: readonly [person: number, vehicle: number];
  /** Centres when they first were in riding position. */
  readonly person: Vec;
  readonly vehicle: Vec;
  seen: number;
  riding: number;
}

export class RiderMerger {
  #rides: RiderGroup[] = [];
  readonly #pairs = new Map<string, Pair>();

  /**
   * Takes the tracks of one frame.
   * @returns the objects they make up: rider groups first, then every track that is part of none, in the tracker's
   * order
   */
  update(tracks: readonly Track[]): TrackedObject[] {
    const byId = new Map(tracks.map((t) => [t.id, t]));
    this.#part(byId);
    this.#compare(tracks, byId);
    const taken = new Set<number>();
    const whole = this.#rides.map((ride) => {
      for (const id of ride.members) taken.add(id);
      return compose(ride, byId);
    });
    return [...whole, ...tracks.filter((t) => !taken.has(t.id))];
  }

  reset(): void {
    this.#rides = [];
    this.#pairs.clear();
  }

  /** Releases riders detected apart from the vehicle, and groups that have ended. */
  #part(byId: ReadonlyMap<number, Track>): void {
    this.#rides = this.#rides.filter((ride) => {
      const vehicle = byId.get(ride.vehicle ?? -1);
      if (!vehicle) ride.vehicle = undefined;
      let parted = false;
      for (const id of ride.members) {
        const rider = byId.get(id);
        if (!rider || rider === vehicle || rider.lost) continue;
        if (vehicle && !vehicle.lost && isApart(rider.observed, vehicle.observed)) {
          parted = true;
          ride.members.delete(id);
          // The rider gets its own id back; the vehicle keeps its id.
          if (ride.id === id) ride.id = vehicle.id;
        } else ride.riderSeenS = rider.lastSeenS;
      }
      const alive = [...ride.members].filter((id) => byId.has(id));
      return alive.length > (parted ? 1 : 0);
    });
    for (const [key, { ids }] of this.#pairs) if (!ids.every((id) => byId.has(id))) this.#pairs.delete(key);
  }

  #compare(tracks: readonly Track[], byId: ReadonlyMap<number, Track>): void {
    const seen = tracks.filter((t) => !t.lost);
    const people = seen.filter((t) => RIDERS.includes(t.label) && this.#rideOf(t)?.vehicle === undefined);
    const vehicles = seen.filter((t) => RIDDEN.includes(t.label));
    if (people.length === 0 || vehicles.length === 0) return;
    const grid = new BoxGrid(people.map((p) => p.observed));
    for (const vehicle of vehicles) {
      grid.each(vehicle.observed, (index) => this.#consider(people[index]!, vehicle, byId));
    }
  }

  #consider(person: Track, vehicle: Track, byId: ReadonlyMap<number, Track>): void {
    const riding = isRiding(person.observed, vehicle.observed);
    const key = `${person.id}+${vehicle.id}`;
    let pair = this.#pairs.get(key);
    if (!pair) {
      if (!riding) return;
      pair = {
        ids: [person.id, vehicle.id],
        person: centreOf(person.observed),
        vehicle: centreOf(vehicle.observed),
        seen: 0,
        riding: 0,
      };
      this.#pairs.set(key, pair);
    }
    pair.seen++;
    if (riding) pair.riding++;
    const ride = this.#rideOf(vehicle);
    const riderless = this.#rideOf(person);
    if (riderless) {
      // A rider whose bicycle was lost, and found again.
      if (riding && !ride && riderless.vehicle === undefined) this.#join(riderless, vehicle);
      return;
    }
    const isNew = ride !== undefined && person.firstSeenS > ride.beganS;
    if (isNew && riding && person.firstSeenS > ride.riderSeenS && !this.#hasRider(ride, byId)) {
      // The rider's track was lost, and a new one began at its place.
      this.#join(ride, person);
    } else if (isNew && pair.seen === 1 && isSeated(person, ride)) {
      // A second box of the same rider, or of a part of the whole: it does not start another person.
      this.#join(ride, person);
    } else if (vehicle.confirmed && travelledTogether(pair, person, vehicle)) {
      if (!ride) this.#rides.push(beginRiderGroup(person, vehicle));
      else if (!this.#hasRider(ride, byId) || isSeated(person, ride)) this.#join(ride, person);
    }
  }

  #join(ride: RiderGroup, track: Track): void {
    ride.members.add(track.id);
    if (RIDDEN.includes(track.label)) ride.vehicle = track.id;
  }

  #rideOf(track: Track): RiderGroup | undefined {
    return this.#rides.find((r) => r.members.has(track.id));
  }

  /** Whether a rider is detected on it now. */
  #hasRider(ride: RiderGroup, byId: ReadonlyMap<number, Track>): boolean {
    return [...ride.members].some((id) => id !== ride.vehicle && byId.get(id)?.lost === false);
  }
}

/**
 * Whether a person's box lies to a vehicle's as a rider's does: above it or over it, not beside or below, with the feet
 * no lower than its wheels.
 */
function isRiding(person: Box, vehicle: Box): boolean {
  const shared = Math.min(person[2], vehicle[2]) - Math.max(person[0], vehicle[0]);
  const narrow = Math.min(person[2] - person[0], vehicle[2] - vehicle[0]);
  const height = vehicle[3] - vehicle[1];
  return (
    shared >= 0.5 * narrow &&
    intersection(person, vehicle) > 0 &&
    coverage(vehicle, person) <= COVERED &&
    person[1] <= vehicle[1] + 0.25 * height &&
    person[3] <= vehicle[3] + 0.25 * height
  );
}

function travelledTogether(pair: Pair, person: Track, vehicle: Track): boolean {
  if (pair.riding < RIDING_FRAMES || pair.riding < RIDING_SHARE * pair.seen) return false;
  const size = sizeOf(vehicle.observed);
  const p = centreOf(person.observed);
  const v = centreOf(vehicle.observed);
  const a: Vec = [p[0] - pair.person[0], p[1] - pair.person[1]];
  const b: Vec = [v[0] - pair.vehicle[0], v[1] - pair.vehicle[1]];
  const far = Math.min(Math.hypot(a[0], a[1]), Math.hypot(b[0], b[1]));
  return far >= TOGETHER * size && Math.hypot(a[0] - b[0], a[1] - b[1]) <= DRIFT * far;
}

const isSeated = (person: Track, ride: RiderGroup) => nesting(person.observed, ride.box) >= SEATED;

function isApart(person: Box, vehicle: Box): boolean {
  const [px, py] = centreOf(person);
  const [vx, vy] = centreOf(vehicle);
  return Math.hypot(px - vx, py - vy) > APART * sizeOf(vehicle);
}
