/**
 * A notice as a data chain in the manner of DTPR (Digital Trust for Places and Routines, dtpr.io): its eight categories, filled
 * from the notice's own items in every language, with this project's drawings. It follows DTPR's order and names of
 * categories; the elements are this project's own, since DTPR has none for destruction in the camera.
 */
import type { CaseNotice } from '../cases/shared/case-notice.ts';
import { pictogram, type PictogramName } from './drawing/pictograms.ts';
import { toXml } from './drawing/svg.ts';
import type { ItemId } from './items.ts';
import { PUBLIC_LANGUAGES, type PublicLanguage } from './languages.ts';
import type { Notice } from './notice.ts';

export type NoticesByLanguage = Readonly<Record<PublicLanguage, Notice>>;

interface Category {
  readonly id: string;
  /** The question of DTPR that it answers. */
  readonly question: string;
  readonly items: readonly ItemId[];
  readonly drawing: (about: CaseNotice) => PictogramName;
}

const last = ({ drawings }: CaseNotice): PictogramName => drawings.at(-1) ?? 'numbers';

const CATEGORIES: readonly Category[] = [
  {
    id: 'accountable',
    question: 'Who is accountable for this technology?',
    items: ['operator', 'contact', 'complaints'],
    drawing: () => 'office',
  },
  {
    id: 'purpose',
    question: 'What is the purpose of this technology?',
    items: ['purpose', 'benefit'],
    drawing: ({ scene }) => scene,
  },
  {
    id: 'tech',
    question: 'What type of technology is this?',
    items: ['recognition', 'resolution', 'place', 'fleet'],
    drawing: () => 'camera',
  },
  {
    id: 'data',
    question: 'What type of data is being collected?',
    items: ['filmed', 'kept', 'identification', 'linked', 'not-linked'],
    drawing: last,
  },
  {
    id: 'process',
    question: 'How is the data processed?',
    items: ['destroyed', 'vector'],
    drawing: () => 'destroy',
  },
  {
    id: 'storage',
    question: 'How is this data stored?',
    items: ['kept', 'security'],
    drawing: () => 'vector',
  },
  {
    id: 'access',
    question: 'Who can access the data?',
    items: ['third-party', 'use', 'access', 'processors', 'published', 'rights', 'procedure', 'forms'],
    drawing: () => 'map',
  },
  {
    id: 'retention',
    question: 'How long is the data kept?',
    items: ['kept', 'destroyed', 'vector', 'period'],
    drawing: () => 'visits',
  },
];

const localised = (notices: NoticesByLanguage, of: (notice: Notice) => string | undefined) =>
  PUBLIC_LANGUAGES.flatMap((locale) => {
    const value = of(notices[locale]);
    return value === undefined ? [] : [{ locale, value }];
  });

/** @returns JSON with one entry a category; what the operator has not stated is marked, not left out */
export function toDataChain(notices: NoticesByLanguage, about: CaseNotice): string {
  const { caseId, occasion, address } = notices.ja;
  const categories = CATEGORIES.map(({ id, question, items, drawing }) => ({
    id,
    question,
    icon: toXml(pictogram(drawing(about))),
    elements: items
      .filter((item) => notices.ja.sections.some((section) => section.id === item))
      .map((item) => {
        const find = (notice: Notice) => notice.sections.find((section) => section.id === item);
        return {
          id: `${id}.${item}`,
          stated: !find(notices.ja)?.missing,
          title: localised(notices, (notice) => find(notice)?.label),
          description: localised(notices, (notice) => {
            const section = find(notice);
            return section?.missing ? undefined : section?.lines.join('\n');
          }),
        };
      }),
  }));
  return `${JSON.stringify(
    {
      format: 'dtpr-style-data-chain',
      note: "Categories after DTPR (dtpr.io); elements and drawings are incam's own. Not issued or checked by DTPR.",
      case: caseId,
      occasion,
      title: localised(notices, ({ title }) => title.replaceAll('\u200b', '')),
      digitalChannel: address || null,
      categories,
    },
    null,
    2,
  )}\n`;
}
