/** Several tracks that are one object: a vehicle and its riders. */
import { union } from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import { UNCUT, type Cut, type Track, type TrackedObject } from '../../../vision/tracking/track.ts';

/** The box of the whole in units of one member's box, so that the whole can be drawn when only that member is seen. */
type Frame = Box;

export interface RiderGroup {
  /** Id of the oldest member. */
  id: number;
  readonly firstSeenS: number;
  readonly members: Set<number>;
  readonly frames: Map<number, Frame>;
  /** The whole box at its last composition. */
  box: Box;
  /** Label of the vehicle track with the most detections. */
  label: string;
  labelHits: number;
  /** Track of the vehicle, while it has one. */
  vehicle: number | undefined;
  /** Time of the last detection of a rider, and of the group's formation, seconds. */
  riderSeenS: number;
  readonly beganS: number;
}

/** A person and a vehicle that have been found to belong together, under the older track's id. */
export function beginRiderGroup(person: Track, vehicle: Track): RiderGroup {
  const elder = person.id < vehicle.id ? person : vehicle;
  return {
    id: elder.id,
    firstSeenS: elder.firstSeenS,
    members: new Set([person.id, vehicle.id]),
    frames: new Map(),
    box: union(person.observed, vehicle.observed),
    label: vehicle.label,
    labelHits: vehicle.hits,
    vehicle: vehicle.id,
    riderSeenS: person.lastSeenS,
    beganS: person.lastSeenS,
  };
}

/** The group as one object, with updated box and label. */
export function compose(ride: RiderGroup, byId: ReadonlyMap<number, Track>): TrackedObject {
  const alive = [...ride.members].flatMap((id) => byId.get(id) ?? []);
  const seen = alive.filter((t) => !t.lost);
  const shown = seen.length > 0 ? seen : alive;
  const vehicle = alive.find((t) => t.id === ride.vehicle);
  if (vehicle && vehicle.hits > ride.labelHits) {
    ride.label = vehicle.label;
    ride.labelHits = vehicle.hits;
  }
  const rider = seen.find((t) => t !== vehicle);
  if (vehicle && !vehicle.lost && rider) {
    ride.box = seen.map((t) => t.box).reduce(union);
    for (const t of seen) ride.frames.set(t.id, relative(ride.box, t.box));
  } else {
    const lead = shown.find((t) => ride.frames.has(t.id));
    ride.box = lead ? absolute(ride.frames.get(lead.id)!, lead.box) : shown.map((t) => t.box).reduce(union);
  }
  const lead = seen.find((t) => t === vehicle) ?? shown[0]!;
  const latest = alive.reduce((a, b) => (b.lastSeenS > a.lastSeenS ? b : a));
  return {
    id: ride.id,
    label: ride.label,
    named: alive.some((t) => t.named),
    box: ride.box,
    observed: shown.map((t) => t.observed).reduce(union),
    score: Math.max(...shown.map((t) => t.score)),
    velocity: lead.velocity,
    confirmed: true,
    hits: Math.max(...alive.map((t) => t.hits)),
    firstSeenS: ride.firstSeenS,
    lastSeenS: latest.lastSeenS,
    ageS: latest.lastSeenS - ride.firstSeenS,
    lost: seen.length === 0,
    cut: shown.map((t) => t.cut).reduce(either, UNCUT),
    members: [...ride.members].filter((id) => id !== ride.id),
  };
}

const either = (a: Cut, b: Cut): Cut => ({
  left: a.left || b.left,
  top: a.top || b.top,
  right: a.right || b.right,
  bottom: a.bottom || b.bottom,
});

/** `whole` in a system where `part` is the unit square. */
function relative(whole: Box, part: Box): Frame {
  const w = part[2] - part[0];
  const h = part[3] - part[1];
  return [
    (whole[0] - part[0]) / w,
    (whole[1] - part[1]) / h,
    (whole[2] - part[0]) / w,
    (whole[3] - part[1]) / h,
  ];
}

function absolute(frame: Frame, part: Box): Box {
  const w = part[2] - part[0];
  const h = part[3] - part[1];
  return [part[0] + frame[0] * w, part[1] + frame[1] * h, part[0] + frame[2] * w, part[1] + frame[3] * h];
}
