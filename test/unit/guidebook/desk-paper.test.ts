/** What a person takes home from the desk on paper. */
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import DeskPaper from '../../../src/cases/repeat-visits/DeskPaper.svelte';

test('the paper tells the visits, their days, and when all of it ends', () => {
  const { body } = render(DeskPaper, {
    props: {
      held: { today: 5, days: [1, 4], until: 8 },
      rules: { retentionDays: 7, time: 'calendar', keep: 'session', mistakenShare: 0.05 },
    },
  });
  const text = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  expect(text).toContain('Number of visits 2');
  expect(text).toMatch(/Day 2.*Day 5/);
  expect(text).toMatch(/Day 9.*in 3 days/);
  expect(text).toContain('7 days');
});
