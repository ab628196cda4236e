/** What explains something is a tap away: a `title` is there for a pointer that hovers alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../../src');

/** Elements whose `title` repeats their name, or shows in full what is cut. */
const NAMES = [
  'app/Header.svelte: a',
  'cases/shared/SourcePicker.svelte: span',
  // The list below the map names each sign.
  'cases/streetscape/MapStrip.svelte: title',
  'ui/Button.svelte: button',
  'ui/Explain.svelte: button',
  'ui/Segmented.svelte: label',
];

interface Node {
  readonly type?: string;
  readonly name?: string;
  readonly attributes?: readonly Node[];
}

/** Names of elements with a `title`; that of an `iframe` is its name for a screen reader. Also `<title>` within a drawing. */
function titledIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, name = '', attributes = [] } = node as Node;
    const isTitled =
      type === 'RegularElement' &&
      name !== 'iframe' &&
      attributes.some((attribute) => attribute.type === 'Attribute' && attribute.name === 'title');
    if (isTitled) found.push(name);
    if (type === 'TitleElement' || (type === 'RegularElement' && name === 'title')) found.push('title');
    Object.entries(node).forEach(([key, child]) => {
      if (key !== 'css' && key !== 'instance' && key !== 'module') visit(child);
    });
  };
  visit(parse(source, { modern: true }).fragment);
  return found;
}

describe('explanations', () => {
  it.each([
    { says: 'a title on a cell', source: '<td title={m.x()}>1</td>', found: ['td'] },
    { says: 'a title inside a block', source: '{#if a}<p title="x"></p>{/if}', found: ['p'] },
    { says: 'the title of a shape', source: '<svg><path><title>x</title></path></svg>', found: ['title'] },
    {
      says: 'not a frame, and not a component',
      source: '<iframe title="x"></iframe><Dialog title="x" />',
      found: [],
    },
  ])('finds $says', ({ source, found }) => {
    expect(titledIn(source)).toEqual(found);
  });

  it('stand in no title', () => {
    const titled = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.svelte') && !path.startsWith('paraglide'))
      .flatMap((path) =>
        titledIn(readFileSync(join(SRC, path), 'utf8')).map(
          (name) => `${path.replaceAll('\\', '/')}: ${name}`,
        ),
      );
    expect(titled.toSorted()).toEqual(NAMES);
  });
});
