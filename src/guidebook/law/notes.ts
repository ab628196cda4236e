/**
 * What the law and the guidance say now, as dated notes with their sources: one data file, `notes.json`, to be renewed by
 * hand. Nothing else in the guidebook quotes law that is not in it.
 */
import * as v from 'valibot';
import { CASES, type CaseId } from '../../../contract/index.ts';
import data from './notes.json' with { type: 'json' };

const text = v.strictObject({
  ja: v.pipe(v.string(), v.minLength(1)),
  en: v.pipe(v.string(), v.minLength(1)),
});
/** A day, or a month where the day is not known. */
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/));

export const LAW_STATUS = ['in-force', 'guidance', 'policy', 'bill'] as const;

export const LawNote = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  date,
  status: v.picklist(LAW_STATUS),
  /** Cases it bears on most; none: all. */
  cases: v.array(v.picklist(CASES)),
  title: text,
  text,
  /** What an operator has to do about it. */
  means: text,
  /** How incam stands to it. */
  software: text,
  source: v.strictObject({ name: text, url: v.pipe(v.string(), v.url()) }),
  /** What it was checked against: an excerpt of a public page, or the guidebook's documents. */
  seen: v.picklist(['excerpt', 'seed']),
});
export type LawNote = v.InferOutput<typeof LawNote>;

export const LawNotes = v.strictObject({
  /** When the notes were last checked. */
  checked: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
  notes: v.pipe(v.array(LawNote), v.minLength(1)),
});

/** Newest first. */
export const LAW = v.parse(LawNotes, data);

/** Days after which the notes ask to be checked again. */
export const MAX_AGE_DAYS = 90;

export const notesFor = (id: CaseId): readonly LawNote[] =>
  LAW.notes.filter(({ cases }) => cases.length === 0 || cases.includes(id));
