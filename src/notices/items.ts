/**
 * What a notice has to say, item by item, and who asks for it. From these lists the completeness check is made.
 *
 * Sources: the guidebook's own lists for prior notice and for notice at acquisition (seed 004, 4.2 and 4.3; seed 000), the
 * worked duties of cases 4 to 6 (seed 001), the checklist and template of seed 003, the web notice of repeat analysis (seed
 * 004), what ver3.0 added, and the answers of the Personal Information Protection Commission (PPC).
 */
import type { CaseNotice } from '../cases/shared/case-notice.ts';

export const ITEMS = [
  'before',
  'after',
  'effective',
  'earlier',
  'filmed',
  'purpose',
  'benefit',
  'start',
  'period',
  'place',
  'resolution',
  'fleet',
  'recognition',
  'kept',
  'destroyed',
  'identification',
  'vector',
  'linked',
  'not-linked',
  'rights',
  'procedure',
  'forms',
  'minors',
  'third-party',
  'use',
  'access',
  'processors',
  'security',
  'published',
  'operator',
  'contact',
  'complaints',
  'accredited',
  'more',
] as const;
export type ItemId = (typeof ITEMS)[number];

/**
 * `prior`: a month before the start. `acquisition`: while the camera is at work. `new-purpose`: an old camera serves a further
 * purpose (guidebook 5.2, 4.3). `third-party`: the terms of handing data over change (duty 14).
 */
export const OCCASIONS = ['prior', 'acquisition', 'new-purpose', 'third-party'] as const;
export type Occasion = (typeof OCCASIONS)[number];

export interface Requirement {
  readonly item: ItemId;
  /** Who asks for it, as the seeds and their sections are named. */
  readonly source: string;
}

const ask = (source: string, ...items: ItemId[]): Requirement[] => items.map((item) => ({ item, source }));

const BOTH = [
  ...ask('004 4.2/4.3', 'filmed', 'purpose', 'operator', 'contact', 'benefit', 'place'),
  ...ask('004 4.2/4.3', 'kept', 'destroyed', 'identification', 'third-party'),
  ...ask('003 3-1(1)', 'period', 'use'),
  ...ask('ver3.0', 'security'),
  ...ask('PPC Q1-14', 'recognition'),
  ...ask('003', 'more'),
];
const CHANGES = [
  ...ask('004 4.3', 'effective', 'before', 'after'),
  ...ask('004 4.2', 'purpose', 'operator', 'contact', 'third-party'),
  ...ask('003', 'more'),
];

const BY_OCCASION: Readonly<Record<Occasion, readonly Requirement[]>> = {
  prior: [...BOTH, ...ask('004 4.2', 'start')],
  acquisition: BOTH,
  'new-purpose': [...CHANGES, ...ask('004 4.3', 'earlier')],
  'third-party': CHANGES,
};

/** What only some cases have to say. */
const REPEAT = [
  ...ask('004 p.17', 'vector', 'linked', 'not-linked'),
  ...ask('004 web notice', 'procedure', 'complaints', 'accredited'),
  ...ask('ver3.0', 'rights', 'forms'),
  ...ask('bill 2026', 'minors'),
  ...ask('003 template', 'access', 'processors'),
];
const VEHICLE = [...ask('001 case 4 ③⑥', 'fleet', 'resolution'), ...ask('001 case 4 ⑫', 'access')];
const STATION = ask('001 case 5', 'published', 'access');

/** What a case's notice of an occasion has to say, in the order in which it is said; every item once. */
export function requirementsOf(
  { carrier, faces, published }: CaseNotice,
  occasion: Occasion,
): readonly Requirement[] {
  const change = occasion === 'new-purpose' || occasion === 'third-party';
  const all = [
    ...BY_OCCASION[occasion],
    ...(faces === 'recognition' && !change ? REPEAT : []),
    ...(faces === 'recognition' && change ? ask('004 web notice', 'rights', 'vector') : []),
    ...(carrier === 'vehicle' && !change ? VEHICLE : []),
    ...(published && !change ? STATION : []),
  ];
  return ITEMS.flatMap((item) => all.find((requirement) => requirement.item === item) ?? []);
}
