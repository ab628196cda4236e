/**
 * How the guidebook's documents answer each duty for a case: the project's own summaries of seeds 000 (case 1), 001 (cases
 * 4 to 6), 003 and 004 (case 3). Case 2 has none there.
 */
import type { CaseId } from '../../contract/index.ts';
import type { Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';

export interface WorkedAnswers {
  /** Where the answers stand: number of the seed document. */
  readonly source: string;
  /** By duty, 1 to 14. */
  readonly answers: Readonly<Record<number, Text>>;
}

export const WORKED: Partial<Readonly<Record<CaseId, WorkedAnswers>>> = {
  attributes: {
    source: '000',
    answers: {
      1: m.guidebook_worked_attributes_1,
      2: m.guidebook_worked_attributes_2,
      3: m.guidebook_worked_attributes_3,
      8: m.guidebook_worked_attributes_8,
      10: m.guidebook_worked_attributes_10,
      13: m.guidebook_worked_attributes_13,
    },
  },
  'repeat-visits': {
    source: '003, 004',
    answers: {
      1: m.guidebook_worked_repeat_visits_1,
      2: m.guidebook_worked_repeat_visits_2,
      3: m.guidebook_worked_repeat_visits_3,
      5: m.guidebook_worked_repeat_visits_5,
      6: m.guidebook_worked_repeat_visits_6,
      8: m.guidebook_worked_repeat_visits_8,
      10: m.guidebook_worked_repeat_visits_10,
      11: m.guidebook_worked_repeat_visits_11,
      12: m.guidebook_worked_repeat_visits_12,
      13: m.guidebook_worked_repeat_visits_13,
    },
  },
  counting: {
    source: '001',
    answers: {
      1: m.guidebook_worked_counting_1,
      2: m.guidebook_worked_counting_2,
      3: m.guidebook_worked_counting_3,
      4: m.guidebook_worked_counting_4,
      5: m.guidebook_worked_counting_5,
      6: m.guidebook_worked_counting_6,
      7: m.guidebook_worked_counting_7,
      8: m.guidebook_worked_counting_8,
      9: m.guidebook_worked_counting_9,
      10: m.guidebook_worked_counting_10,
      11: m.guidebook_worked_counting_11,
      12: m.guidebook_worked_counting_12,
      13: m.guidebook_worked_counting_13,
    },
  },
  streetscape: {
    source: '001',
    answers: {
      1: m.guidebook_worked_streetscape_1,
      2: m.guidebook_worked_streetscape_2,
      3: m.guidebook_worked_streetscape_3,
      4: m.guidebook_worked_streetscape_4,
      5: m.guidebook_worked_streetscape_5,
      6: m.guidebook_worked_streetscape_6,
      7: m.guidebook_worked_streetscape_7,
      8: m.guidebook_worked_streetscape_8,
      9: m.guidebook_worked_streetscape_9,
      10: m.guidebook_worked_streetscape_10,
      11: m.guidebook_worked_streetscape_11,
      12: m.guidebook_worked_streetscape_12,
      13: m.guidebook_worked_streetscape_13,
    },
  },
  crowding: {
    source: '001',
    answers: {
      1: m.guidebook_worked_crowding_1,
      2: m.guidebook_worked_crowding_2,
      3: m.guidebook_worked_crowding_3,
      4: m.guidebook_worked_crowding_4,
      5: m.guidebook_worked_crowding_5,
      6: m.guidebook_worked_crowding_6,
      7: m.guidebook_worked_crowding_7,
      8: m.guidebook_worked_crowding_8,
      9: m.guidebook_worked_crowding_9,
      10: m.guidebook_worked_crowding_10,
      11: m.guidebook_worked_crowding_11,
      12: m.guidebook_worked_crowding_12,
      13: m.guidebook_worked_crowding_13,
    },
  },
};
