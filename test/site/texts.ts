/** The site's own words, so that tests look for what a visitor reads. */
import type { FaultCode } from '../../contract/index.ts';
import { readCatalogue } from '../tools/catalogue.ts';

const en = readCatalogue('en');

/** What the page says of a fault, in English: what happened and what to do. */
export function faultText(code: FaultCode): { what: string; todo: string } {
  const key = `fault_${code.replaceAll('-', '_')}`;
  const what = en[key];
  const todo = en[`${key}_todo`];
  if (!what || !todo) throw new Error(`there are no words for ${code}`);
  return { what, todo };
}
