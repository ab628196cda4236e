/** An invented data set for tests of packages. */
import { real, RUN_FIELDS, text, type DataSet } from '../../../../src/cases/shared/data-set.ts';

export const SET: DataSet = {
  case: 'counting',
  name: 'incam-counting',
  title: '通過記録',
  description: '線を通過した数。"引用", 改行\nあり',
  creator: '株式会社みほん',
  tags: ['counting', 'in-camera'],
  releaseDate: '2026-12-01T00:00:00.000Z',
  url: 'https://data.example/incam-counting/',
  licence: 'CC BY 4.0',
  language: 'ja',
  retention: '365日',
  quality: {
    description: '数え漏れがありえます',
    figures: [{ name: 'error', value: 0.05, source: 'npm run eval' }],
  },
  undeliverable: 'お知らせします',
  period: { from: '2026-11-30T00:00:00.000Z', to: '2026-11-30T01:00:00.000Z' },
  place: { lat: 35.681, lon: 139.767 },
  tables: [
    {
      name: 'crossings',
      columns: [...RUN_FIELDS, real('time_s', 'Seconds'), text('line', 'Line'), real('speed_kmh', 'Speed')],
      rows: [
        [1, '2026-11-30T00:00:00.000Z', 1.5, '=HYPERLINK("x")', 4.2],
        [1, '2026-11-30T00:00:00.000Z', 2, '線, "1"', undefined],
      ],
    },
  ],
};

/** The same with nothing that an operator would have stated. */
export const UNSTATED: DataSet = {
  ...SET,
  creator: '',
  url: '',
  licence: '',
  undeliverable: '',
  place: undefined,
};
