/**
 * People on the floor, each with a line and stays of their own. Tracks come and go; whoever is found again under another
 * track carries on, so that nobody counts twice.
 *
 * A visitor is known by a random key. Keys are drawn anew from time to time, so that what is in the camera's memory at two
 * moments cannot be joined by them. They never leave.
 */
import type { Floor } from './ground-position.ts';
import { Stature } from './ground-position.ts';
import { TrajectorySmoother, type LinePoint, type Placed } from './trajectory-smoother.ts';
import type { Area } from '../../../vision/geometry/polygon.ts';
import { ZoneDwell } from './dwell.ts';
import { TrackStitcher } from '../../../vision/tracking/track-stitching.ts';
import type { Vec } from '../../../vision/geometry/boxes.ts';
import { DEFAULT_SETTINGS } from '../../../vision/tracking/tracker-options.ts';
import type { Track } from '../../../vision/tracking/track.ts';

/**
 * From this score on a sighting is believed by itself, as in tracking. Fainter ones bridge the time until the next sure one;
 * a line does not end with them, since a track that has lost its person likes to rest on goods that look a little like one.
 */
const SURE = DEFAULT_SETTINGS.highScore;
/** How long a person who is not surely seen is waited for, and may be succeeded, seconds. */
const HAND_OVER_S = 3;
/**
 * A track that has lost its person may rest on something else meanwhile, so that in the picture nobody is missing. On the
 * floor somebody is: whoever has just been believed, and was first seen where such a person was a moment before or must be
 * by now, is that person. Not after more than a second, in which walkers change their ways (on PETS, links over two seconds
 * were wrong); as near as places are known, and half a walking pace for each second. Seconds, metres, metres a second.
 */
const MISSING_S = 1;
const NEAR_M = 0.5;
const NEAR_MPS = 0.75;
/**
 * Where people meet their ways do not tell who is who: anybody else must be so many times as far from there, and further
 * than an arm reaches, metres.
 */
const CLEARLY = 2;
const APART_M = 0.6;
/**
 * Who vanishes in the middle of the floor has not left but is hidden; whoever then appears in the middle of it, no further
 * than that person can have walked by then, goes under the same key: two people may be taken for one, which only means that
 * more is held back, but one is not taken for several. Seconds, metres a second, metres.
 */
const VANISHED_S = 60;
const WALK_MPS = 1.5;
const REACH_M = 1;
/** Sure sightings that make a person. */
const MIN_SURE = DEFAULT_SETTINGS.confirmHits;
/** A line is settled up to so long ago; what comes later hardly changes it any more, seconds. */
const LAG_S = 2;
/** The preview shows where somebody has been for so long, seconds. */
const TRAIL_S = 8;
const TRAIL_STEP_S = 0.25;

export interface PersonTrack {
  readonly key: number;
  readonly track: Track;
  /** Seen often enough to be believed. */
  readonly believed: boolean;
  /** Where it is now; undefined where that is not known. */
  readonly now: LinePoint | undefined;
  /** Zones by where it is now. */
  readonly present: ZoneDwell;
  /** The latest places, for the preview. */
  readonly trail: readonly Vec[];
}

/** A piece of somebody's line that will not change any more. */
export interface Stretch {
  readonly key: number;
  /** The track that it was seen as; for the laboratory. */
  readonly track: number;
  readonly points: readonly LinePoint[];
  /** Whether the person was there when the camera began to look. */
  readonly watched: boolean;
  /** Whether this was the last piece: because the person has gone, or because the source has ended. */
  readonly over: false | 'gone' | 'cut';
}

interface Follower extends PersonTrack {
  key: number;
  track: Track;
  believed: boolean;
  readonly line: TrajectorySmoother;
  readonly stature: Stature;
  readonly watched: boolean;
  /** Places until it is believed; then nothing. */
  first: { readonly timeS: number; readonly placed: Placed }[];
  /** The vanished person whose key it took. */
  readonly was: Vanished | undefined;
  sure: number;
  /** Surely. */
  lastSeenS: number;
  /** Where it was then, and how it moved. */
  last: { readonly at: Vec; readonly rate: Vec } | undefined;
  trail: Vec[];
  trailS: number;
}

