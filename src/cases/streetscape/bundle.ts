/**
 * What is handed to the map maker: one GeoJSON file (RFC 7946) with signs and pictures as points, stretches of road as
 * lines, and the catalogue entry as a foreign member (data set: name, title, creator, tags, release date; resource: title,
 * URL, description, file size, licence, language).
 */
import { minuteStamp } from '../shared/stamps.ts';
import { sized } from '../shared/sized.ts';
import { stampedName } from '../shared/tables.ts';
import type { StreetscapeRecords, RoadFact } from './records.svelte.ts';
import type { Place } from './places.ts';

export interface BundleContext {
  readonly kept: StreetscapeRecords;
  /** Wall clock of the hand-over, milliseconds since 1970. */
  readonly now: number;
  readonly sensorWidth: number;
  /** Largest width of a face, pixels, and the assumptions it rests on. */
  readonly face: { readonly pixels: number; readonly fovDeg: number; readonly nearestM: number };
  readonly places: 'sample' | 'device' | undefined;
  /** Texts of the reader's language. */
  readonly text: {
    readonly title: string;
    readonly description: string;
    readonly quality: string;
    readonly creator: string;
    readonly url: string;
    readonly licence: string;
    readonly language: string;
  };
}

type Position = [lon: number, lat: number];
export type Geometry =
  { type: 'Point'; coordinates: Position } | { type: 'LineString'; coordinates: Position[] } | null;

export interface Feature {
  readonly type: 'Feature';
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** @returns the file's content; its size is part of it */
export function toBundle(context: BundleContext): string {
  const { kept } = context;
  const features = [...signs(kept), ...stretches(kept.roads), ...pictures(kept)];
  return sized(
    (fileSize) =>
      JSON.stringify(
        { type: 'FeatureCollection', catalogue: catalogue(context, fileSize), features },
        null,
        1,
      ) + '\n',
  );
}

function catalogue({ kept, now, sensorWidth, face, places, text }: BundleContext, fileSize: number) {
  return {
    dataset: {
      name: 'incam-streetscape',
      title: text.title,
      creator: text.creator || null,
      tags: ['streetscape', 'traffic-signs', 'road-state', 'in-camera'],
      releaseDate: new Date(now).toISOString(),
    },
    resource: {
      title: text.title,
      url: text.url || null,
      description: text.description,
      fileSize,
      license: text.licence || null,
      language: text.language,
    },
    quality: text.quality,
    sensorWidth,
    largestFace: face,
    places: places ?? null,
    withheldPictures: kept.withheld,
  };
}

const position = ({ lat, lon }: Place): Position => [lon, lat];
const point = (place: Place | undefined): Geometry =>
  place ? { type: 'Point', coordinates: position(place) } : null;

interface When {
  readonly run: { readonly startedAt: number; readonly source: string };
  readonly atS: number;
}
const when = ({ run, atS }: When) => ({
  time: minuteStamp(run.startedAt + atS * 1000),
  source: run.source,
});

const signs = (kept: StreetscapeRecords): Feature[] =>
  kept.signs.map((sign) => ({
    type: 'Feature',
    geometry: point(sign.place),
    properties: {
      fact: 'sign',
      kind: sign.kind,
      ...(sign.lamp && { lamp: sign.lamp }),
      times: sign.times,
      ...when(sign),
    },
  }));

const pictures = (kept: StreetscapeRecords): Feature[] =>
  kept.pictures.map(({ url, width, height, icons, ...where }) => ({
    type: 'Feature',
    geometry: point(where.place),
    properties: { fact: 'picture', width, height, icons, ...when(where), picture: url },
  }));

/** One line for each stretch of the same state; it ends where the next begins. */
function stretches(roads: readonly RoadFact[]): Feature[] {
  const found: Feature[] = [];
  for (let i = 0; i < roads.length;) {
    const first = roads[i]!;
    let end = i + 1;
    while (roads[end]?.state === first.state && roads[end]?.run === first.run) end++;
    const next = roads[end];
    const along = roads.slice(i, next?.run === first.run ? end + 1 : end);
    const last = along.at(-1)!;
    const max = Math.max(...along.map(({ vehicles }) => total(vehicles)));
    found.push({
      type: 'Feature',
      geometry: line(along.flatMap(({ place }) => place ?? [])),
      properties: {
        fact: 'road',
        state: first.state,
        maxVehicles: max,
        ...when(first),
        until: when(last).time,
      },
    });
    i = end;
  }
  return found;
}

const total = (vehicles: RoadFact['vehicles']) =>
  Object.values(vehicles).reduce((sum: number, n) => sum + (n ?? 0), 0);

function line(places: readonly Place[]): Geometry {
  const [first, ...rest] = places;
  if (!first) return null;
  if (rest.length === 0) return point(first);
  return { type: 'LineString', coordinates: [first, ...rest].map(position) };
}

export const fileName = (now: number): string => stampedName('incam-streetscape', 'geojson', now);
