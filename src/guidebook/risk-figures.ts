/** The figures of the risk analysis: from the last run, from measured tables in the repository, or computed from settings. */
import {
  FACE_MATCHING,
  falseMatchesIn,
  mistakenAmong,
  missedMatches,
  thresholdFor,
} from '../../contract/index.ts';
import { count, decimal, degrees, metres, milliseconds, percent } from '../app/format.ts';
import { ERROR_BY_GROUP } from '../cases/attributes/error-by-group.ts';
import { FACE_PIXELS, facePixels } from '../cases/streetscape/face-bound.ts';
import { m } from '../paraglide/messages.js';
import type { FigureId } from './risk-rows.ts';
import measured from './singling-out.json' with { type: 'json' };
import type { RunSummary } from './run-log.svelte.ts';

/** People held in the vault for whom error rates are given as an example. */
const HELD_EXAMPLE = 100;
/** What the street case assumes of lens and distance, as its page does: degrees, metres. */
const OPTICS = { fovDeg: 77, nearestM: 2 } as const;

type Figure = (run: RunSummary | undefined) => string[];

const ofRun =
  (say: (run: RunSummary) => string | undefined): Figure =>
  (run) => {
    const text = run && say(run);
    return [text ?? m.guidebook_number_not_run()];
  };

const share = (value: number): string => `${decimal(value * 100, value < 0.1 ? 1 : 0)} %`;

/** Visitors an hour for which the chance of singling out is told. */
const PER_HOUR = '30';

const singled = (attack: keyof typeof measured.chances): Figure => {
  const { before, after } = measured.chances[attack][PER_HOUR];
  return () => [m.guidebook_number_singled({ before: percent(before), after: percent(after), n: PER_HOUR })];
};
/** Share of strangers mistaken for one of the people held, in the group that is mistaken least. */
function leastMistaken(threshold: number): number {
  const one = Math.min(...FACE_MATCHING.groups.map(({ tail }) => falseMatchesIn(tail, threshold)));
  return 1 - (1 - one) ** HELD_EXAMPLE;
}

const FIGURES: Readonly<Record<FigureId, Figure>> = {
  life: ofRun(({ lifeMs }) => m.guidebook_number_life({ p95: milliseconds(lifeMs.p95) })),
  peak: ofRun(({ frames }) => m.guidebook_number_peak({ n: count(frames.peak) })),
  held: ofRun(({ vectors }) => m.guidebook_number_held({ n: count(vectors.held) })),
  retention: ofRun(({ settings: { retentionDays } }) =>
    retentionDays === undefined ? undefined : m.guidebook_number_retention({ n: count(retentionDays) }),
  ),
  k: ofRun(({ settings: { k } }) => (k === undefined ? undefined : m.guidebook_number_k({ n: count(k) }))),
  every: ofRun(({ settings: { everyS } }) =>
    everyS === undefined ? undefined : m.guidebook_number_every({ n: count(everyS) }),
  ),
  groups: ofRun(({ settings: { k, binS } }) =>
    k === undefined || binS === undefined
      ? undefined
      : m.guidebook_number_groups({ k: count(k), n: count(binS / 60) }),
  ),
  noise: ofRun(({ settings: { epsilon, dailyEpsilon } }) =>
    epsilon === undefined
      ? m.guidebook_number_noise_none()
      : m.guidebook_number_noise({ epsilon: decimal(epsilon), daily: decimal(dailyEpsilon ?? epsilon) }),
  ),
  'singled-attribute': singled('lone'),
  'singled-sum': singled('accomplices'),
  'singled-visit': singled('joined'),
  'singled-count': singled('height'),
  sensor: ofRun(({ settings: { sensorWidth } }) =>
    sensorWidth === undefined ? undefined : m.guidebook_number_sensor({ n: count(sensorWidth) }),
  ),
  face: ofRun(({ settings: { sensorWidth } }) => {
    if (sensorWidth === undefined) return undefined;
    return m.guidebook_number_face({
      n: decimal(facePixels({ sensorWidth, ...OPTICS })),
      fov: degrees(OPTICS.fovDeg),
      d: metres(OPTICS.nearestM),
      limit: count(FACE_PIXELS.recognise),
    });
  }),
  age: () => {
    const { yearsOutside, faces } = ERROR_BY_GROUP;
    return [m.guidebook_number_age({ n: decimal(yearsOutside), faces: count(faces) })];
  },
  sex: () => {
    const { sexRight } = ERROR_BY_GROUP;
    return sexRight === undefined ? [] : [m.guidebook_number_sex({ n: percent(sexRight) })];
  },
  match: (run) => {
    const setting = run?.settings.mistakenShare;
    if (setting === undefined) return [m.guidebook_number_not_run()];
    const threshold = thresholdFor(HELD_EXAMPLE, setting);
    return [
      m.guidebook_number_match({
        n: count(HELD_EXAMPLE),
        far: share(mistakenAmong(HELD_EXAMPLE, threshold)),
        frr: share(missedMatches(threshold)),
        setting: share(setting),
      }),
      m.guidebook_number_match_groups({ far: share(leastMistaken(threshold)) }),
    ];
  },
};

/** @returns sentences for one row, none twice */
export const figuresOf = (ids: readonly FigureId[], run: RunSummary | undefined): string[] => [
  ...new Set(ids.flatMap((id) => FIGURES[id](run))),
];