/** Somebody who vanished in the middle of the floor. */
interface Vanished {
  key: number;
  readonly last: LinePoint;
}

export class PersonTracks {
  readonly #open = new Map<number, Follower>();
  #vanished: Vanished[] = [];
  readonly #succession = new TrackStitcher(HAND_OVER_S);
  #startS: number | undefined;
  readonly #floor: Floor;
  readonly #areas: readonly Area[];
  readonly #draw: () => number;

  /**
   * @param areas zones, in the units of the floor
   * @param draw a number that nobody can foresee
   */
  constructor(floor: Floor, areas: readonly Area[], draw: () => number) {
    this.#floor = floor;
    this.#areas = areas;
    this.#draw = draw;
  }

  get present(): readonly PersonTrack[] {
    return [...this.#open.values()];
  }

  /** Takes the tracks of one frame, lost and unconfirmed ones among them. */
  update(tracks: readonly Track[], timeS: number): void {
    this.#startS ??= timeS;
    const heirs = this.#succession.update(tracks, timeS);
    for (const track of tracks) {
      if (track.lost) continue;
      const sure = track.score >= SURE;
      const predecessor = heirs.get(track.id);
      // Nobody begins with a faint sighting.
      if (!sure && !this.#open.has(track.id) && predecessor === undefined) continue;
      const visitor = this.#visitorOf(track, predecessor, timeS);
      visitor.track = track;
      if (sure) {
        visitor.lastSeenS = timeS;
        visitor.sure++;
      }
      const placed = this.#floor.place(track, visitor.stature);
      if (placed) {
        visitor.line.add(timeS, placed);
        if (!visitor.believed) visitor.first.push({ timeS, placed });
        if (sure) notice(visitor, timeS);
      }
      if (visitor.believed || !track.confirmed || visitor.sure < MIN_SURE) continue;
      visitor.believed = true;
      this.#resume(visitor);
      visitor.first = [];
    }
  }

  /** Pieces of lines that will not change any more, and the last pieces of those who have gone. */
  settle(timeS: number): Stretch[] {
    const stretches: Stretch[] = [];
    for (const [id, visitor] of this.#open) {
      const over = timeS - visitor.lastSeenS > HAND_OVER_S && 'gone';
      if (over) {
        this.#open.delete(id);
        const { now: last, key, track } = visitor;
        if (last && visitor.believed && !atBorder(track)) this.#vanished.push({ key, last });
      }
      // Who is not believed yet may turn out to be nobody.
      if (visitor.believed) stretches.push(stretchOf(visitor, timeS - LAG_S, over));
    }
    return stretches;
  }

  /** The source has ended: everybody has gone. */
  finish(): Stretch[] {
    const stretches = [...this.#open.values()]
      .filter(({ believed }) => believed)
      .map((visitor) => stretchOf(visitor, Infinity, 'cut'));
    this.#open.clear();
    this.#vanished = [];
    this.#succession.clear();
    this.#startS = undefined;
    return stretches;
  }

  /** Draws new keys for everybody. @returns old key -> new key */
  rotate(): ReadonlyMap<number, number> {
    return new Map(
      [...this.#open.values(), ...this.#vanished].map((visitor) => {
        const before = visitor.key;
        visitor.key = this.#draw();
        return [before, visitor.key];
      }),
    );
  }

  #visitorOf(track: Track, predecessor: number | undefined, timeS: number): Follower {
    const known = this.#open.get(track.id) ?? this.#open.get(predecessor ?? -1);
    const visitor = known ?? this.#newcomer(track, timeS);
    if (predecessor !== undefined) this.#open.delete(predecessor);
    this.#open.set(track.id, visitor);
    return visitor;
  }

  /** Whoever has just been believed may be somebody who is missing: then that one goes on, with all that was seen since. */
  #resume(newcomer: Follower): void {
    const [begin] = newcomer.first;
    if (!begin || atBorder(newcomer.track)) return;
    const others = [...this.#open].filter(([, who]) => who !== newcomer && who.believed);
    const [nearest, second = Infinity] = others
      .map(([, who]) => distanceOf(who, begin))
      .sort((a, b) => a - b) as [number, number?];
    const found = others.find(([, who]) => isMissing(who, begin) && distanceOf(who, begin) === nearest);
    if (!found || second < Math.max(APART_M, CLEARLY * nearest)) return;
    const [id, who] = found;
    who.line.forgetAfter(who.lastSeenS);
    who.track = newcomer.track;
    who.sure += newcomer.sure;
    who.lastSeenS = newcomer.lastSeenS;
    for (const { timeS, placed } of newcomer.first) {
      who.line.add(timeS, placed);
      notice(who, timeS);
    }
    if (newcomer.was) this.#vanished.push(newcomer.was);
    this.#open.delete(id);
    this.#open.set(newcomer.track.id, who);
  }

  #newcomer(track: Track, timeS: number): Follower {
    const watched = timeS > this.#startS!;
    const line = new TrajectorySmoother();
    const was = this.#vanishedAt(track, timeS);
    return {
      key: was?.key ?? this.#draw(),
      was,
      first: [],
      track,
      believed: false,
      line,
      stature: new Stature(),
      watched,
      sure: 0,
      present: new ZoneDwell(this.#areas, watched),
      lastSeenS: timeS,
      last: undefined,
      trail: [],
      trailS: -Infinity,
      get now() {
        return line.now;
      },
    };
  }

  /** The vanished person who it may be. */
  #vanishedAt(track: Track, timeS: number): Vanished | undefined {
    this.#vanished = this.#vanished.filter(({ last }) => timeS - last.timeS <= VANISHED_S);
    const placed = atBorder(track) ? undefined : this.#floor.place(track, new Stature());
    if (!placed) return undefined;
    const { at, unit } = placed;
    const distance = ({ last }: Vanished) => Math.hypot(last.at[0] - at[0], last.at[1] - at[1]) / unit;
    const near = this.#vanished
      .filter((who) => distance(who) <= REACH_M + WALK_MPS * (timeS - who.last.timeS))
      .sort((a, b) => distance(a) - distance(b))[0];
    this.#vanished = this.#vanished.filter((who) => who !== near);
    return near;
  }
}

