/** Lines of a notice, and the texts of the operator's file as such lines. */
import type { Text } from '../cases/shared/life-cycle.ts';
import type { LocalText } from '../guidebook/operator-file.ts';
import type { NoticeInput } from './input.ts';
import type { Occasion } from './items.ts';
import { say, type PublicLanguage } from './languages.ts';

export interface Lines {
  readonly lines: readonly string[];
  /** One of the lines is in this language, because it is not stated in the notice's. */
  readonly instead?: PublicLanguage | undefined;
}

export interface Statement {
  /** Another label for some occasions. */
  readonly label: Text | ({ readonly prior: Text } & Partial<Readonly<Record<Occasion, Text>>>);
  readonly said: (input: NoticeInput) => Lines;
}

export const nothing: Lines = { lines: [] };
export const only = (...lines: readonly string[]): Lines => ({ lines: lines.filter((line) => line !== '') });

/** A text of the operator's file as one line. */
export function stated(text: LocalText, language: PublicLanguage): Lines {
  const said = say(text, language);
  return said ? { lines: [said.text], instead: said.instead } : nothing;
}

/** Several texts of the file as lines; the first other language is told. */
export function joined(parts: readonly Lines[]): Lines {
  return {
    lines: parts.flatMap(({ lines }) => lines),
    instead: parts.find(({ instead }) => instead)?.instead,
  };
}
