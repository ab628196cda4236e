/**
 * Signs and signals, each reported once: tracked while they come nearer, confirmed after several sightings, reported
 * after they left the view. What a sign is told as is voted on by all its sightings.
 */
import { SIGN_GROUPS, type Lamp, type SignKind } from '../../../../contract/index.ts';
import { iou, widthOf } from '../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../vision/geometry/detection.ts';
import type { SignSighting } from '../../vision/geometry/sign-sighting.ts';
import type { Raster } from '../../vision/image/raster.ts';
import type { PictureSize, Track } from '../../vision/tracking/track.ts';
import { Tracker } from '../../vision/tracking/tracker.ts';
import { lampOf } from './vision/lamps.ts';
import { SignVote } from './vision/sign-vote.ts';

/** Labels that one track may mix: a sign may be read differently from afar; a signal is never one. */
const GROUPS = [['signal'], SIGN_GROUPS];
/** Time before a missed track ends, seconds: small objects are missed for longer, and they do not move. */
const LOST_S = 2;

/**
 * Minimum growth of a sign along its track: a passed sign comes nearer; an object that never grew by this factor is not a
 * sign.
 */
const GROWS = 1.25;
/** Minimum share of a signal's sightings with a lit lamp. */
const LIT = 0.4;
/** Minimum overlap of a track's box with the sighting that continued it. */
const SAME = 0.3;

export interface PassedSign {
  readonly kind: SignKind;
  readonly lamp?: Lamp;
  readonly lastSeenS: number;
}

/** What both networks saw in one picture. */
export interface SignsInView {
  /** In the order of the probabilities. */
  readonly kinds: readonly string[];
  readonly sightings: readonly SignSighting[];
}

export class StreetSigns {
  readonly #tracker: Tracker;
  /** By track: the lamp last seen lit, and the number of sightings with a lit lamp. */
  readonly #lamps = new Map<number, { lamp: Lamp; times: number }>();
  /** By track, the least width seen, pixels. */
  readonly #least = new Map<number, number>();
  readonly #votes = new Map<number, SignVote>();
  #boxes: readonly Box[] = [];

  constructor(picture: PictureSize) {
    this.#tracker = new Tracker({ picture, groups: GROUPS, lostForS: LOST_S });
  }

  /** Boxes of confirmed signs and signals, for the preview. */
  get boxes(): readonly Box[] {
    return this.#boxes;
  }

  /**
   * @param objects what the object detector found: signals are among them
   * @returns those that have been passed
   */
  update(
    picture: Raster,
    objects: readonly Detection[],
    { kinds, sightings }: SignsInView,
    timeS: number,
  ): PassedSign[] {
    const signals = objects.flatMap((object) =>
      object.label === 'traffic light' ? [{ ...object, label: 'signal' }] : [],
    );
    const signs = sightings.map(({ box, score, group }) => ({ box, score, label: group }));
    const tracks = this.#tracker.update([...signals, ...signs], timeS);
    for (const { id, label, lost, observed } of tracks) {
      this.#least.set(id, Math.min(this.#least.get(id) ?? Infinity, widthOf(observed)));
      if (lost) continue;
      if (label === 'signal') {
        const lamp = lampOf(picture, observed);
        if (lamp) this.#lamps.set(id, { lamp, times: (this.#lamps.get(id)?.times ?? 0) + 1 });
      } else {
        const sighting = nearest(observed, sightings);
        const vote = this.#votes.get(id) ?? new SignVote(kinds);
        this.#votes.set(id, vote);
        if (sighting) vote.add(sighting);
      }
    }
    this.#boxes = tracks.filter((track) => !track.lost && this.#isBelieved(track)).map(({ box }) => box);
    return this.#passed();
  }

  /** The source has ended: what is still in view counts as passed. */
  finish(): PassedSign[] {
    this.#tracker.reset();
    this.#boxes = [];
    return this.#passed();
  }

  #passed(): PassedSign[] {
    return this.#tracker.ended().flatMap((track) => {
      const { id, label, lastSeenS } = track;
      const lamp = this.#lamps.get(id)?.lamp;
      const told = label === 'signal' ? 'signal' : this.#votes.get(id)?.told;
      const believed = this.#isBelieved(track);
      this.#lamps.delete(id);
      this.#least.delete(id);
      this.#votes.delete(id);
      if (!believed || !told) return [];
      return [{ kind: told, lastSeenS, ...(label === 'signal' && lamp && { lamp }) }];
    });
  }

  /** Detectors take many roadside objects for a signal; but a signal is always lit. */
  #isBelieved({ id, label, confirmed, named, hits, observed }: Track): boolean {
    if (!confirmed || !named) return false;
    if (label !== 'signal')
      return widthOf(observed) >= GROWS * this.#least.get(id)! && this.#votes.get(id)?.told !== undefined;
    return (this.#lamps.get(id)?.times ?? 0) >= LIT * hits;
  }
}

/** The sighting that lies where a track was just seen. */
function nearest(box: Box, sightings: readonly SignSighting[]): SignSighting | undefined {
  let best: SignSighting | undefined;
  let most = SAME;
  for (const sighting of sightings) {
    const overlap = iou(box, sighting.box);
    if (overlap >= most) [best, most] = [sighting, overlap];
  }
  return best;
}
