/** What a case page says of disclosure control before and after the source is open. */
import { render } from 'svelte/server';
import { beforeEach, expect, it } from 'vitest';
import { policyOf, type CaseConfig, type SourceKind } from '../../../../../contract/index.ts';
import { locale } from '../../../../../src/app/locale.svelte.ts';
import Disclosure from '../../../../../src/cases/shared/Disclosure.svelte';
import type { CaseSession } from '../../../../../src/cases/shared/session.svelte.ts';

beforeEach(() => locale.set('en'));

const CONFIG: CaseConfig = { case: 'trajectories', zones: [], k: 3, everyS: 5 };

/** @param told what the camera holds to; undefined where it has said nothing yet */
function textOf(chosen: SourceKind, power: string, source: object | undefined, told?: SourceKind): string {
  const disclosure = told ? { trajectories: { ...policyOf(CONFIG, told), type: 'disclosure' } } : {};
  const session = {
    policies: [policyOf(CONFIG, chosen)],
    camera: { power, disclosure, status: { source } },
  } as unknown as CaseSession;
  return render(Disclosure, { props: { session } })
    .body.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

const INVENTED = 'Invented people';
const REAL = 'Real people';
const SOURCE = { kind: 'sample', width: 640, height: 360 };

it('while a camera starts: what the chosen source will be, not the strict rules that hold until it is known', () => {
  // A camera without a source holds to the rules for real people.
  const text = textOf('sample', 'starting', undefined, 'webcam');
  expect(text).toContain(INVENTED);
  expect(text).not.toContain(REAL);
});

it.each([
  { told: 'sample', contains: INVENTED, not: REAL },
  { told: 'file', contains: REAL, not: INVENTED },
] as const)('with an open source: the word of the camera, $told', ({ told, contains, not }) => {
  // Whatever the page believes the source to be.
  const text = textOf(told === 'file' ? 'sample' : 'file', 'on', SOURCE, told);
  expect(text).toContain(contains);
  expect(text).not.toContain(not);
});

it('of a camera that is off: what the chosen source would be', () => {
  expect(textOf('webcam', 'off', SOURCE, 'sample')).toContain(REAL);
});
