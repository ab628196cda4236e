/** What each item of a notice says. No line: the operator has not stated it. */
import type { LocalText } from '../guidebook/operator-file.ts';
import { m } from '../paraglide/messages.js';
import { dayOf, speakIn, type NoticeInput } from './input.ts';
import type { ItemId } from './items.ts';
import { say, writtenDay } from './languages.ts';
import { joined, nothing, only, stated, type Lines, type Statement } from './lines.ts';
import { REPEAT_STATEMENTS } from './repeat-statements.ts';
import { retentionText } from './retention.ts';

function purpose({ life, plan, language }: NoticeInput): Lines {
  const own = stated(plan.purpose, language);
  return own.lines.length > 0 ? own : only(speakIn(language)(life.purpose));
}

function place({ file, plan, about, language }: NoticeInput): Lines {
  const options = { locale: language };
  const names = [...new Set(plan.cameras.map((camera) => camera.place))].map((id) =>
    stated(file.places.find((other) => other.id === id)?.name ?? EMPTY, language),
  );
  const positions = plan.cameras.map(({ position, coverage }) => {
    const covered = stated(coverage, language);
    const lines = covered.lines.map((what) => m.notice_coverage({ what }, options));
    return joined([stated(position, language), { ...covered, lines }]);
  });
  const all = joined([...names, ...positions]);
  if (all.lines.length === 0) return nothing;
  const n = String(plan.cameras.length);
  const amount = about.carrier === 'place' ? [m.notice_cameras({ n }, options)] : [];
  return { ...all, lines: [...all.lines, ...amount] };
}

const EMPTY: LocalText = { ja: '', en: '', zh: '', ko: '' };

function period({ plan, language }: NoticeInput): Lines {
  const { start, end, hours } = plan;
  if (start === '') return nothing;
  const options = { locale: language };
  const from = writtenDay(start, language);
  const days = end
    ? m.notice_from_to({ from, to: writtenDay(end, language) }, options)
    : m.notice_from_on({ from }, options);
  return joined([only(days), stated(hours, language)]);
}

/** What stays outside the camera. How long records stay is the operator's word; what ends by itself needs none. */
function kept(input: NoticeInput): Lines {
  const { life, plan, camera, language } = input;
  const options = { locale: language };
  const own = retentionText(plan.retention.records, language);
  const items = life.data.filter(({ where, fate }) => where === 'outside' || fate !== 'destroyed');
  const lines = items.map((item) => {
    const what = speakIn(language)(item.what);
    if (item.fate === 'handed-over')
      return m.notice_kept_line({ what, retention: m.notice_retention_hand_over({}, options) }, options);
    if (item.until !== m.until_while_open)
      return m.notice_kept_line({ what, retention: m.notice_retention_next({}, options) }, options);
    return own && m.notice_kept_line({ what, retention: own }, options);
  });
  if (lines.includes(undefined)) return nothing;
  const { pictureEveryS: s } = camera;
  const overwritten = items.some(({ until }) => until === m.until_until_next);
  return only(
    ...lines.filter((line) => line !== undefined),
    ...controlLines(input),
    overwritten && s !== undefined ? m.notice_picture_every({ s: String(s) }, options) : '',
  );
}

type GroupText = typeof m.notice_k_people;

/** How coarse the records are, by case: what the groups are of. */
const GROUPS: Partial<Readonly<Record<NoticeInput['life']['id'], GroupText>>> = {
  attributes: m.notice_groups,
  trajectories: m.notice_k_people,
  'repeat-visits': m.notice_visit_groups,
  counting: m.notice_mean_groups,
};

/** Disclosure control as the camera runs it. */
function controlLines({ life, camera, language }: NoticeInput): string[] {
  const options = { locale: language };
  const { k, binS, epsilon, dailyEpsilon } = camera;
  const group = GROUPS[life.id];
  return [
    ...(group && k !== undefined ? [group({ k: String(k) }, options)] : []),
    ...(binS !== undefined ? [m.notice_bin({ n: String(Math.round(binS / 60)) }, options)] : []),
    ...(epsilon !== undefined
      ? [m.notice_noise({ epsilon: String(epsilon), daily: String(dailyEpsilon ?? epsilon) }, options)]
      : []),
  ];
}

function destroyed({ life, language }: NoticeInput): Lines {
  const speak = speakIn(language);
  const items = life.data.filter(({ fate, ledger }) => fate === 'destroyed' && ledger !== 'vectors');
  return only(
    ...items.map((item) =>
      m.notice_destroyed_line({ what: speak(item.what), until: speak(item.until) }, { locale: language }),
    ),
  );
}

function identification({ about, language }: NoticeInput): Lines {
  const speak = speakIn(language);
  if (about.faces === 'recognition')
    return only(speak(m.notice_identified_code), speak(m.notice_identified_statistics));
  const kind = about.faces === 'attributes' ? m.notice_identified_face : m.notice_identified_momentary;
  return only(speak(m.notice_identified_no), speak(kind));
}

const RECOGNITION = {
  none: m.notice_recognition_none,
  attributes: m.notice_recognition_attributes,
  recognition: m.notice_recognition_repeat,
};

