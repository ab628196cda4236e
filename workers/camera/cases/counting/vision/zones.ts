/**
 * Objects inside polygons: how many are there now, and how many have entered since the last reset.
 *
 * An object comes in when its anchor is clearly inside, deeper than the dead band (a share of its size, but never so
 * deep that a small zone could not be entered), and leaves when it is clearly outside. Each visit is entered once,
 * whatever the object is called meanwhile: a new id that appears where an old one was lost carries on. What appears
 * inside has entered too, except what was already there in the first frame. Entries are given to the class the object
 * has `settleS` later, or when it ends.
 */
import { centreOf, groundPointOf, sizeOf, type Vec } from '../../../vision/geometry/boxes.ts';
import { complete, type CounterOptions } from './counter-options.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import { certaintyOf, Extent } from './extent.ts';
import { kindOf, type CountedKind } from '../../../vision/tracking/labels.ts';
import { Area } from '../../../vision/geometry/polygon.ts';
import { isNearBy, mostTelling, type Standing } from './held-back.ts';
import { SideEvidence } from './side-evidence.ts';
import { TrackStitcher } from '../../../vision/tracking/track-stitching.ts';
import type { TrackedObject } from '../../../vision/tracking/track.ts';

/** A polygon in fractions of the picture, corners in order. */
export interface ZoneSpec {
  readonly id: string;
  readonly points: readonly Vec[];
}

export type KindCounts = Partial<Record<CountedKind, number>>;

export interface ZoneState {
  readonly zone: string;
  /** Confirmed objects inside now, those lost but not given up among them. Kinds without any are absent. */
  readonly present: KindCounts;
  readonly entered: KindCounts;
}

/** What is remembered of one object in one zone; the positive side is inside. */
interface Stay {
  readonly evidence: SideEvidence;
  inside: boolean;
  /** Whether it has been counted, or will be. */
  entered: boolean;
  /** Signed distance from the zone's border when it was last seen, pixels. */
  distance: number;
  /** When it entered, while that is not yet counted. */
  pendingS: number | undefined;
}

interface Visitor {
  readonly firstSeenS: number;
  readonly stays: Map<Area, Stay>;
  readonly extent: Extent;
  /** The id that it goes by. */
  id: number;
  label: string;
  confirmed: boolean;
  named: boolean;
  lastSeenS: number;
}

/** The dead band, and all doubt about the place, is at most this share of the root of a zone's area. */
const SHALLOW = 0.1;

export class ZoneCounter {
  readonly #options: Required<CounterOptions>;
  #areas: readonly Area[] = [];
  readonly #visitors = new Map<number, Visitor>();
  readonly #entered = new Map<string, KindCounts>();
  readonly #succession: TrackStitcher;
  #present = new Set<number>();
  #startS: number | undefined;

  /** @throws {RangeError} when a zone has no area or an option makes no sense */
  constructor(zones: readonly ZoneSpec[], options: CounterOptions) {
    this.#options = complete(options);
    this.#succession = new TrackStitcher(this.#options.handOverS);
    this.setZones(zones);
  }

  /** Replaces the zones; one that keeps its id and shape keeps its counts and who is in it. */
  setZones(zones: readonly ZoneSpec[]): void {
    const { width, height } = this.#options.picture;
    const before = new Map(this.#areas.map((area) => [area.id, area]));
    this.#areas = zones.map(({ id, points }) => {
      const area = new Area(
        id,
        points.map(([x, y]): Vec => [x * width, y * height]),
      );
      const same = before.get(id);
      return same && String(same.corners) === String(area.corners) ? same : area;
    });
    for (const [id, area] of before) if (!this.#areas.includes(area)) this.#entered.delete(id);
  }

