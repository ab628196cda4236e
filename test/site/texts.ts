/** The site's own words, so that tests look for what a visitor reads. */
import en from '../../src/messages/en.json' with { type: 'json' };
import type { FaultCode } from '../../contract/index.ts';

/** What the page says of a fault, in English: what happened and what to do. */
export function faultText(code: FaultCode): { what: string; todo: string } {
  const key = `fault_${code.replaceAll('-', '_')}`;
  const texts = en as Record<string, string>;
  const what = texts[key];
  const todo = texts[`${key}_todo`];
  if (!what || !todo) throw new Error(`there are no words for ${code}`);
  return { what, todo };
}