function thirdParty({ plan, life, language }: NoticeInput): Lines {
  const speak = speakIn(language);
  if (plan.thirdParty === 'no') return only(speak(m.notice_third_no));
  if (plan.thirdParty === '' || plan.recipients.length === 0) return nothing;
  const recipients = plan.recipients.map((recipient) => {
    const name = say(recipient.name, language);
    const purpose = say(recipient.purpose, language);
    if (!name || !purpose) return nothing;
    const line = m.notice_third_recipient({ name: name.text, purpose: purpose.text }, { locale: language });
    return { lines: [line], instead: name.instead ?? purpose.instead };
  });
  if (recipients.some(({ lines }) => lines.length === 0)) return nothing;
  const contract = plan.recipients.every((recipient) => recipient.contract !== '');
  return joined([
    ...recipients,
    only(contract ? speak(m.notice_third_contract) : ''),
    only(life.data.some(({ fate }) => fate === 'handed-over') ? speak(m.notice_third_destroyed) : ''),
  ]);
}

function fleet({ plan, language }: NoticeInput): Lines {
  const routes = stated(plan.routes, language);
  if (plan.vehicles === null || routes.lines.length === 0) return nothing;
  return joined([only(m.notice_vehicles({ n: String(plan.vehicles) }, { locale: language })), routes]);
}

function operator({ file, language }: NoticeInput): Lines {
  const { name, address, representative } = file.operator;
  const said = stated(name, language);
  if (said.lines.length === 0) return nothing;
  const leader = say(representative, language);
  return joined([
    said,
    stated(address, language),
    leader
      ? {
          lines: [m.notice_representative({ name: leader.text }, { locale: language })],
          instead: leader.instead,
        }
      : nothing,
  ]);
}

function contact({ file, language }: NoticeInput): Lines {
  const { desk, mail, phone, hours } = file.contact;
  if (mail === '' && phone === '') return nothing;
  const options = { locale: language };
  const open = say(hours, language);
  return joined([
    stated(desk, language),
    only(phone && m.notice_phone({ phone }, options), mail && m.notice_mail({ mail }, options)),
    open ? { lines: [m.notice_hours({ hours: open.text }, options)], instead: open.instead } : nothing,
  ]);
}

export const STATEMENTS: Readonly<Record<ItemId, Statement>> = {
  ...REPEAT_STATEMENTS,
  before: {
    label: { prior: m.notice_label_before, 'new-purpose': m.notice_label_before_purpose },
    said: ({ change, language }) => (change ? stated(change.before, language) : nothing),
  },
  after: {
    label: { prior: m.notice_label_after, 'new-purpose': m.notice_label_after_purpose },
    said: ({ change, language }) => (change ? stated(change.after, language) : nothing),
  },
  effective: {
    label: m.notice_label_effective,
    said: (input) => (input.change?.effective ? only(dayOf(input)) : nothing),
  },
  earlier: {
    label: m.notice_label_earlier,
    said: ({ about, language }) =>
      only(
        speakIn(language)(m.notice_earlier_none),
        about.faces === 'recognition' ? speakIn(language)(m.notice_earlier_vector) : '',
      ),
  },
  filmed: {
    label: m.notice_label_filmed,
    said: ({ life, language }) => only(speakIn(language)(life.sees)),
  },
  purpose: { label: m.notice_label_purpose, said: purpose },
  benefit: { label: m.notice_label_benefit, said: ({ plan, language }) => stated(plan.benefit, language) },
  start: {
    label: m.notice_label_start,
    said: ({ plan, language }) => (plan.start ? only(writtenDay(plan.start, language)) : nothing),
  },
  period: { label: m.notice_label_period, said: period },
  place: { label: m.notice_label_place, said: place },
  resolution: {
    label: m.notice_label_resolution,
    said: ({ camera, language }) =>
      camera.sensorWidth === undefined
        ? nothing
        : only(m.notice_resolution_width({ px: String(camera.sensorWidth) }, { locale: language })),
  },
  fleet: { label: m.notice_label_fleet, said: fleet },
  recognition: {
    label: m.notice_label_recognition,
    said: ({ about, language }) => only(speakIn(language)(RECOGNITION[about.faces])),
  },
  kept: { label: m.notice_label_kept, said: kept },
  destroyed: { label: m.notice_label_destroyed, said: destroyed },
  identification: { label: m.notice_label_identification, said: identification },
  'third-party': { label: m.notice_label_third_party, said: thirdParty },
  use: { label: m.notice_label_use, said: ({ plan, language }) => stated(plan.useRange, language) },
  access: { label: m.notice_label_access, said: ({ plan, language }) => stated(plan.access, language) },
  security: {
    label: m.notice_label_security,
    said: ({ file, language }) => stated(file.operator.security, language),
  },
  published: {
    label: m.notice_label_published,
    said: ({ plan, language }) => stated(plan.published, language),
  },
  operator: { label: m.notice_label_operator, said: operator },
  contact: { label: m.notice_label_contact, said: contact },
  more: {
    label: m.notice_label_more,
    said: ({ file }) => only((file.operator.shortUrl || file.operator.url).trim()),
  },
};
