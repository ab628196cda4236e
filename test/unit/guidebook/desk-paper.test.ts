/** What a person takes home from the desk on paper. */
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import DeskPaper from '../../../src/cases/repeat-visits/DeskPaper.svelte';
import type { PublicLanguage } from '../../../src/guidebook/operator-file.ts';

const textOf = (language: PublicLanguage) => {
  const { body } = render(DeskPaper, {
    props: {
      held: { today: 5, days: [1, 4], until: 8 },
      rules: { retentionDays: 7, time: 'calendar', keep: 'session', mistakenShare: 0.05 },
      language,
    },
  });
  return body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

test('the paper tells the visits, their days, and when all of it ends', () => {
  const text = textOf('en');
  expect(text).toContain('Number of visits 2');
  expect(text).toMatch(/Day 2.*Day 5/);
  expect(text).toMatch(/Day 9.*in 3 days/);
  expect(text).toContain('7 days');
  // Days 2 and 5 are four days and one day before day 6.
  expect(text).toContain('(4 days ago)');
  expect(text).toContain('(1 day ago)');
});

test.each([
  ['ja', ['来店の回数 2', '2日目', '5日目', '9日目', '3日後', '7日間'], /[a-z]{4}/],
  ['zh', ['到店次数 2', '第2天', '第5天', '第9天', '3天后', '7天'], /[a-z]{4}|[ぁ-ん]/],
  ['ko', ['방문 횟수 2', '2일째', '5일째', '9일째', '3일 후', '7일간'], /[a-z]{4}|[ぁ-ん]/],
] as const)('it speaks the language of the person who takes it home: %s', (language, parts, foreign) => {
  const text = textOf(language);
  for (const part of parts) expect(text).toContain(part);
  expect(text).not.toMatch(foreign);
});
