/**
 * What the software itself can show for a duty: facts of its build, of the running configuration, and of the ledger at the
 * end of the last run. A check never says more than it looked at.
 */
import { K_RANGE, MAX_RETENTION_DAYS, STAGES, type CaseId } from '../../contract/index.ts';
import { bytes, count, milliseconds } from '../app/format.ts';
import { href } from '../app/router.svelte.ts';
import { LIFE_CYCLES } from '../cases/index.ts';
import { m } from '../paraglide/messages.js';
import { daysBetween, MIN_NOTICE_DAYS } from './days.ts';
import { missingItems } from './fields.ts';
import { PUBLIC_LANGUAGES, type CasePlan, type OperatorFile } from './operator-file.ts';
import type { RunSummary } from './run-log.svelte.ts';

export const CHECK_IDS = [
  'life-cycle',
  'identifies',
  'frames',
  'life-time',
  'wiped',
  'crops',
  'vectors',
  'out',
  'pictures',
  'models',
  'stages',
  'csp',
  'gate',
  'stored-form',
  'no-recording',
  'glass',
  'desk',
  'retention',
  'languages',
  'notice-month',
  'opinions',
  'changes',
  'assessment',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** Everything that checks look at. */
export interface Facts {
  readonly id: CaseId;
  readonly file: OperatorFile;
  readonly run: RunSummary | undefined;
  /** Whether the answers of this server carry the policy; undefined: not known yet. */
  readonly policy: boolean | undefined;
  /** Opinions collected on this device. */
  readonly opinions: number;
  /** Requests in the desk's log. */
  readonly requests: number;
}

/**
 * `met`: the fact is there. `unmet`: it could be and is not. `conflict`: what is announced is not what happens.
 * `unknown`: nothing was measured yet. `void`: it does not concern this case.
 */
export type Verdict = 'met' | 'unmet' | 'conflict' | 'unknown' | 'void';

export interface Finding {
  readonly verdict: Verdict;
  readonly text: string;
  /** Where it can be seen. */
  readonly href?: string;
  /** When it was measured, milliseconds since 1970; absent: a fact of the build, or of the entries. */
  readonly at?: number;
  /** A fact of how the software is built, which its tests hold. */
  readonly built?: true;
  /** Worked out from what the operator has entered: the operator's answer, not the software's evidence. */
  readonly entered?: true;
}

type Check = (facts: Facts) => Finding;

export const identifiesPeople = (id: CaseId): boolean =>
  LIFE_CYCLES[id].data.some(({ identifies, ledger }) => identifies && ledger === 'vectors');

const planOf = ({ file, id }: Facts): CasePlan | undefined => file.cases[id];
const casePage = ({ id }: Facts): string => href(id);
const FORM_PAGE = '#/guidebook/operator';
const FROM_FORM = { href: FORM_PAGE, entered: true } as const;

/** A fact of the last run; without a run there is none. */
const measured =
  (say: (run: RunSummary, facts: Facts) => Pick<Finding, 'verdict' | 'text'>): Check =>
  (facts) =>
    facts.run
      ? { ...say(facts.run, facts), at: facts.run.at, href: casePage(facts) }
      : { verdict: 'unknown', text: m.guidebook_part_not_run(), href: casePage(facts) };

/** A fact of the build. */
const built = (facts: Facts, text: string, link = casePage(facts)): Finding => ({
  verdict: 'met',
  text,
  href: link,
  built: true,
});

const balanced = ({ frames }: RunSummary) =>
  frames.acquired === frames.destroyed + frames.alive + frames.waiting && frames.alive + frames.waiting === 0;

/** The rule that makes what is stored anonymous, case by case. */
function storedForm(facts: Facts): Finding {
  const { id, run } = facts;
  switch (id) {
    case 'attributes':
      return built(facts, m.guidebook_check_bands());
    case 'trajectories': {
      const k = run?.settings.k ?? K_RANGE.default;
      const text = k > 1 ? m.guidebook_check_k({ n: count(k) }) : m.guidebook_check_k_low();
      return { verdict: k > 1 ? 'met' : 'unmet', text, href: casePage(facts), ...(run && { at: run.at }) };
    }
    case 'repeat-visits':
      return built(facts, m.guidebook_check_vault({ n: count(MAX_RETENTION_DAYS) }));
    case 'streetscape': {
      const width = run?.settings.sensorWidth;
      return width === undefined
        ? { verdict: 'unknown', text: m.guidebook_part_not_run(), href: casePage(facts) }
        : { ...built(facts, m.guidebook_check_sensor({ n: count(width) })), ...(run && { at: run.at }) };
    }
    case 'crowding':
      return built(facts, m.guidebook_check_background());
    case 'counting':
      return built(facts, LIFE_CYCLES.counting.kept());
  }
}

/** What is announced of retention against what the camera was set to. */
function retention(facts: Facts): Finding {
  if (!identifiesPeople(facts.id)) return { verdict: 'void', text: '' };
  const { run } = facts;
  const stated = planOf(facts)?.retention.vectors;
  if (!run) return { verdict: 'unknown', text: m.guidebook_part_not_run(), href: casePage(facts) };
  const days = run.settings.retentionDays ?? 0;
  const where = { href: casePage(facts), at: run.at };
  if (run.settings.lapse) return { verdict: 'unknown', text: m.guidebook_check_retention_lapse(), ...where };
  if (stated?.kind !== 'days') return { verdict: 'unmet', text: m.guidebook_missing_title(), ...FROM_FORM };
  return stated.days === days
    ? { verdict: 'met', text: m.guidebook_check_retention_same({ n: count(days) }), ...where }
    : {
        verdict: 'conflict',
        text: m.guidebook_check_retention_differs({ camera: count(days), stated: count(stated.days) }),
        ...where,
      };
}

function languages({ file, id }: Facts): Finding {
  const complete = PUBLIC_LANGUAGES.filter((language) => missingItems(file, language, id).length === 0);
  const names = complete.map((tag) => LANGUAGE_NAMES[tag]).join('・');
  return {
    verdict: complete.length > 1 ? 'met' : 'unmet',
    text:
      complete.length > 0
        ? m.guidebook_check_languages({ languages: names })
        : m.guidebook_check_languages_none(),
    ...FROM_FORM,
  };
}

/** Each language in its own words. */
export const LANGUAGE_NAMES = { ja: '日本語', en: 'English', zh: '中文', ko: '한국어' } as const;

function noticeMonth(facts: Facts): Finding {
  const plan = planOf(facts);
  const days = plan ? daysBetween(plan.noticeFrom, plan.start) : undefined;
  if (days === undefined) return { verdict: 'unmet', text: m.guidebook_missing_title(), ...FROM_FORM };
  const n = String(days);
  return days >= MIN_NOTICE_DAYS
    ? { verdict: 'met', text: m.guidebook_check_month_ok({ n }), ...FROM_FORM }
    : { verdict: 'unmet', text: m.guidebook_check_month_short({ n }), ...FROM_FORM };
}

function changes({ file, id }: Facts): Finding {
  const own = file.changes.filter((change) => change.case === id);
  const late = own.filter(
    ({ announced, effective }) => (daysBetween(announced, effective) ?? -1) < MIN_NOTICE_DAYS,
  );
  const where = { href: '#/guidebook/conversation/changes', entered: true } as const;
  if (own.length === 0) return { verdict: 'void', text: '' };
  return late.length > 0
    ? { verdict: 'unmet', text: m.guidebook_check_change_late({ n: count(late.length) }), ...where }
    : { verdict: 'met', text: m.guidebook_check_changes({ n: count(own.length) }), ...where };
}

function assessment({ file, id }: Facts): Finding {
  const { author, date } = file.assessments[id] ?? {};
  const where = { href: `#/guidebook/risks/${id}`, entered: true } as const;
  return author && date
    ? { verdict: 'met', text: m.guidebook_check_assessment({ date, author }), ...where }
    : { verdict: 'unmet', text: m.guidebook_check_assessment_none(), ...where };
}

const CHECKS: Readonly<Record<CheckId, Check>> = {
  'life-cycle': (facts) =>
    built(facts, m.guidebook_check_life({ n: count(LIFE_CYCLES[facts.id].data.length) })),
  identifies: (facts) =>
    built(
      facts,
      identifiesPeople(facts.id) ? m.guidebook_check_identifies_yes() : m.guidebook_check_identifies_no(),
    ),
  frames: measured((run) => {
    const { acquired, destroyed, alive, waiting } = run.frames;
    const figures = { taken: count(acquired), out: count(destroyed), left: count(alive + waiting) };
    return balanced(run)
      ? { verdict: 'met', text: m.guidebook_check_frames(figures) }
      : { verdict: 'conflict', text: m.guidebook_check_frames_bad(figures) };
  }),
  'life-time': measured(({ lifeMs, frames }) => ({
    verdict: 'met',
    text: m.guidebook_check_life_time({
      p50: milliseconds(lifeMs.p50),
      max: milliseconds(lifeMs.max),
      peak: count(frames.peak),
    }),
  })),
  wiped: measured(({ wiped, wipes }) =>
    wiped && wipes > 0
      ? { verdict: 'met', text: m.guidebook_check_wiped({ n: count(wipes) }) }
      : { verdict: 'unmet', text: m.guidebook_check_not_wiped() },
  ),
  crops: measured(({ crops }) =>
    crops.made === 0
      ? { verdict: 'void', text: '' }
      : {
          verdict: crops.made === crops.destroyed ? 'met' : 'conflict',
          text: m.guidebook_check_crops({ made: count(crops.made), gone: count(crops.destroyed) }),
        },
  ),
  vectors: measured(({ vectors }, { id }) => {
    const text =
      vectors.made === 0
        ? m.guidebook_check_no_vectors()
        : m.guidebook_check_vectors({
            made: count(vectors.made),
            gone: count(vectors.destroyed),
            held: count(vectors.held),
          });
    return { verdict: identifiesPeople(id) || vectors.made === 0 ? 'met' : 'conflict', text };
  }),
  out: measured((run) => ({
    verdict: run.refused === 0 ? 'met' : 'conflict',
    text: m.guidebook_check_out({
      n: count(run.records),
      bytes: bytes(run.bytes),
      refused: count(run.refused),
    }),
  })),
  pictures: measured(({ pictures }, { id }) =>
    LIFE_CYCLES[id].data.some(({ ledger }) => ledger === 'pictures')
      ? { verdict: 'met', text: m.guidebook_check_pictures({ n: count(pictures) }) }
      : { verdict: 'void', text: '' },
  ),
  models: measured(({ models }) => ({
    verdict: 'met',
    text: m.guidebook_check_models({
      models: models.map(({ model, backend }) => `${model} (${backend})`).join(', '),
    }),
  })),
  stages: (facts) => built(facts, m.guidebook_check_stages({ n: count(STAGES.length) })),
  csp: ({ policy }) => {
    const where = { href: href('about') };
    if (policy === undefined) return { verdict: 'unknown', text: m.guidebook_check_csp_unknown(), ...where };
    return policy
      ? { verdict: 'met', text: m.guidebook_check_csp(), ...where }
      : { verdict: 'conflict', text: m.guidebook_check_csp_bad(), ...where };
  },
  gate: (facts) => built(facts, m.guidebook_check_gate(), href('about')),
  'stored-form': storedForm,
  'no-recording': (facts) => built(facts, m.guidebook_check_no_recording()),
  glass: (facts) => built(facts, m.guidebook_check_glass()),
  desk: (facts) =>
    identifiesPeople(facts.id)
      ? {
          ...built(
            facts,
            `${m.guidebook_check_desk()} ${m.guidebook_check_desk_log({ n: count(facts.requests) })}`,
          ),
          href: '#/guidebook/conversation/requests',
        }
      : { verdict: 'void', text: '' },
  retention,
  languages,
  'notice-month': noticeMonth,
  opinions: ({ opinions }) => ({
    verdict: opinions > 0 ? 'met' : 'unmet',
    text: m.guidebook_check_opinions({ n: count(opinions) }),
    href: '#/guidebook/conversation/opinions',
  }),
  changes,
  assessment,
};

export const runCheck = (check: CheckId, facts: Facts): Finding => CHECKS[check](facts);
