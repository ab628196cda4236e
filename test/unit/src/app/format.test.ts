import { afterEach, describe, expect, it } from 'vitest';
import { bytes, clock, count, decimal, metres, milliseconds, percent } from '../../../../src/app/format.ts';
import { locale } from '../../../../src/app/locale.svelte.ts';

afterEach(() => locale.set('en'));

describe('format', () => {
  it.each([
    { says: 'nothing is nothing', value: 0, text: '0 B' },
    { says: 'bytes are whole', value: 812, text: '812 B' },
    { says: 'a thousand is a kilobyte', value: 1000, text: '1.00 kB' },
    { says: 'three significant digits', value: 45_670, text: '45.7 kB' },
    { says: 'no point above a hundred', value: 277_400_000, text: '277 MB' },
    { says: 'an hour of video', value: 1.3e12, text: '1.30 TB' },
    { says: 'beyond the last unit it stays there', value: 2.5e18, text: '2,500 PB' },
  ])('bytes: $says', ({ value, text }) => {
    expect(bytes(value).replace('\u00A0', ' ')).toBe(text);
  });

  it.each([
    { says: 'seconds', s: 9.94, text: '0:09' },
    { says: 'minutes', s: 61, text: '1:01' },
    { says: 'hours', s: 3 * 3600 + 62, text: '3:01:02' },
    { says: 'never before the start', s: -1, text: '0:00' },
  ])('clock: $says', ({ s, text }) => {
    expect(clock(s)).toBe(text);
  });

  it('keeps a fixed number of digits, so that running figures do not jump', () => {
    expect(decimal(8, 1)).toBe('8.0');
    expect(milliseconds(7)).toBe('7.0 ms');
    expect(milliseconds(123.4)).toBe('123 ms');
  });

  it('groups and names units as the language does', () => {
    expect([count(12345), percent(0.034), metres(1.72)]).toEqual(['12,345', '3%', '1.7 m']);
    locale.set('ja');
    expect([count(12345), percent(0.034)]).toEqual(['12,345', '3%']);
  });
});
