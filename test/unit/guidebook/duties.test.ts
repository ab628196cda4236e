import { describe, expect, test } from 'vitest';
import { CASES } from '../../../contract/index.ts';
import { concerns, DUTIES, STAGES_OF_USE } from '../../../src/guidebook/checklist.ts';
import { answerKey, doneOf, statusOf, statusOfGroups, tallyOf } from '../../../src/guidebook/duties.ts';
import { WORKED } from '../../../src/guidebook/worked-answers.ts';
import { emptyFile, exampleWith, factsFor, runOf } from './facts.ts';

const items = (groups: typeof DUTIES) => groups.flatMap((group) => group.items);
const itemOf = (id: string) => {
  const found = [...items(DUTIES), ...items(STAGES_OF_USE)].find((item) => item.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('duties', () => {
  test('are fourteen, in the order of the guidebook', () => {
    expect(items(DUTIES).map(({ duty }) => duty)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
  });

  test('no two items share an id, so that no answer counts twice', () => {
    const ids = [...items(DUTIES), ...items(STAGES_OF_USE)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('with nothing entered and nothing run, nothing is claimed but what is built in', () => {
    for (const id of CASES) {
      const groups = statusOfGroups(DUTIES, factsFor(id, { file: emptyFile(), policy: undefined }), 'ja');
      const states = groups.flatMap((group) => group.items).map(({ item, state }) => [item.duty, state]);
      expect(
        states.filter(([, state]) => state === 'software' || state === 'answered'),
        id,
      ).toEqual([]);
    }
  });

  test('a balanced run shows the destruction of images', () => {
    const status = statusOf(itemOf('duty-8'), factsFor('counting', { run: runOf('counting') }), 'ja');
    expect(status.state).toBe('software');
  });

  test('a ledger that does not balance is a contradiction, whatever else is met', () => {
    const frames = { acquired: 10, destroyed: 9, alive: 0, waiting: 0, peak: 1 };
    const facts = factsFor('counting', { run: runOf('counting', { frames }) });
    expect(statusOf(itemOf('duty-8'), facts, 'ja').state).toBe('conflict');
  });

  test('that nothing was measured is said once', () => {
    const { parts } = statusOf(itemOf('duty-8'), factsFor('counting'), 'ja');
    expect(parts).toHaveLength(1);
  });

  test('an answer counts only with a text', () => {
    const item = itemOf('laws');
    const answered = (text: string) =>
      factsFor('counting', {
        file: exampleWith((file) => {
          file.answers = { [answerKey('counting', item)]: { state: 'done', text, date: '', person: '' } };
        }),
      });
    expect(statusOf(item, answered(''), 'ja').state).toBe('open');
    expect(statusOf(item, answered('弁護士に確認'), 'ja').state).toBe('answered');
  });

  test('an answer in one case is none in another', () => {
    const item = itemOf('laws');
    const file = exampleWith((copy) => {
      copy.answers = { [answerKey('counting', item)]: { state: 'done', text: 'x', date: '', person: '' } };
    });
    expect(statusOf(item, factsFor('crowding', { file }), 'ja').state).toBe('open');
  });

  test('texts must be stated in the language asked for', () => {
    const file = exampleWith((copy) => {
      copy.cases.counting!.benefit = { ...copy.cases.counting!.benefit, en: '' };
    });
    expect(statusOf(itemOf('content-benefit'), factsFor('counting', { file }), 'ja').state).toBe('answered');
    expect(statusOf(itemOf('content-benefit'), factsFor('counting', { file }), 'en').state).toBe('open');
  });

  test('the fork: what identifies and what does not have different items', () => {
    const of = (id: (typeof CASES)[number]) =>
      items(STAGES_OF_USE)
        .filter((item) => item.branch && concerns(item, id))
        .map(({ id: name }) => name);
    expect(of('repeat-visits')).toEqual(['destroy-yes', 'keep-yes', 'disclosure']);
    expect(of('counting')).toEqual(['destroy-no', 'keep-no']);
  });

  test('recipients are asked for only where data are provided', () => {
    const missing = (thirdParty: 'yes' | 'no') => {
      const file = exampleWith((copy) => {
        copy.cases.counting!.thirdParty = thirdParty;
      });
      return statusOf(itemOf('duty-13'), factsFor('counting', { file }), 'ja').state;
    };
    expect(missing('no')).toBe('answered');
    expect(missing('yes')).toBe('partly');
  });

  test('the tally covers every item', () => {
    for (const id of CASES)
      for (const groups of [DUTIES, STAGES_OF_USE]) {
        const status = statusOfGroups(groups, factsFor(id, { run: runOf(id) }), 'en');
        const tally = tallyOf(status);
        const shown = status.flatMap((group) => group.items).length;
        expect(Object.values(tally).reduce((a, b) => a + b, 0)).toBe(shown);
        expect(doneOf(tally)).toBeLessThanOrEqual(shown);
      }
  });

  test('worked answers are of duties that exist', () => {
    const numbers = Object.values(WORKED).flatMap(({ answers }) => Object.keys(answers).map(Number));
    expect(numbers.filter((n) => n < 1 || n > 14)).toEqual([]);
    expect(Object.keys(WORKED).sort()).toEqual(
      ['attributes', 'counting', 'crowding', 'repeat-visits', 'streetscape'].sort(),
    );
  });
});
