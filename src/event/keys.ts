/** The presenter's keys. */
import { CASES, type CaseId } from '../../contract/index.ts';
import { m } from '../paraglide/messages.js';

export type Act =
  'pause' | 'glass' | 'step' | 'prove' | 'reset' | 'language' | 'screen' | 'sheet' | { show: CaseId };

/** As they stand on the sheet, in this order. */
export const KEYS: readonly { readonly face: string; readonly text: () => string }[] = [
  { face: '1 – 6', text: m.event_key_cases },
  { face: 'Space', text: m.event_key_pause },
  { face: 'G', text: m.event_key_glass },
  { face: 'S', text: m.event_key_step },
  { face: 'P', text: m.event_key_prove },
  { face: 'R', text: m.event_key_reset },
  { face: 'L', text: m.event_key_language },
  { face: 'F', text: m.event_key_screen },
  { face: '?', text: m.event_key_sheet },
];

const ACTS: Readonly<Record<string, Act>> = {
  ' ': 'pause',
  g: 'glass',
  s: 'step',
  p: 'prove',
  r: 'reset',
  l: 'language',
  f: 'screen',
  '?': 'sheet',
  h: 'sheet',
};

/** @param key as an event of the keyboard names it */
export function actOf(key: string): Act | undefined {
  const show = /^[1-9]$/.test(key) ? CASES[Number(key) - 1] : undefined;
  if (show) return { show };
  const name = key.toLowerCase();
  return Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
}
