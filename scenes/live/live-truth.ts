/** The truth of a running scene: positions in the picture, and crossings of the visitor's lines. Pure. */
import { roundBox } from '../truth/boxes.ts';
import type { Vec2 } from '../truth/camera.ts';
import { countCrossings, crossingOf, inZone } from '../truth/crossings.ts';
import type { CountedKind, Counts } from '../truth/schema.ts';
import type { FrameTruth, LiveCrossing, LiveObject, Watched } from './contract.ts';
import type { Sighting } from './occlusion.ts';

export interface Seen extends Sighting {
  readonly kind: CountedKind;
  /** Where it stands, in pixels; null behind the lens. */
  readonly floor: Vec2 | null;
}

const NOTHING: Watched = { lines: [], zones: [], anchor: 'centre' };

export class LiveTruth {
  #watched = NOTHING;
  #frame = 0;
  #lastS = 0;
  #before = new Map<string, Vec2>();
  #counts: Record<string, Counts> = {};

  /** Lines that stay as they are keep their counts; a line that was moved begins anew. */
  watch(watched: Watched): void {
    const same = new Set(this.#watched.lines.map((line) => JSON.stringify(line)));
    const anchored = watched.anchor === this.#watched.anchor;
    this.#counts = Object.fromEntries(
      watched.lines.map((line) => {
        const kept = anchored && same.has(JSON.stringify(line)) ? this.#counts[line.id] : undefined;
        return [line.id, kept ?? {}];
      }),
    );
    if (!anchored) this.#before.clear();
    this.#watched = watched;
  }

  /** The view has jumped (camera moved, size changed, another hour): a jump is not a crossing. */
  cut(): void {
    this.#before.clear();
  }

  /**
   * @param seen all objects in the picture
   * @param atS time stamp of the picture in seconds
   */
  frame(seen: readonly Seen[], atS: number, width: number, height: number): FrameTruth {
    const { zones, anchor } = this.#watched;
    const now = new Map<string, Vec2>();
    const crossings: LiveCrossing[] = [];
    const occupancy: FrameTruth['occupancy'] = {};
    const present: FrameTruth['present'] = {};
    for (const one of seen) {
      if (one.seen) present[one.kind] = (present[one.kind] ?? 0) + 1;
      const { box, floor } = one;
      const at: Vec2 | null = anchor === 'ground' ? floor : [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      if (!at) continue;
      const place: Vec2 = [at[0] / width, at[1] / height];
      now.set(one.id, place);
      const before = this.#before.get(one.id);
      if (before) crossings.push(...this.#crossed(one, before, place, atS));
      for (const zone of zones)
        if (inZone(zone, place)) {
          const inside = (occupancy[zone.id] ??= {});
          inside[one.kind] = (inside[one.kind] ?? 0) + 1;
        }
    }
    this.#before = now;
    this.#lastS = atS;
    this.#add(crossings);
    return {
      type: 'frame',
      frame: this.#frame++,
      atS,
      width,
      height,
      objects: seen.map(rounded),
      present,
      occupancy,
      crossings,
      counts: structuredClone(this.#counts),
    };
  }

  #crossed({ id, kind }: Seen, before: Vec2, now: Vec2, atS: number): LiveCrossing[] {
    return this.#watched.lines.flatMap((line) => {
      const crossing = crossingOf(line.a, line.b, before, now);
      if (!crossing) return [];
      const at = this.#lastS + crossing.at * (atS - this.#lastS);
      const { direction } = crossing;
      return [{ line: line.id, id, kind, direction, atS: Math.round(at * 1000) / 1000 }];
    });
  }

  #add(crossings: readonly LiveCrossing[]): void {
    if (crossings.length === 0) return;
    const more = countCrossings(this.#watched.lines, crossings);
    for (const [line, kinds] of Object.entries(more))
      for (const [kind, { forward, backward }] of Object.entries(kinds)) {
        const ofKind = ((this.#counts[line] ??= {})[kind as CountedKind] ??= { forward: 0, backward: 0 });
        ofKind.forward += forward;
        ofKind.backward += backward;
      }
  }
}

const rounded = ({ id, kind, box, seen, occlusion }: Seen): LiveObject => ({
  id,
  kind,
  box: roundBox(box),
  seen: seen && roundBox(seen),
  occlusion: Math.round(occlusion * 1000) / 1000,
});
