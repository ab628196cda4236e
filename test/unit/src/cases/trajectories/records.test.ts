import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { TrajectoriesConfig, type FloorPoint, type OutRecord } from '../../../../../contract/index.ts';
import { tableFile } from '../../../../../src/cases/trajectories/export.ts';
import { TrajectoriesRecords, summarise } from '../../../../../src/cases/trajectories/records.svelte.ts';
import { curveOf, frameAround, scaleBar, widened } from '../../../../../src/cases/trajectories/plan.ts';
import { toTrajectories, TRAJECTORIES_SPEC } from '../../../../../src/cases/trajectories/session.svelte.ts';
import { EMPTY, setRole, type Drawing } from '../../../../../src/drawing/drawing.ts';
import { nameOf } from '../../../../../src/drawing/names.ts';
import { FILE_TEXT, tableOf } from '../files.ts';

const SQUARE: [number, number][] = [
  [0.1, 0.1],
  [0.4, 0.1],
  [0.4, 0.4],
];
const drawing: Drawing = {
  ...EMPTY,
  zones: [
    { id: 'in', name: '', points: SQUARE, role: 'entrance' },
    { id: 's1', name: '', points: SQUARE, role: 'shelf' },
    { id: 's2', name: '', points: SQUARE, role: 'shelf' },
    { id: 'z4', name: '', points: SQUARE },
  ],
};
const of = { case: 'trajectories' } as const;
const heat = (atS: number, ...cells: [number, number, number, number][]): OutRecord => ({
  ...of,
  type: 'heat',
  atS,
  cells,
});
const dwell = (zone: string, visits: number, meanS: number): OutRecord => ({
  ...of,
  type: 'dwell',
  atS: 5,
  zone,
  people: visits,
  visits,
  meanS,
});
const flow = (people: number, points: FloorPoint[], route = 0): OutRecord => ({
  ...of,
  type: 'flow',
  atS: 5,
  from: 'in',
  to: 's1',
  route,
  people,
  points,
});
const od = (trips: number): OutRecord => ({
  ...of,
  type: 'od',
  atS: 5,
  from: 'in',
  to: 's1',
  people: trips,
  trips,
});
const plan = (x: number): OutRecord => ({ ...of, type: 'plan', view: [[x, 0]], zones: [] });

function keptOf(...records: OutRecord[]): TrajectoriesRecords {
  const kept = new TrajectoriesRecords();
  kept.beginRun('file', 0);
  for (const record of records) kept.accept(record, 100);
  return kept;
}

describe('what is kept of flow lines', () => {
  it('adds up what comes in groups', () => {
    const kept = keptOf(dwell('s1', 3, 10), dwell('s1', 3, 20), dwell('s2', 4, 5), od(3), od(4));
    expect(kept.visitsOf('s1')).toMatchObject({ visits: 6, meanS: 15, minS: 10, maxS: 20 });
    expect(kept.visitsOf('in')).toBeUndefined();
    expect([kept.tripsOf('in', 's1'), kept.tripsOf('s1', 'in')]).toEqual([7, 0]);
  });

  it('weighs lines of one route by people, and keeps routes apart', () => {
    const [low, high] = [
      [
        [0, 0],
        [10, 0],
      ],
      [
        [0, 4],
        [10, 4],
      ],
    ] as [FloorPoint[], FloorPoint[]];
    const kept = keptOf(flow(3, low), flow(1, high), flow(5, high, 1));
    expect(kept.flows).toMatchObject([
      {
        people: 4,
        points: [
          [0, 1],
          [10, 1],
        ],
      },
      { people: 5, route: 1 },
    ]);
  });

  it.each([
    { says: 'now', later: 0, half: 60, seconds: 8 },
    { says: 'after a half-life', later: 60, half: 60, seconds: 4 },
    { says: 'after three', later: 180, half: 60, seconds: 1 },
    { says: 'whenever, if nothing fades', later: 9000, half: Infinity, seconds: 8 },
  ])('has heat $says', ({ later, half, seconds }) => {
    const kept = keptOf(heat(10, [1, 2, 3, 8]));
    expect(kept.heatAt(10 + later, half)).toEqual([{ column: 1, row: 2, seconds }]);
  });

  it('knows who is there now only as the camera told it', () => {
    const kept = keptOf({ ...of, type: 'presence', atS: 5, k: 3, zones: [{ zone: 's1', atLeast: 6 }] });
    expect([kept.presentIn('s1'), kept.presentIn('s2')]).toEqual([6, 0]);
    expect(kept.empty).toBe(true);
  });

  it('knows how many more are waited for only as the camera told it, and forgets it with the rest', () => {
    const kept = keptOf({ ...of, type: 'held', atS: 5, zones: [{ zone: 's1', more: 2 }], cell: 1 });
    expect([kept.missingIn('s1'), kept.missingIn('s2'), kept.held?.cell]).toEqual([2, undefined, 1]);
    expect(kept.empty).toBe(true);
    kept.reset();
    expect([kept.missingIn('s1'), kept.held]).toEqual([undefined, undefined]);
  });

  it('forgets what lies on another floor, and not when the same plan comes again', () => {
    const kept = keptOf(plan(1), heat(10, [1, 2, 3, 8]), plan(1));
    expect(kept.empty).toBe(false);
    kept.accept(plan(2), 10);
    expect(kept.empty).toBe(true);
  });

  it('is all gone after a reset, but the plan of the floor', () => {
    const kept = keptOf(
      plan(1),
      heat(10, [1, 2, 3, 8]),
      dwell('s1', 3, 10),
      od(3),
      flow(3, [
        [0, 0],
        [1, 1],
      ]),
    );
    kept.reset();
    expect([kept.empty, kept.tripsOf('in', 's1'), kept.plan?.view]).toEqual([true, 0, [[1, 0]]]);
  });

  it('takes the median of groups by their visits', () => {
    const groups = [
      { people: 3, visits: 3, meanS: 30 },
      { people: 3, visits: 10, meanS: 4 },
      { people: 3, visits: 3, meanS: 20 },
    ];
    expect(summarise(groups)).toMatchObject({ visits: 16, medianS: 4, minS: 4, maxS: 30 });
  });
});