  /** Takes the objects of one frame, lost and unconfirmed ones among them. */
  update(objects: readonly TrackedObject[], timeS: number): void {
    this.#startS ??= timeS;
    const heirs = this.#succession.update(objects, timeS);
    this.#present = new Set(objects.map((o) => o.id));
    for (const object of objects) {
      if (object.lost) continue;
      const visitor = this.#visitor(object, timeS, heirs.get(object.id));
      for (const member of object.members ?? []) this.#absorb(visitor, member);
      visitor.label = object.label;
      visitor.confirmed = object.confirmed;
      visitor.named = object.named;
      visitor.lastSeenS = timeS;
      visitor.extent.add(object.box, this.#anchor(object.observed), timeS);
      for (const area of this.#areas) this.#follow(visitor, area, object, timeS);
      visitor.id = object.id;
    }
    for (const [id, visitor] of this.#visitors) {
      const here = this.#present.has(id);
      const over = !here && timeS - visitor.lastSeenS > this.#options.handOverS;
      this.#settle(visitor, over ? Infinity : timeS - this.#options.settleS);
      if (over) this.#visitors.delete(id);
    }
  }

  /** The source has ended: counts what still waits. */
  finish(): void {
    for (const visitor of this.#visitors.values()) this.#settle(visitor, Infinity);
  }

  state(): ZoneState[] {
    return this.#areas.map((area) => {
      const present: KindCounts = {};
      for (const [id, { stays, label, confirmed }] of this.#visitors) {
        const kind = kindOf(label);
        if (!confirmed || !kind || !this.#present.has(id) || !stays.get(area)?.inside) continue;
        present[kind] = (present[kind] ?? 0) + 1;
      }
      return { zone: area.id, present, entered: { ...this.#entered.get(area.id) } };
    });
  }

  /** How an object stands to the zones that it is in or near to; undefined where there is none. */
  standing({ id, box }: Pick<TrackedObject, 'id' | 'box'>): Standing | undefined {
    const stays = this.#visitors.get(id)?.stays;
    return mostTelling(this.#areas.map((area) => standingIn(stays?.get(area), sizeOf(box))));
  }

  /** Counts start anew; who is inside has not entered. */
  reset(): void {
    this.#entered.clear();
    this.#visitors.clear();
    this.#succession.clear();
    this.#present.clear();
    this.#startS = undefined;
  }

  #visitor(object: TrackedObject, timeS: number, predecessor: number | undefined): Visitor {
    let visitor = this.#visitors.get(object.id);
    if (!visitor) {
      visitor = this.#visitors.get(predecessor ?? -1) ?? {
        firstSeenS: timeS,
        stays: new Map(),
        extent: new Extent(),
        id: object.id,
        label: object.label,
        confirmed: object.confirmed,
        named: object.named,
        lastSeenS: object.lastSeenS,
      };
      if (predecessor !== undefined) this.#visitors.delete(predecessor);
      this.#visitors.set(object.id, visitor);
    }
    return visitor;
  }

  /** A track turned out to be part of this object: where it has been, the object has been. */
  #absorb(visitor: Visitor, member: number): void {
    const part = this.#visitors.get(member);
    if (!part || part === visitor) return;
    for (const [area, stay] of part.stays) {
      const own = visitor.stays.get(area);
      // One entry for both: if either has been counted, neither waits.
      if (own?.inside && stay.inside && (own.pendingS === undefined || stay.pendingS === undefined)) {
        own.pendingS = undefined;
      } else if (!own?.inside) visitor.stays.set(area, stay);
    }
    this.#visitors.delete(member);
    this.#succession.forget(member);
  }

  #anchor(box: Box): Vec {
    const { anchor, picture } = this.#options;
    const [x, y] = anchor === 'ground' ? groundPointOf(box) : centreOf(box);
    // A zone that ends at the border goes on beyond it as far as anything tells.
    return [clamp(x, picture.width), clamp(y, picture.height)];
  }

  #follow(visitor: Visitor, area: Area, { id, box, observed }: TrackedObject, timeS: number): void {
    const { anchor, deadBand } = this.#options;
    const distance = signedDistance(area, this.#anchor(box));
    let stay = visitor.stays.get(area);
    if (!stay) {
      // A zone drawn around an object is not entered by it, nor was one that it stood in from the beginning.
      const inside = distance >= 0;
      const appeared = visitor.firstSeenS === timeS && timeS > this.#startS!;
      const evidence = new SideEvidence();
      const entered = inside && appeared;
      stay = { evidence, inside, distance, entered, pendingS: entered ? timeS : undefined };
      visitor.stays.set(area, stay);
    }
    if (visitor.id !== id) {
      const evidence = new SideEvidence();
      evidence.inherit(stay.evidence, stay.distance, distance, timeS);
      stay = { ...stay, evidence };
      visitor.stays.set(area, stay);
    }
    stay.distance = distance;
    const shallow = Math.sqrt(area.area);
    const known = certaintyOf(visitor.extent, box, anchor);
    const turn = stay.evidence.step(distance, timeS, {
      noise: Math.min(known.noise, SHALLOW * shallow),
      view: known.view,
      band: Math.min(deadBand * sizeOf(box), SHALLOW * shallow),
      observed: signedDistance(area, this.#anchor(observed)),
      slack: (view, side) => Math.min(known.slack(view, side), SHALLOW * shallow),
    });
    const inside = distance >= 0;
    if (turn === undefined || inside === stay.inside) return;
    stay.inside = inside;
    // What comes to light inside has entered as well, if it was not there from the beginning; once.
    const appeared = visitor.firstSeenS > this.#startS! && !stay.entered;
    if (!inside || (turn !== 'moved' && !appeared)) return;
    stay.entered = true;
    stay.pendingS = timeS;
  }

  #settle(visitor: Visitor, untilS: number): void {
    if (!visitor.confirmed) return;
    const dueS = visitor.named ? untilS : untilS - this.#options.doubtS;
    const kind = kindOf(visitor.label);
    for (const [area, stay] of visitor.stays) {
      if (stay.pendingS === undefined || stay.pendingS > dueS) continue;
      stay.pendingS = undefined;
      if (!kind || !this.#areas.includes(area)) continue;
      const counts = this.#entered.get(area.id) ?? {};
      counts[kind] = (counts[kind] ?? 0) + 1;
      this.#entered.set(area.id, counts);
    }
  }
}

/** How an object of a size in pixels stands to a zone. */
function standingIn(stay: Stay | undefined, size: number): Standing | undefined {
  if (!stay || !(stay.inside || isNearBy(stay.distance, size))) return undefined;
  if (stay.pendingS !== undefined) return 'settling';
  if (stay.inside && stay.entered) return 'counted';
  return stay.evidence.held ?? (stay.inside ? 'before' : 'one-side');
}

/** Positive inside. */
const signedDistance = (area: Area, at: Vec) => (area.contains(at) ? 1 : -1) * area.distanceToEdge(at);

/** Just within the border: an edge of a zone may lie on it. */
const clamp = (v: number, side: number) => Math.min(side - 1e-3, Math.max(1e-3, v));
