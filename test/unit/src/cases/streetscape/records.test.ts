import { describe, expect, it } from 'vitest';
import type { OutRecord } from '../../../../../contract/index.ts';
import { StreetscapeConfig } from '../../../../../contract/index.ts';
import { toBundle, type BundleContext, type Feature } from '../../../../../src/cases/streetscape/bundle.ts';
import { FACE_PIXELS, facePixels, verdictOf } from '../../../../../src/cases/streetscape/face-bound.ts';
import { StreetscapeRecords } from '../../../../../src/cases/streetscape/records.svelte.ts';
import { clipTime, distanceM, placeAt, type Fix } from '../../../../../src/cases/streetscape/places.ts';
import { DevicePosition } from '../../../../../src/cases/streetscape/position.svelte.ts';
import { DEFAULT_SENSOR_WIDTH } from '../../../../../src/cases/streetscape/session.svelte.ts';
import { stripOf } from '../../../../../src/cases/streetscape/strip.ts';
import * as v from 'valibot';

const CASE = { case: 'streetscape' } as const;
const sign = (kind: 'stop' | 'limit-40', atS: number): OutRecord => ({ type: 'sign', ...CASE, kind, atS });
const road = (state: 'free' | 'jammed', atS: number): OutRecord => ({
  type: 'road',
  ...CASE,
  state,
  vehicles: { car: 2 },
  atS,
});
const picture = (atS: number): OutRecord => ({
  type: 'picture',
  ...CASE,
  atS,
  width: 384,
  height: 216,
  icons: 2,
  mime: 'image/webp',
  base64: 'QUJD'.repeat(50),
});

/** Eastwards, ten metres a second. */
const TRACK: Fix[] = Array.from({ length: 11 }, (_, i) => ({
  atS: i,
  lat: 35.66,
  lon: 139.66 + (i * 10) / (111_320 * Math.cos((35.66 * Math.PI) / 180)),
}));
const START = Date.UTC(2026, 0, 2, 3, 4, 5);

function kept(records: OutRecord[], fixes: readonly Fix[] = TRACK, durationS = 10): StreetscapeRecords {
  const street = new StreetscapeRecords();
  street.beginRun('sample', START);
  street.locate = (atS) => placeAt(fixes, clipTime(atS, durationS));
  for (const record of records) street.accept(record, 100);
  return street;
}

describe('the largest face', () => {
  it.each([
    {
      says: 'a right angle of view puts f at half the width',
      sensorWidth: 400,
      fovDeg: 90,
      nearestM: 2,
      expected: 16,
    },
    { says: 'twice as near, twice as large', sensorWidth: 400, fovDeg: 90, nearestM: 1, expected: 32 },
    { says: 'half the resolution, half as large', sensorWidth: 200, fovDeg: 90, nearestM: 1, expected: 16 },
  ])('$says', ({ expected, ...optics }) => {
    expect(facePixels(optics)).toBeCloseTo(expected, 6);
  });

  it.each([
    { pixels: 19.9, expected: 'below' },
    { pixels: 20, expected: 'recognisable' },
    { pixels: 40, expected: 'identifiable' },
  ])('$pixels pixels are $expected', ({ pixels, expected }) => {
    expect(verdictOf(pixels)).toBe(expected);
  });

  it('cannot be recognised at the default resolution, as the page opens', () => {
    const pixels = facePixels({ sensorWidth: DEFAULT_SENSOR_WIDTH, fovDeg: 77, nearestM: 2 });
    expect(pixels).toBeLessThan(FACE_PIXELS.recognise);
    expect(v.is(StreetscapeConfig, { ...CASE, sensorWidth: DEFAULT_SENSOR_WIDTH })).toBe(true);
  });
});

describe('a place', () => {
  it.each([
    { says: 'between two fixes', atS: 2.5, east: 25 },
    { says: 'at a fix', atS: 4, east: 40 },
    { says: 'shortly after the last', atS: 12, east: 100 },
  ])('$says', ({ atS, east }) => {
    expect(distanceM(placeAt(TRACK, atS)!, TRACK[0]!)).toBeCloseTo(east, 1);
  });

  it.each([
    { says: 'long after the last fix', fixes: TRACK, atS: 16 },
    { says: 'long before the first', fixes: TRACK.slice(8), atS: 2 },
    { says: 'in the middle of a long gap', fixes: [TRACK[0]!, { ...TRACK[1]!, atS: 60 }], atS: 30 },
    { says: 'without any fix', fixes: [], atS: 0 },
  ])('is unknown $says', ({ fixes, atS }) => {
    expect(placeAt(fixes, atS)).toBeUndefined();
  });

  it('is that of the clip again when the clip begins again', () => {
    expect(clipTime(12, 10)).toBe(2);
    expect(clipTime(10, 10)).toBe(10);
  });
});

