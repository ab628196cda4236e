/**
 * People on the floor, each with a trajectory and stays. A person found again under another track continues, so that no
 * person counts twice.
 *
 * A visitor has a random key. Keys are redrawn from time to time, so that they cannot link two states of the camera's
 * memory. They never leave.
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
 * Score from which a detection is certain by itself, as in tracking. Fainter ones bridge the time to the next certain
 * one. A trajectory does not end with a faint one, since a track that has lost its person tends to rest on goods that
 * resemble one.
 */
const SURE = DEFAULT_SETTINGS.highScore;
/** Time after the last certain detection in which a track may be continued, seconds. */
const HAND_OVER_S = 3;
/**
 * A track that has lost its person may rest on another object, so that in the picture no track is lost. On the floor
 * the person is missing. A newly confirmed person continues that track if first seen near the person's last or
 * predicted position: within a second, since walkers change direction (on PETS, links over two seconds were wrong), and
 * within the error of positions plus half a walking pace for each second. Seconds, metres, metres a second.
 */
const MISSING_S = 1;
const NEAR_M = 0.5;
const NEAR_MPS = 0.75;
/**
 * Ambiguity limits where people meet: every other candidate must be this many times further away, and beyond an arm's
 * length, metres.
 */
const CLEARLY = 2;
const APART_M = 0.6;
/**
 * A person who vanishes in the middle of the floor is hidden, not gone. A person who then appears in the middle of it,
 * within walking distance, gets the same key: two people may count as one, which only holds back more, but one person
 * does not count as several. Seconds, metres a second, metres.
 */
const VANISHED_S = 60;
const WALK_MPS = 1.5;
const REACH_M = 1;
/** Number of certain detections that confirm a person. */
const MIN_SURE = DEFAULT_SETTINGS.confirmHits;
/** Delay up to which a trajectory is settled, seconds: later points hardly change it. */
const LAG_S = 2;
/** Length of a trail in the preview, seconds. */
const TRAIL_S = 8;
const TRAIL_STEP_S = 0.25;

export interface PersonTrack {
  readonly key: number;
  readonly track: Track;
  /** Whether the person is confirmed. */
  readonly believed: boolean;
  /** Current position; undefined where unknown. */
  readonly now: LinePoint | undefined;
  /** Zones by current position. */
  readonly present: ZoneDwell;
  /** The latest positions, for the preview. */
  readonly trail: readonly Vec[];
}

/** A settled piece of a trajectory. */
export interface Stretch {
  readonly key: number;
  /** Id of its track; for the laboratory. */
  readonly track: number;
  readonly points: readonly LinePoint[];
  /** Whether the camera observed the arrival. */
  readonly watched: boolean;
  /** Whether this is the last piece: the person has gone, or the source has ended (`cut`). */
  readonly over: false | 'gone' | 'cut';
}

interface Follower extends PersonTrack {
  key: number;
  track: Track;
  believed: boolean;
  readonly line: TrajectorySmoother;
  readonly stature: Stature;
  readonly watched: boolean;
  /** Positions until the confirmation; then empty. */
  first: { readonly timeS: number; readonly placed: Placed }[];
  /** The vanished person whose key it continues. */
  readonly was: Vanished | undefined;
  sure: number;
  /** Time of the last certain detection, seconds. */
  lastSeenS: number;
  /** Position and velocity at that time; kept when the line has been settled up to it. */
  last: (LinePoint & { readonly rate: Vec }) | undefined;
  trail: Vec[];
  trailS: number;
}

/** A person who vanished in the middle of the floor. */
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
   * @param draw returns an unpredictable number
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
      // A faint detection does not start a person.
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

  /** Settled pieces of trajectories, and the last pieces of people who have gone. */
  settle(timeS: number): Stretch[] {
    const stretches: Stretch[] = [];
    for (const [id, visitor] of this.#open) {
      const over = timeS - visitor.lastSeenS > HAND_OVER_S && 'gone';
      if (over) {
        this.#open.delete(id);
        const { last, key, track } = visitor;
        if (!visitor.believed) this.#giveBack(visitor);
        else if (last && !atBorder(track)) this.#vanished.push({ key, last });
      }
      // An unconfirmed person may be a false detection.
      if (visitor.believed) stretches.push(stretchOf(visitor, timeS - LAG_S, over));
    }
    return stretches;
  }

  /** Ends all trajectories at the end of the source. */
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

  /** Draws new keys for all people. @returns old key -> new key */
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
    const before = this.#open.get(predecessor ?? -1);
    if (predecessor !== undefined) this.#open.delete(predecessor);
    // A few detections that were never confirmed, and then a gap, are no person: no stay begins with them.
    const known = this.#open.get(track.id) ?? (before?.believed ? before : undefined);
    if (before && !before.believed) this.#giveBack(before);
    const visitor = known ?? this.#newcomer(track, timeS);
    this.#open.set(track.id, visitor);
    return visitor;
  }

  /** A newly confirmed person may be a missing one: then that trajectory continues, with all positions since. */
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
    this.#giveBack(newcomer);
    this.#open.delete(id);
    this.#open.set(newcomer.track.id, who);
  }

  /** The key that a newcomer had from a vanished person waits for that person again. */
  #giveBack({ key, was }: Follower): void {
    if (was) this.#vanished.push({ key, last: was.last });
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

  /** The vanished person that a new one may be. */
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

/** Adds the current position of a person. */
function notice(visitor: Follower, timeS: number): void {
  const { now } = visitor;
  const rate = visitor.line.rate;
  if (!now || !rate) return;
  visitor.last = { ...now, rate };
  visitor.present.update(now);
  if (timeS - visitor.trailS < TRAIL_STEP_S) return;
  visitor.trailS = timeS;
  visitor.trail = [...visitor.trail.slice(1 - TRAIL_S / TRAIL_STEP_S), now.at];
}

type FirstSight = Follower['first'][number];

/** Distance from a first position to a person's last certain or predicted position, metres. */
function distanceOf({ last, lastSeenS }: Follower, { timeS, placed }: FirstSight): number {
  if (!last) return Infinity;
  const gap = Math.max(0, timeS - lastSeenS);
  const [dx, dy] = [placed.at[0] - last.at[0], placed.at[1] - last.at[1]];
  const moved = Math.hypot(dx - last.rate[0] * gap, dy - last.rate[1] * gap);
  return Math.min(Math.hypot(dx, dy), moved) / placed.unit;
}

/** Whether a person has been unseen since the new one appeared, and can be at the new one's first position. */
function isMissing(who: Follower, begin: FirstSight): boolean {
  const gap = begin.timeS - who.lastSeenS;
  return gap > 0 && gap <= MISSING_S && distanceOf(who, begin) <= NEAR_M + NEAR_MPS * gap;
}

/** Whether the picture's border cuts a person off, who may be leaving or arriving. */
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