describe('zones with roles', () => {
  it('are called by them, with numbers where there are several', () => {
    const name = (id: string) => nameOf(drawing, { group: 'zones', id });
    expect(['in', 's1', 's2', 'z4'].map(name)).toEqual(['Entrance', 'Shelf 1', 'Shelf 2', 'Zone 1']);
    expect(
      nameOf({ ...drawing, zones: [{ ...drawing.zones[0]!, name: 'Door' }] }, { group: 'zones', id: 'in' }),
    ).toBe('Door');
  });

  it('get another role by choice, the others keep theirs', () => {
    const changed = setRole(drawing, 's2', 'till');
    expect(changed.zones.map(({ role }) => role)).toEqual(['entrance', 'shelf', 'till', undefined]);
  });

  it('go to the camera without names, and with a role each', () => {
    const config = v.parse(TrajectoriesConfig, toTrajectories(drawing));
    expect(config.zones.map(({ role }) => role)).toEqual(['entrance', 'shelf', 'shelf', 'other']);
    expect(JSON.stringify(config)).not.toContain('name');
    expect(config.calibration).toBeUndefined();
  });

  it('come from the sample as it says', () => {
    const sample = v.parse(TRAJECTORIES_SPEC.sample, {
      id: 'trajectories',
      file: 'x.mp4',
      width: 960,
      height: 540,
      zones: [{ id: 'a', points: SQUARE, role: 'till' }],
    });
    expect(TRAJECTORIES_SPEC.preset(sample).zones).toEqual([
      { id: 'a', name: '', points: SQUARE, role: 'till' },
    ]);
  });
});

describe('the floor on the screen', () => {
  it('has the far end above', () => {
    const frame = frameAround([
      [0, 0],
      [4, 10],
    ])!;
    expect(frame).toEqual({ x: -0.75, y: -10.75, width: 5.5, height: 11.5 });
    expect(frameAround([])).toBeUndefined();
  });

  it.each([0.5, 1, 2])('fills a place of shape %s', (aspect) => {
    const { width, height } = widened({ x: 0, y: 0, width: 4, height: 10 }, aspect);
    expect(width / height).toBeCloseTo(aspect, 9);
    expect(Math.min(width / 4, height / 10)).toBeCloseTo(1, 9);
  });

  it.each([
    { width: 10, bar: 2 },
    { width: 4, bar: 1 },
    { width: 90, bar: 20 },
    { width: 1.9, bar: 0.2 },
  ])('has a scale of a round length for $width m', ({ width, bar }) => {
    expect(scaleBar(width)).toBeCloseTo(bar, 9);
  });

  it('draws lines from their first point to their last', () => {
    const curve = curveOf([
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
    expect(curve.startsWith('M0,0')).toBe(true);
    expect(curve.endsWith('L2,0')).toBe(true);
    expect(curveOf([])).toBe('');
  });
});

describe('files', () => {
  const context = {
    kept: keptOf(
      dwell('s1', 3, 10),
      od(3),
      flow(3, [
        [0, 0],
        [1, 1],
      ]),
      heat(10, [1, 2, 3, 8.04]),
    ),
    drawing,
    k: 3,
    everyS: 5,
    now: 0,
    text: FILE_TEXT,
  };

  it('say first what they are, and from how many people on', () => {
    expect(JSON.parse(tableFile('json', context).content)).toMatchObject({
      dataset: { name: 'incam-trajectories', title: 'T', creator: 'C' },
      resource: { title: 'T', description: 'D', url: 'U', license: 'L', language: 'en' },
      configuration: { k: 3, everyS: 5, cellM: 0.5 },
    });
  });

  it('have one row for each sum', () => {
    expect(tableOf(tableFile('csv', context).content)).toEqual([
      'kind,zone,to_zone,route,people,times,mean_s,x_m,y_m',
      'visits,s1,,,3,3,10,,',
      'trips,in,s1,,,3,,,',
      'flow,in,s1,0,3,,,0,0',
      'flow,in,s1,0,3,,,1,1',
      'heat,,,,,8,,0.5,1',
    ]);
    expect(JSON.parse(tableFile('json', context).content)).toMatchObject({
      trips: [{ from: 'in', to: 's1', trips: 3 }],
    });
  });
});