describe('the map strip', () => {
  it('runs from left to right whatever way was driven, and knows where north is', () => {
    const north: Fix[] = TRACK.map(({ atS }) => ({ atS, lat: 35.66 + atS * 1e-4, lon: 139.66 }));
    for (const [fixes, northDeg] of [
      [TRACK, 0],
      [north, 90],
    ] as const) {
      const strip = stripOf(fixes)!;
      const [first, last] = [strip.project(fixes[0]!), strip.project(fixes.at(-1)!)];
      expect(last[0]).toBeGreaterThan(first[0] + 300);
      expect(last[1]).toBeCloseTo(first[1], 3);
      expect(strip.northDeg).toBeCloseTo(northDeg, 3);
    }
    expect(stripOf([])).toBeUndefined();
  });

  it('has a bar of a round length at its own scale', () => {
    const strip = stripOf(TRACK)!;
    const metre = (strip.project(TRACK[10]!)[0] - strip.project(TRACK[0]!)[0]) / 100;
    expect(strip.bar.length / strip.bar.metres).toBeCloseTo(metre, 2);
    expect([1, 2, 5, 10, 20, 50]).toContain(strip.bar.metres);
  });
});

describe('what is kept', () => {
  it('has time and place, without the camera having known the place', () => {
    const { signs, roads, pictures } = kept([sign('stop', 3), road('free', 4), picture(5)]);
    expect(signs[0]).toMatchObject({ kind: 'stop', timeS: 3, times: 1 });
    expect(distanceM(signs[0]!.place!, TRACK[3]!)).toBeLessThan(0.1);
    expect(distanceM(roads[0]!.place!, TRACK[4]!)).toBeLessThan(0.1);
    expect(pictures[0]!.url).toMatch(/^data:image\/webp;base64,QUJD/);
  });

  it('counts what is passed again at the same place, and keeps others apart', () => {
    const { signs } = kept([sign('stop', 3), sign('limit-40', 3), sign('stop', 9), sign('stop', 43)]);
    expect(signs.map(({ kind, times, timeS }) => [kind, times, timeS])).toEqual([
      ['limit-40', 1, 3],
      ['stop', 1, 9],
      ['stop', 2, 43],
    ]);
  });

  it('keeps a fact of unknown place without one, and never merges it', () => {
    const { signs } = kept([sign('stop', 3), sign('stop', 50)], []);
    expect(signs.map(({ place, times }) => [place, times])).toEqual([
      [undefined, 1],
      [undefined, 1],
    ]);
  });

  it('counts pictures that were withheld, by reason', () => {
    const street = kept([
      { type: 'withheld', ...CASE, reason: 'dark', atS: 1 },
      { type: 'withheld', ...CASE, reason: 'crowded', atS: 5 },
      { type: 'withheld', ...CASE, reason: 'dark', atS: 9 },
    ]);
    expect(street.withheld).toEqual({ dark: 2, crowded: 1 });
    expect(street.withheldCount).toBe(3);
    expect(street.empty).toBe(true);
  });

  it('holds no more than so many pictures; slips hold none', () => {
    const street = kept(Array.from({ length: 63 }, (_, i) => picture(i)));
    expect([street.pictures.length, street.dropped]).toEqual([60, 3]);
    for (const { record } of street.slips) expect(JSON.stringify(record).length).toBeLessThan(250);
  });

  it('is destroyed as soon as it was handed over; what comes later is kept anew', () => {
    const street = kept([sign('stop', 3), road('free', 4), picture(5)]);
    street.handedOver(START);
    expect(street.empty).toBe(true);
    expect(street.slips).toEqual([]);
    expect(street.picture).toBeUndefined();
    expect(street.lastHandOver).toEqual({ signs: 1, roads: 1, pictures: 1, at: START });
    street.accept(sign('stop', 6), 100);
    expect(street.signs).toHaveLength(1);
  });
});