/** Enters where somebody is now. */
function notice(visitor: Follower, timeS: number): void {
  const { now } = visitor;
  const rate = visitor.line.rate;
  if (!now || !rate) return;
  visitor.last = { at: now.at, rate };
  visitor.present.update(now);
  if (timeS - visitor.trailS < TRAIL_STEP_S) return;
  visitor.trailS = timeS;
  visitor.trail = [...visitor.trail.slice(1 - TRAIL_S / TRAIL_STEP_S), now.at];
}

type FirstSight = Follower['first'][number];

/** How far a first sight is from where somebody was last surely seen, or must be by now, metres. */
function distanceOf({ last, lastSeenS }: Follower, { timeS, placed }: FirstSight): number {
  if (!last) return Infinity;
  const gap = Math.max(0, timeS - lastSeenS);
  const [dx, dy] = [placed.at[0] - last.at[0], placed.at[1] - last.at[1]];
  const moved = Math.hypot(dx - last.rate[0] * gap, dy - last.rate[1] * gap);
  return Math.min(Math.hypot(dx, dy), moved) / placed.unit;
}

/** Whether somebody has not been seen since the newcomer came, and can be where the newcomer was first seen. */
function isMissing(who: Follower, begin: FirstSight): boolean {
  const gap = begin.timeS - who.lastSeenS;
  return gap > 0 && gap <= MISSING_S && distanceOf(who, begin) <= NEAR_M + NEAR_MPS * gap;
}

/** Whether the picture's border cuts a person off who may be leaving or coming. */
const atBorder = ({ cut }: Track) => cut.left || cut.right || cut.bottom;

const stretchOf = (
  { key, track, line, watched, lastSeenS }: Follower,
  untilS: number,
  over: Stretch['over'],
): Stretch => ({
  key,
  track: track.id,
  points: line.settle(over ? lastSeenS : Math.min(untilS, lastSeenS)),
  watched,
  over,
});
