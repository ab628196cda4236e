import { describe, expect, it } from 'vitest';
import { missingComments } from '../tools/doc-comments.ts';

const missing = (text: string) => missingComments('lib/a.ts', text);

describe('an exported function', () => {
  it.each([
    { says: 'without a comment', text: 'export function f(): void {}', is: 'f: no doc comment' },
    {
      says: 'with a comment that is no doc comment',
      text: '// Speed, m/s.\nexport const f = () => 1;',
      is: 'f: no doc comment',
    },
    {
      says: 'whose number has no unit',
      text: '/** Speed. */\nexport const speed = (x: number): number => x;',
      is: 'speed: no unit for x, returned',
    },
    {
      says: 'one of whose numbers has none',
      text: '/** Waits. */\nexport function wait(timeS: number, much: number): void {}',
      is: 'wait: no unit for much',
    },
  ])('$says is told', ({ text, is }) => {
    expect(missing(text)).toEqual([expect.stringContaining(is)]);
  });

  it.each([
    {
      says: 'names the unit',
      text: '/** Speed, metres a second. */\nexport const f = (x: number): number => x;',
    },
    {
      says: 'has it in the names',
      text: '/** Waits. */\nexport function f(timeS: number, maxMs: number): void {}',
    },
    { says: 'takes no number', text: '/** Says so. */\nexport const f = (text: string): string => text;' },
    { says: 'is not exported', text: 'const f = (x: number): number => x;' },
    { says: 'is a type', text: 'export type F = (x: number) => number;' },
  ])('that $says is in order', ({ text }) => expect(missing(text)).toEqual([]));
});
