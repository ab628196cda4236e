/** The forms a notice takes, the paper each is printed on, and what of the notice it carries itself. */
import type { CaseNotice } from '../cases/shared/case-notice.ts';
import type { ItemId, Occasion } from './items.ts';

export const FORMS = [
  'poster-a4',
  'poster-a3',
  'counter-card',
  'leaflet',
  'sticker',
  'vehicle-sticker',
  'web',
  'manual',
] as const;
export type FormId = (typeof FORMS)[number];

/** Sizes in millimetres (ISO 216). The names are those of the `@page` rules in `sheets/paper.css`. */
export const PAPERS = {
  'a3-portrait': [297, 420],
  'a4-portrait': [210, 297],
  'a4-landscape': [297, 210],
  'a5-portrait': [148, 210],
  'a5-landscape': [210, 148],
} as const satisfies Record<string, readonly [width: number, height: number]>;
export type PaperName = keyof typeof PAPERS;

export interface Form {
  readonly paper: PaperName;
  /** What it says itself; the rest it leaves to the long form, to which it leads. */
  readonly carries: 'all' | readonly ItemId[];
  /** On which occasions there is one. */
  readonly occasions: readonly Occasion[];
  /** Only for cameras that drive. */
  readonly carrier?: 'vehicle';
}

const CHANGES: readonly Occasion[] = ['new-purpose', 'third-party'];
const ALWAYS: readonly Occasion[] = ['prior', 'acquisition', ...CHANGES];
const AT_THE_CAMERA: readonly Occasion[] = ['prior', 'acquisition'];

const CHANGE_ITEMS: readonly ItemId[] = ['before', 'after', 'effective'];

/** Read while walking past, or standing before it for a minute. */
const POSTER: readonly ItemId[] = [
  ...CHANGE_ITEMS,
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
  'rights',
  'third-party',
  'published',
  'operator',
  'contact',
  'more',
];
const COUNTER: readonly ItemId[] = [
  ...CHANGE_ITEMS,
  'filmed',
  'purpose',
  'benefit',
  'start',
  'kept',
  'destroyed',
  'identification',
  'vector',
  'third-party',
  'operator',
  'contact',
  'more',
];

export const FORM: Readonly<Record<FormId, Form>> = {
  'poster-a4': { paper: 'a4-portrait', carries: POSTER, occasions: ALWAYS },
  'poster-a3': { paper: 'a3-portrait', carries: POSTER, occasions: ALWAYS },
  'counter-card': { paper: 'a5-portrait', carries: COUNTER, occasions: ALWAYS },
  leaflet: { paper: 'a4-landscape', carries: 'all', occasions: ALWAYS },
  /** Four to a sheet of labels. */
  sticker: {
    paper: 'a4-landscape',
    carries: ['filmed', 'purpose', 'operator', 'more'],
    occasions: AT_THE_CAMERA,
  },
  'vehicle-sticker': {
    paper: 'a5-landscape',
    carries: ['filmed', 'resolution', 'fleet', 'operator', 'more'],
    occasions: AT_THE_CAMERA,
    carrier: 'vehicle',
  },
  web: { paper: 'a4-portrait', carries: 'all', occasions: ALWAYS },
  manual: { paper: 'a4-portrait', carries: 'all', occasions: AT_THE_CAMERA },
};

/** The forms a case's notice of an occasion can take. */
export const formsFor = ({ carrier }: CaseNotice, occasion: Occasion): FormId[] =>
  FORMS.filter((id) => {
    const form = FORM[id];
    return form.occasions.includes(occasion) && (!form.carrier || form.carrier === carrier);
  });

/** Whether a form says an item itself. */
export const carries = (id: FormId, item: ItemId): boolean => {
  const { carries: list } = FORM[id];
  return list === 'all' || list.includes(item);
};

/** Items from which on the long form takes a second page. */
const MANY_ITEMS = 20;

/** Pages a form is printed on. @param items of the notice */
export function pagesOf(id: FormId, items: number): number {
  if (id === 'leaflet' || id === 'manual') return 2;
  return id === 'web' && items >= MANY_ITEMS ? 2 : 1;
}
