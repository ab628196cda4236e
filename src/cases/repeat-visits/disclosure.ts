/** The disclosure for a person at the desk: all data held about them, in their language. */
import { stampedName } from '../shared/tables.ts';
import type { DeskRecord } from './records.svelte.ts';
import type { Rules } from './session.svelte.ts';

export interface DisclosureText {
  readonly title: string;
  readonly what: string;
  readonly vector: string;
  readonly retention: string;
  readonly rights: string;
  readonly language: string;
}

/**
 * @param now wall clock, milliseconds since 1970
 * @returns JSON, without the feature vector, which never leaves the camera
 */
export function disclosure({ held }: DeskRecord, rules: Rules, now: number, text: DisclosureText): string {
  const { title, what, vector, retention, rights, language } = text;
  const content = {
    title,
    language,
    disclosedAt: new Date(now).toISOString(),
    about: { what, vector, retention, rights },
    retentionDays: rules.retentionDays,
    time: rules.time,
    held: held
      ? {
          visits: held.days.length,
          days: held.days.map((day) => ({ day: day + 1, daysAgo: held.today - day })),
          destroyedInDays: held.until - held.today,
        }
      : null,
  };
  return JSON.stringify(content, null, 2) + '\n';
}

export const disclosureName = (now: number): string => stampedName('incam-disclosure', 'json', now);
