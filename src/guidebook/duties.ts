/** How each item of the duties and the checklist stands: shown by the software, answered by the operator, or open. */
import type { CaseId } from '../../contract/index.ts';
import type { Text } from '../cases/shared/life-cycle.ts';
import { concerns, type ChecklistGroup, type ChecklistItem, type FieldRef, type Part } from './checklist.ts';
import { runCheck, type Facts, type Finding } from './checks.ts';
import { FIELDS, isStated, type Field, type Section } from './fields.ts';
import type { Answer, OperatorFile, PublicLanguage } from './operator-file.ts';

export const ITEM_STATES = ['software', 'answered', 'not-applicable', 'partly', 'open', 'conflict'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export type PartState =
  | { readonly kind: 'software'; readonly met: boolean; readonly finding: Finding }
  | {
      readonly kind: 'form';
      readonly met: boolean;
      readonly stated: readonly Text[];
      readonly missing: readonly Text[];
    }
  | { readonly kind: 'answer'; readonly met: boolean; readonly answer: Answer | undefined };

export interface ItemStatus {
  readonly item: ChecklistItem;
  readonly state: ItemState;
  readonly parts: readonly PartState[];
}

/** Key of an item's answer in the operator's file. */
export const answerKey = (id: CaseId, item: ChecklistItem): string => `${id}/${item.id}`;

/** The values a section has in the file: one, or one for each row. */
function sectionValues(section: Section, file: OperatorFile, id: CaseId): readonly unknown[] {
  const plan = file.cases[id];
  switch (section) {
    case 'operator':
      return [file.operator];
    case 'contact':
      return [file.contact];
    case 'place': {
      const used = plan?.cameras.map(({ place }) => place) ?? [];
      const own = file.places.filter((place) => used.includes(place.id));
      return own.length > 0 ? own : [undefined];
    }
    case 'partner':
      return file.partners;
    case 'case':
      return [plan];
    case 'camera':
      return plan && plan.cameras.length > 0 ? plan.cameras : id === 'streetscape' ? [] : [undefined];
    case 'recipient':
      return plan?.thirdParty === 'yes' ? (plan.recipients.length > 0 ? plan.recipients : [undefined]) : [];
  }
}

const fieldOf = (ref: FieldRef): Field => {
  const field = FIELDS.find(({ section, id }) => `${section}.${id}` === ref);
  if (!field) throw new Error(`no field ${ref}`);
  return field;
};

/** A field that does not concern the case, or whose list may be empty, is left out. */
function formState(refs: readonly FieldRef[], facts: Facts, language: PublicLanguage): PartState {
  const stated: Text[] = [];
  const missing: Text[] = [];
  for (const field of refs.map(fieldOf)) {
    if (field.cases && !field.cases.includes(facts.id)) continue;
    const values = sectionValues(field.section, facts.file, facts.id);
    if (values.length === 0) continue;
    (values.every((value) => isStated(field, value, language)) ? stated : missing).push(field.label);
  }
  return { kind: 'form', met: missing.length === 0, stated, missing };
}

function partState(part: Part, item: ChecklistItem, facts: Facts, language: PublicLanguage): PartState {
  switch (part.kind) {
    case 'software': {
      const finding = runCheck(part.check, facts);
      return { kind: 'software', met: finding.verdict === 'met', finding };
    }
    case 'form':
      return formState(part.fields, facts, language);
    case 'answer': {
      const answer = facts.file.answers[answerKey(facts.id, item)];
      return { kind: 'answer', met: answer?.state === 'done' && answer.text.trim() !== '', answer };
    }
  }
}

/** A check that does not concern the case says nothing. */
const speaks = (part: PartState): boolean => part.kind !== 'software' || part.finding.verdict !== 'void';

function stateOf(parts: readonly PartState[], answer: Answer | undefined): ItemState {
  if (parts.some((part) => part.kind === 'software' && part.finding.verdict === 'conflict'))
    return 'conflict';
  if (answer?.state === 'not-applicable' && answer.text.trim() !== '') return 'not-applicable';
  const met = parts.filter((part) => part.met).length;
  if (parts.length > 0 && met === parts.length)
    return parts.every((part) => part.kind === 'software' && !part.finding.entered) ? 'software' : 'answered';
  const begun = parts.some((part) => part.kind === 'form' && part.stated.length > 0);
  return met > 0 || begun ? 'partly' : 'open';
}

/** What several checks have to say alike, that nothing was measured yet, is said once. */
const saidFirst = (part: PartState, i: number, parts: readonly PartState[]): boolean =>
  part.kind !== 'software' ||
  part.finding.verdict !== 'unknown' ||
  i === parts.findIndex((other) => other.kind === 'software' && other.finding.text === part.finding.text);

/** @param language in which the operator's texts must be stated */
export function statusOf(item: ChecklistItem, facts: Facts, language: PublicLanguage): ItemStatus {
  const parts = item.parts.map((part) => partState(part, item, facts, language)).filter(speaks);
  const state = stateOf(parts, facts.file.answers[answerKey(facts.id, item)]);
  return { item, parts: parts.filter(saidFirst), state };
}

export interface GroupStatus {
  readonly group: ChecklistGroup;
  readonly items: readonly ItemStatus[];
}

/** All items that concern the case, in the list's order. */
export const statusOfGroups = (
  groups: readonly ChecklistGroup[],
  facts: Facts,
  language: PublicLanguage,
): GroupStatus[] =>
  groups.map((group) => ({
    group,
    items: group.items
      .filter((item) => concerns(item, facts.id))
      .map((item) => statusOf(item, facts, language)),
  }));

/** How many items are in each state. */
export function tallyOf(groups: readonly GroupStatus[]): Record<ItemState, number> {
  const tally: Record<ItemState, number> = {
    software: 0,
    answered: 0,
    'not-applicable': 0,
    partly: 0,
    open: 0,
    conflict: 0,
  };
  for (const { state } of groups.flatMap(({ items }) => items)) tally[state]++;
  return tally;
}

/** Items that need nothing more. */
export const doneOf = (tally: Record<ItemState, number>): number =>
  tally.software + tally.answered + tally['not-applicable'];
