import { describe, expect, it } from 'vitest';
import type { CrowdRecord, OutRecordOf } from '../../../../../contract/index.ts';
import { tableFile } from '../../../../../src/cases/crowding/export.ts';
import { CrowdingRecords } from '../../../../../src/cases/crowding/records.svelte.ts';
import { seriesOf } from '../../../../../src/cases/crowding/series.ts';
import {
  CROWDING_SPEC,
  CrowdingSession,
  toCrowding,
} from '../../../../../src/cases/crowding/session.svelte.ts';
import { EMPTY } from '../../../../../src/drawing/drawing.ts';
import { FILE_TEXT, tableOf } from '../files.ts';

const crowd = (part: Partial<CrowdRecord> = {}): CrowdRecord => ({
  ...{
    type: 'crowd',
    case: 'crowding',
    atS: 1,
    standing: 2,
    moving: 3,
    background: 'captured',
    closerLooks: 0,
  },
  ...part,
});
const picture = (part: Partial<OutRecordOf<'picture'>> = {}): OutRecordOf<'picture'> => ({
  ...{ type: 'picture', case: 'crowding', atS: 1, width: 4, height: 3, icons: 5, mime: 'image/png' },
  base64: 'A'.repeat(400),
  ...part,
});

function keptOf(...records: (CrowdRecord | OutRecordOf<'picture'>)[]): CrowdingRecords {
  const kept = new CrowdingRecords();
  kept.beginRun('sample', 0);
  for (const record of records) kept.accept(record, 100);
  return kept;
}

describe('what case 6 keeps', () => {
  it('is one picture: the newer takes the place of the older, everywhere', () => {
    const old = 'OLD'.repeat(100);
    const kept = keptOf(picture({ base64: old }), crowd(), picture({ atS: 4, base64: 'NEW' }));
    expect(kept.picture).toMatchObject({ url: 'data:image/png;base64,NEW', icons: 5, timeS: 4 });
    expect(kept.pictures).toBe(2);
    expect(JSON.stringify([kept.picture, kept.slips, kept.figures])).not.toContain(old);
  });

  it('knows how old the picture is', () => {
    expect(keptOf(picture({ atS: 2 }), crowd({ atS: 5 })).pictureAgeS).toBe(3);
    expect(keptOf(crowd()).pictureAgeS).toBeUndefined();
  });

  it('is the figures of every second, the latest at hand', () => {
    const kept = keptOf(crowd(), crowd({ atS: 2, standing: 7 }));
    expect(kept.figures).toHaveLength(2);
    expect(kept.latest?.standing).toBe(7);
  });

  it('is forgotten on reset', () => {
    const kept = keptOf(crowd(), picture());
    expect(kept.empty).toBe(false);
    kept.reset();
    expect([kept.empty, kept.picture, kept.figures, kept.slips, kept.pictures]).toEqual([
      true,
      undefined,
      [],
      [],
      0,
    ]);
  });

  it('takes no figures before any run', () => {
    expect(() => new CrowdingRecords().accept(crowd(), 1)).toThrow('before any run');
  });
});

describe('figures over time', () => {
  it('are means of stretches, whole people', () => {
    const kept = keptOf(
      crowd({ atS: 0, standing: 2 }),
      crowd({ atS: 1, standing: 4 }),
      crowd({ atS: 2, standing: 9 }),
    );
    expect(seriesOf(kept.figures, 3)).toMatchObject({
      stretchS: 2,
      startsS: [0, 2],
      standing: [3, 9],
      moving: [3, 3],
    });
  });

  it('carry on where a second was skipped', () => {
    const kept = keptOf(crowd({ atS: 0, standing: 2 }), crowd({ atS: 5, standing: 4 }));
    expect(seriesOf(kept.figures, 5).standing).toEqual([2, 2, 4]);
  });

  it('use longer stretches the longer it goes on', () => {
    const kept = keptOf(crowd({ atS: 0 }), crowd({ atS: 3600 }));
    const { stretchS, startsS } = seriesOf(kept.figures, 3600);
    expect(stretchS).toBe(300);
    expect(startsS.length).toBeLessThanOrEqual(60);
  });
});

const ZONE = {
  id: 'z1',
  name: '',
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
  ] as [number, number][],
};

describe('what the camera is told', () => {
  it.each([
    { says: 'nothing is drawn', drawing: EMPTY, sample: undefined, has: { everyS: 3, facility: 'walkway' } },
    {
      says: 'an area',
      drawing: { ...EMPTY, zones: [ZONE] },
      sample: undefined,
      has: { area: { id: 'z1', points: ZONE.points } },
    },
    {
      says: 'the sample has a background of its own',
      drawing: EMPTY,
      sample: {
        id: 'crowding',
        file: 'c.mp4',
        width: 4,
        height: 3,
        zones: [],
        background: 'crowding.background.png',
      },
      has: { background: 'samples/crowding.background.png' },
    },
  ])('when $says', ({ drawing, sample, has }) => {
    expect(toCrowding(drawing, sample)).toMatchObject({ case: 'crowding', ...has });
  });

  it('what the operator sets goes with it, and nonsense is passed over', async () => {
    const session = new CrowdingSession();
    await session.setFacility('queue');
    await session.setLimit(40);
    for (const nonsense of [0, -3, 2.5, Number.NaN, 1e9]) await session.setLimit(nonsense);
    expect(session.config).toMatchObject({ facility: 'queue', limit: 40 });
    await session.setLimit(undefined);
    expect(session.config).not.toHaveProperty('limit');
  });

  it('the sample brings its area and its floor', () => {
    const sample = {
      id: 'crowding',
      file: 'c.mp4',
      width: 4,
      height: 3,
      zones: [{ id: 'z1', points: ZONE.points }],
    };
    expect(CROWDING_SPEC.preset(sample).zones).toEqual([ZONE]);
  });
});

describe('files of case 6', () => {
  const context = {
    kept: keptOf(crowd({ density: 0.2, level: 'a', trend: 'up' }), picture({ base64: 'PIXELS' })),
    drawing: { ...EMPTY, zones: [ZONE] },
    facility: 'walkway',
    now: 0,
    text: FILE_TEXT,
  };

  it('have a row a second below the catalogue, and no picture', () => {
    const csv = tableFile('csv', context).content;
    expect(csv).toContain('# dataset.name,incam-crowding');
    expect(tableOf(csv).at(-1)).toBe('1,1970-01-01T00:00:00Z,1,2,3,0.2,a,up,,');
    expect(csv + tableFile('json', context).content).not.toContain('PIXELS');
  });

  it('are the same as JSON', () => {
    const json = JSON.parse(tableFile('json', context).content);
    expect(json).toMatchObject({ quality: 'Q', configuration: { facility: 'walkway' } });
    expect(json.figures).toEqual([{ run: 1, ...crowd({ density: 0.2, level: 'a', trend: 'up' }) }]);
  });

  it('are named by case and time', () =>
    expect(tableFile('csv', context).name).toMatch(/^incam-crowding-\d{8}-\d{6}\.csv$/));
});
