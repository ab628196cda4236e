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

/** Whether a notice tells of a change, not of a camera. */
export const isChange = (occasion: Occasion): boolean =>
  occasion === 'new-purpose' || occasion === 'third-party';

/** Who asks for an item. */
export const SOURCES = [
  'guidebook-both',
  'guidebook-prior',
  'guidebook-acquisition',
  'guidebook-repeat',
  'guidebook-web-repeat',
  'guidebook-vehicle',
  'guidebook-vehicle-access',
  'guidebook-station',
  'guidebook-3',
  'checklist',
  'checklist-prior',
  'checklist-template',
  'commission',
  'bill',
] as const;
export type SourceId = (typeof SOURCES)[number];

export interface Requirement {
  readonly item: ItemId;
  readonly source: SourceId;
}

const ask = (source: SourceId, ...items: ItemId[]): Requirement[] => items.map((item) => ({ item, source }));

const BOTH = [
  ...ask('guidebook-both', 'filmed', 'purpose', 'operator', 'contact', 'benefit', 'place'),
  ...ask('guidebook-both', 'kept', 'destroyed', 'identification', 'third-party'),
  ...ask('checklist-prior', 'period', 'use'),
  ...ask('guidebook-3', 'security'),
  ...ask('commission', 'recognition'),
  ...ask('checklist', 'more'),
];
const CHANGES = [
  ...ask('guidebook-acquisition', 'effective', 'before', 'after'),
  ...ask('guidebook-prior', 'operator', 'contact', 'third-party'),
  ...ask('checklist', 'more'),
];

const BY_OCCASION: Readonly<Record<Occasion, readonly Requirement[]>> = {
  prior: [...BOTH, ...ask('guidebook-prior', 'start')],
  acquisition: BOTH,
  // Both purposes, the one until now and the new one, are items of the change itself.
  'new-purpose': [...CHANGES, ...ask('guidebook-acquisition', 'earlier')],
  'third-party': [...CHANGES, ...ask('guidebook-prior', 'purpose')],
};

/** What only some cases have to say. */
const REPEAT = [
  ...ask('guidebook-repeat', 'vector', 'linked', 'not-linked'),
  ...ask('guidebook-web-repeat', 'procedure', 'complaints', 'accredited'),
  ...ask('guidebook-3', 'rights', 'forms'),
  ...ask('bill', 'minors'),
  ...ask('checklist-template', 'access', 'processors'),
];
const VEHICLE = [
  ...ask('guidebook-vehicle', 'fleet', 'resolution'),
  ...ask('guidebook-vehicle-access', 'access'),
];
const STATION = ask('guidebook-station', 'published', 'access');

/** What a case's notice of an occasion has to say, in the order in which it is said; every item once. */
export function requirementsOf(
  { carrier, faces, published }: CaseNotice,
  occasion: Occasion,
): readonly Requirement[] {
  const change = isChange(occasion);
  const all = [
    ...BY_OCCASION[occasion],
    ...(faces === 'recognition' && !change ? REPEAT : []),
    ...(faces === 'recognition' && change ? ask('guidebook-web-repeat', 'rights', 'vector') : []),
    ...(carrier === 'vehicle' && !change ? VEHICLE : []),
    ...(published && !change ? STATION : []),
  ];
  return ITEMS.flatMap((item) => all.find((requirement) => requirement.item === item) ?? []);
}