describe('the bundle for the map maker', () => {
  const context = (street: StreetscapeRecords): BundleContext => ({
    kept: street,
    now: START,
    sensorWidth: 384,
    face: { pixels: 19.3, fovDeg: 77, nearestM: 2 },
    places: 'sample',
    text: {
      title: 't',
      description: 'd',
      quality: 'q',
      creator: 'c',
      url: 'u',
      licence: 'l',
      language: 'ja',
    },
  });
  const read = (street: StreetscapeRecords) => JSON.parse(toBundle(context(street)));
  const isPosition = (p: unknown) =>
    Array.isArray(p) && p.length === 2 && Math.abs(p[0]) <= 180 && Math.abs(p[1]) <= 90;

  it('is GeoJSON (RFC 7946), with places as longitude and latitude', () => {
    const records = [
      sign('stop', 3),
      road('free', 1),
      road('free', 4),
      road('jammed', 6),
      road('jammed', 8),
      picture(5),
    ];
    const { type, features } = read(kept(records)) as { type: string; features: Feature[] };
    expect(type).toBe('FeatureCollection');
    for (const feature of features) {
      expect(Object.keys(feature).sort()).toEqual(['geometry', 'properties', 'type']);
      expect(feature.type).toBe('Feature');
      const { geometry } = feature;
      if (geometry?.type === 'Point') expect(isPosition(geometry.coordinates)).toBe(true);
      if (geometry?.type === 'LineString') {
        expect(geometry.coordinates.length).toBeGreaterThan(1);
        expect(geometry.coordinates.every(isPosition)).toBe(true);
      }
    }
    expect(features.map(({ geometry, properties }) => [properties['fact'], geometry?.type])).toEqual([
      ['sign', 'Point'],
      ['road', 'LineString'],
      ['road', 'LineString'],
      ['picture', 'Point'],
    ]);
    expect(features[0]!.properties).toMatchObject({ kind: 'stop', time: '2026-01-02T03:04:00Z' });
    expect(features[1]!.properties).toMatchObject({
      state: 'free',
      maxVehicles: 2,
      until: '2026-01-02T03:04:00Z',
    });
    expect((features[0]!.geometry as { coordinates: number[] }).coordinates[0]).toBeGreaterThan(139);
  });

  it('has features without geometry where the place is unknown', () => {
    const { features } = read(kept([sign('stop', 3), road('free', 4), picture(5)], [])) as {
      features: Feature[];
    };
    expect(features.map(({ geometry }) => geometry)).toEqual([null, null, null]);
  });

  it('carries the catalogue entry, the bound on faces, what was withheld, and its own size', () => {
    const street = kept([sign('stop', 3), { type: 'withheld', ...CASE, reason: 'dark', atS: 1 }]);
    const content = toBundle(context(street));
    const { catalogue } = JSON.parse(content);
    expect(Object.keys(catalogue.dataset)).toEqual(['name', 'title', 'creator', 'tags', 'releaseDate']);
    expect(Object.keys(catalogue.resource)).toEqual([
      'title',
      'url',
      'description',
      'fileSize',
      'license',
      'language',
    ]);
    expect(catalogue.resource.fileSize).toBe(new TextEncoder().encode(content).length);
    expect(catalogue).toMatchObject({ sensorWidth: 384, withheldPictures: { dark: 1 }, places: 'sample' });
  });
});

describe('the position of this device', () => {
  function device() {
    let ok: PositionCallback = () => {};
    let fail: PositionErrorCallback = () => {};
    const cleared: number[] = [];
    const geolocation = {
      watchPosition: (success: PositionCallback, error: PositionErrorCallback) => {
        [ok, fail] = [success, error];
        return 7;
      },
      clearWatch: (id: number) => void cleared.push(id),
    } as unknown as Geolocation;
    const position = new DevicePosition(() => START, geolocation);
    return {
      position,
      cleared,
      fix: (atMs: number) =>
        ok({ coords: { latitude: 35, longitude: 139 }, timestamp: START + atMs } as GeolocationPosition),
      refuse: (code: number) => fail({ code, PERMISSION_DENIED: 1 } as GeolocationPositionError),
    };
  }

  it('is counted from the start of the run, and forgotten when it is no longer wished', () => {
    const { position, fix, cleared } = device();
    position.start();
    expect(position.state).toBe('waiting');
    fix(1500);
    expect([position.state, position.fixes]).toEqual(['on', [{ atS: 1.5, lat: 35, lon: 139 }]]);
    position.stop();
    expect([position.state, position.fixes, cleared]).toEqual(['off', [], [7]]);
  });

  it.each([
    { says: 'refused', code: 1, expected: 'denied' },
    { says: 'not to be had', code: 2, expected: 'unavailable' },
  ])('says when it is $says, and can be tried again', ({ code, expected }) => {
    const { position, refuse, cleared } = device();
    position.start();
    refuse(code);
    expect([position.state, cleared]).toEqual([expected, [7]]);
    position.start();
    expect(position.state).toBe('waiting');
  });

  it('is unavailable where the browser knows none', () => {
    const position = new DevicePosition(() => START, undefined);
    position.start();
    expect(position.state).toBe('unavailable');
  });
});
