/**
 * Signs and signals, each reported once: tracked while they come nearer, confirmed after several sightings, reported
 * after they left the view.
 */
import type { Lamp, SignKind } from '../../../../contract/index.ts';
import { widthOf } from '../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../vision/geometry/detection.ts';
import type { Raster } from '../../vision/image/raster.ts';
import { lampOf } from './vision/lamps.ts';
import { isRedInside, RED_SIGNS, readRedSigns } from './vision/red-signs.ts';
import type { PictureSize, Track } from '../../vision/tracking/track.ts';
import { Tracker } from '../../vision/tracking/tracker.ts';

/** The object detector's classes for them. */
const DETECTED: ReadonlyMap<string, SignKind> = new Map([
  ['traffic light', 'signal'],
  ['stop sign', 'stop'],
]);
/** Labels that one track may mix: a red sign may be read differently from afar; a signal is never one. */
const GROUPS = [['signal'], RED_SIGNS];
/** Time before a missed track ends, seconds: small objects are missed for longer, and they do not move. */
const LOST_S = 2;

/**
 * Minimum growth of a red sign along its track: a passed sign comes nearer; an object that never grew by this factor is
 * not a sign.
 */
const GROWS = 1.25;
/** Minimum share of a signal's sightings with a lit lamp. */
const LIT = 0.4;

export interface PassedSign {
  readonly kind: SignKind;
  readonly lamp?: Lamp;
  readonly lastSeenS: number;
}

export class StreetSigns {
  readonly #tracker: Tracker;
  /** By track: the lamp last seen lit, and the number of sightings with a lit lamp. */
  readonly #lamps = new Map<number, { lamp: Lamp; times: number }>();
  /** By track, the least width seen, pixels. */
  readonly #least = new Map<number, number>();
  #boxes: readonly Box[] = [];

  constructor(picture: PictureSize) {
    this.#tracker = new Tracker({ picture, groups: GROUPS, lostForS: LOST_S });
  }

  /** Boxes of confirmed signs and signals, for the preview. */
  get boxes(): readonly Box[] {
    return this.#boxes;
  }

  /**
   * @param objects what the object detector found
   * @returns those that have been passed
   */
  update(picture: Raster, objects: readonly Detection[], timeS: number): PassedSign[] {
    const known = objects.flatMap((object) => {
      const label = DETECTED.get(object.label);
      const isMistaken = label === 'stop' && !isRedInside(picture, object.box);
      return label && !isMistaken ? [{ ...object, label }] : [];
    });
    const tracks = this.#tracker.update([...known, ...readRedSigns(picture)], timeS);
    for (const { id, label, lost, observed } of tracks) {
      this.#least.set(id, Math.min(this.#least.get(id) ?? Infinity, widthOf(observed)));
      if (lost || label !== 'signal') continue;
      const lamp = lampOf(picture, observed);
      if (lamp) this.#lamps.set(id, { lamp, times: (this.#lamps.get(id)?.times ?? 0) + 1 });
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
      const lamp = this.#lamps.get(track.id)?.lamp;
      const believed = this.#isBelieved(track);
      this.#lamps.delete(track.id);
      this.#least.delete(track.id);
      if (!believed) return [];
      const { label, lastSeenS } = track;
      return [{ kind: label as SignKind, lastSeenS, ...(label === 'signal' && lamp && { lamp }) }];
    });
  }

  /** Detectors take many roadside objects for a signal; but a signal is always lit. */
  #isBelieved({ id, label, confirmed, named, hits, observed }: Track): boolean {
    // Drops tracks without a confident sighting: of faint stop signs on German roads, three in five are other signs.
    if (!confirmed || !named) return false;
    if (label !== 'signal') return widthOf(observed) >= GROWS * this.#least.get(id)!;
    return (this.#lamps.get(id)?.times ?? 0) >= LIT * hits;
  }
}
