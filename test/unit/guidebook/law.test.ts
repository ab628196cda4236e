import { expect, test } from 'vitest';
import { CASES } from '../../../contract/index.ts';
import { LAW, notesFor } from '../../../src/guidebook/law/notes.ts';

test('notes are dated, newest first, and none is younger than the last check', () => {
  const dates = LAW.notes.map(({ date }) => date);
  expect(dates).toEqual(dates.toSorted().toReversed());
  expect(dates.filter((date) => date > LAW.checked)).toEqual([]);
});

test('no two notes share an id', () => {
  expect(new Set(LAW.notes.map(({ id }) => id)).size).toBe(LAW.notes.length);
});

test('what the guidebook page must not leave out is there', () => {
  const ids = LAW.notes.map(({ id }) => id);
  for (const id of ['guidebook-3', 'appi-2022', 'qa-1-13', 'qa-1-14', 'qa-1-15', 'qa-1-16', 'bill-2026'])
    expect(ids).toContain(id);
});

test('a bill is not said to be law', () => {
  const bill = LAW.notes.find(({ id }) => id === 'bill-2026');
  expect(bill?.status).toBe('bill');
  expect(bill?.text.ja).toContain('確認できていない');
  expect(bill?.text.en).toContain('not known');
});

test.each(CASES)('%s has its notes', (id) => {
  expect(notesFor(id).length).toBeGreaterThan(3);
});
