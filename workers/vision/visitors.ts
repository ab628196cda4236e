/**
 * People on the floor, each with a line and stays of their own. Tracks come and go; whoever is found again under another
 * track carries on, so that nobody counts twice.
 *
 * A visitor is known by a random key. Keys are drawn anew from time to time, so that what is in the camera's memory at two
 * moments cannot be joined by them. They never leave.
 */
import type { Floor } from './floor.ts';
import { Stature } from './floor.ts';
import { FlowLine, type LinePoint } from './flow-line.ts';
import type { Area } from './polygon.ts';
import { Stays } from './stays.ts';
import { Succession } from './succession.ts';
import type { Vec } from './boxes.ts';
import type { Track } from './track.ts';

/** How long a missing person's memory waits for a successor, seconds. */
const HAND_OVER_S = 3;
/** A line is settled up to so long ago; what comes later hardly changes it any more, seconds. */
const LAG_S = 2;
/** The preview shows where somebody has been for so long, seconds. */
const TRAIL_S = 8;
const TRAIL_STEP_S = 0.25;

export interface Visitor {
  readonly key: number;
  readonly track: Track;
  /** Seen often enough to be believed. */
  readonly believed: boolean;
  /** Where it is now; undefined where that is not known. */
  readonly now: LinePoint | undefined;
  /** Zones by where it is now. */
  readonly present: Stays;
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
  /** Whether this was the last piece. */
  readonly over: boolean;
}

interface Follower extends Visitor {
  key: number;
  track: Track;
  believed: boolean;
  readonly line: FlowLine;
  readonly stature: Stature;
  readonly watched: boolean;
  lastSeenS: number;
  trail: Vec[];
  trailS: number;
}

export class Visitors {
  readonly #open = new Map<number, Follower>();
  readonly #succession = new Succession(HAND_OVER_S);
  #startS: number | undefined;

  /**
   * @param areas zones, in the units of the floor
   * @param draw a number that nobody can foresee
   */
  constructor(
    private readonly floor: Floor,
    private readonly areas: readonly Area[],
    private readonly draw: () => number,
  ) {}

  get present(): readonly Visitor[] {
    return [...this.#open.values()];
  }

  /** Takes the tracks of one frame, lost and unconfirmed ones among them. */
  update(tracks: readonly Track[], timeS: number): void {
    this.#startS ??= timeS;
    const heirs = this.#succession.update(tracks, timeS);
    for (const track of tracks) {
      if (track.lost) continue;
      const visitor = this.#visitorOf(track, heirs.get(track.id), timeS);
      visitor.track = track;
      visitor.believed ||= track.confirmed;
      visitor.lastSeenS = timeS;
      const placed = this.floor.place(track, visitor.stature);
      if (!placed) continue;
      visitor.line.add(timeS, placed);
      const { now } = visitor;
      if (!now) continue;
      visitor.present.update(now);
      if (timeS - visitor.trailS >= TRAIL_STEP_S) {
        visitor.trailS = timeS;
        visitor.trail = [...visitor.trail.slice(1 - TRAIL_S / TRAIL_STEP_S), now.at];
      }
    }
  }

  /** Pieces of lines that will not change any more, and the last pieces of those who have gone. */
  settle(timeS: number): Stretch[] {
    const stretches: Stretch[] = [];
    for (const [id, visitor] of this.#open) {
      const over = timeS - visitor.lastSeenS > HAND_OVER_S;
      if (over) this.#open.delete(id);
      // Who is not believed yet may turn out to be nobody.
      if (visitor.believed) stretches.push(stretchOf(visitor, over ? Infinity : timeS - LAG_S, over));
    }
    return stretches;
  }

  /** The source has ended: everybody has gone. */
  finish(): Stretch[] {
    const stretches = [...this.#open.values()]
      .filter(({ believed }) => believed)
      .map((visitor) => stretchOf(visitor, Infinity, true));
    this.#open.clear();
    this.#succession.clear();
    this.#startS = undefined;
    return stretches;
  }

  /** Draws new keys for everybody. @returns old key -> new key */
  rotate(): ReadonlyMap<number, number> {
    return new Map(
      [...this.#open.values()].map((visitor) => {
        const before = visitor.key;
        visitor.key = this.draw();
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

  #newcomer(track: Track, timeS: number): Follower {
    const watched = timeS > this.#startS!;
    const line = new FlowLine();
    return {
      key: this.draw(),
      track,
      believed: false,
      line,
      stature: new Stature(),
      watched,
      present: new Stays(this.areas, watched),
      lastSeenS: timeS,
      trail: [],
      trailS: -Infinity,
      get now() {
        return line.now;
      },
    };
  }
}

const stretchOf = ({ key, track, line, watched }: Follower, untilS: number, over: boolean): Stretch => ({
  key,
  track: track.id,
  points: line.settle(untilS),
  watched,
  over,
});
