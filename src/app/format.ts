/**
 * Numbers, amounts and times in the reader's language. Every function reads the language rune, so formatted values in a
 * template follow a switch of language.
 */
import { locale } from './locale.svelte.ts';

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale.current} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = new Intl.NumberFormat(locale.current, options)));
  return found;
}

export const count = (value: number): string => formatter({ maximumFractionDigits: 0 }).format(value);

/** @param digits digits after the point, always that many so that running figures do not jump */
export const decimal = (value: number, digits = 1): string =>
  formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

export const percent = (share: number): string =>
  formatter({ style: 'percent', maximumFractionDigits: 0 }).format(share);

/** With its sign; zero has one, too. */
export const signed = (value: number, format: (amount: number) => string): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${format(Math.abs(value))}`;

/** Milliseconds; a tenth below 100, whole above. */
export const milliseconds = (ms: number): string =>
  formatter({
    style: 'unit',
    unit: 'millisecond',
    minimumFractionDigits: ms < 100 ? 1 : 0,
    maximumFractionDigits: ms < 100 ? 1 : 0,
  }).format(ms);

/** The same symbols in every language. */
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in decimal units with three significant digits: 812 B, 4.21 kB, 1.30 GB. */
export function bytes(value: number): string {
  const step = value < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(value) / 3));
  const amount = value / 1000 ** step;
  const digits = step === 0 ? 0 : amount < 10 ? 2 : amount < 100 ? 1 : 0;
  return `${decimal(amount, digits)}\u00A0${BYTE_UNITS[step]}`;
}

/** Placeholder for a value that is not known yet. */
export const NONE = '–';

export const metres = (value: number): string =>
  formatter({ style: 'unit', unit: 'meter', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    value,
  );

export const kilometresPerHour = (value: number): string =>
  formatter({ style: 'unit', unit: 'kilometer-per-hour', maximumFractionDigits: 0 }).format(value);

export const degrees = (value: number): string =>
  formatter({ style: 'unit', unit: 'degree', unitDisplay: 'narrow', maximumFractionDigits: 0 }).format(value);

/** Source time as m:ss, or h:mm:ss from an hour on; the same in every language. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number) => String(part).padStart(2, '0');
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = whole % 60;
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export const dateTime = (ms: number): string =>
  new Intl.DateTimeFormat(locale.current, { dateStyle: 'medium', timeStyle: 'medium' }).format(ms);

/** Pictures a second: whole from ten on, below with a digit. */
export const rate = (fps: number): string => (fps >= 10 ? count(fps) : decimal(fps, 1));
