import { describe, expect, it } from 'vitest';
import { LIFE_CYCLES } from '../../../../src/cases/index.ts';
import { EXAMPLE_FILE } from '../../../../src/guidebook/example-file.ts';
import { emptyFile, emptyPlan } from '../../../../src/guidebook/operator-file.ts';
import { CASE_NOTICES } from '../../../../src/cases/case-notices.ts';
import {
  checkCompleteness,
  isLongEnough,
  isSatisfied,
  noticeDays,
} from '../../../../src/notices/completeness.ts';
import { FORMS, formsFor } from '../../../../src/notices/forms.ts';
import { noticeOf } from '../../../../src/notices/notice.ts';
import { claimsOf, compare, type Reality } from '../../../../src/notices/truth.ts';
import type { OutRecordOf } from '../../../../contract/index.ts';
import { CAMERAS, EVERY, inputFor } from './inputs.ts';

describe('completeness', () => {
  it.each(EVERY)(
    'of the example is full in every form: $id, $occasion, $language',
    ({ id, occasion, language }) => {
      const input = inputFor(id, occasion, language);
      for (const form of formsFor(input.about, occasion)) {
        const open = checkCompleteness(noticeOf(input), input.about, form).filter(
          (check) => !isSatisfied(check),
        );
        expect(open, form).toEqual([]);
      }
    },
  );

  it('tells what is missing, and which source asks for it', () => {
    const input = inputFor('repeat-visits', 'acquisition', 'ja', emptyFile());
    const checks = checkCompleteness(noticeOf(input), input.about, 'web');
    expect(checks.find(({ item }) => item === 'accredited')).toMatchObject({
      state: 'missing',
      source: 'guidebook-web-repeat',
    });
    // What the software knows by itself is stated without the operator.
    expect(checks.find(({ item }) => item === 'recognition')?.state).toBe('stated');
  });

  it('does not count on a long form that has no address', () => {
    const file = { ...EXAMPLE_FILE, operator: { ...EXAMPLE_FILE.operator, url: '', shortUrl: '' } };
    const input = inputFor('repeat-visits', 'acquisition', 'ja', file);
    const state = (of: typeof file) =>
      checkCompleteness(
        noticeOf(inputFor('repeat-visits', 'acquisition', 'ja', of)),
        input.about,
        'sticker',
      ).find(({ item }) => item === 'rights')?.state;
    expect(state(file)).toBe('unreachable');
    expect(state(EXAMPLE_FILE)).toBe('long-form');
  });

  it('asks for a month between prior notice and start', () => {
    const plan = { ...emptyPlan(), noticeFrom: '2026-12-31', start: '2027-01-27' };
    expect(noticeDays(plan)).toBe(27);
    expect(isLongEnough(27)).toBe(false);
    expect(isLongEnough(28)).toBe(true);
    expect(noticeDays({ ...plan, start: '' })).toBeUndefined();
  });

  it('has a vehicle sticker for what drives only', () => {
    expect(formsFor(CASE_NOTICES.streetscape, 'acquisition')).toEqual(FORMS);
    expect(formsFor(CASE_NOTICES.counting, 'acquisition')).not.toContain('vehicle-sticker');
    expect(formsFor(CASE_NOTICES.counting, 'new-purpose')).not.toContain('sticker');
  });
});

const ledger = (part: { left?: number; alive?: number; pictures?: number }) =>
  ({
    type: 'ledger',
    frames: { acquired: 100, destroyed: 100 - (part.left ?? 0), alive: part.alive ?? 0, waiting: 0 },
    cases: [{ case: 'counting', pictures: part.pictures ?? 0 }],
  }) as unknown as OutRecordOf<'ledger'>;

const reality = (part: Partial<Reality>): Reality => ({
  life: LIFE_CYCLES.counting,
  camera: {},
  filming: false,
  today: '2026-12-01',
  ...part,
});

const wrong = (truths: ReturnType<typeof compare>) =>
  truths.filter(({ agrees }) => !agrees).map(({ id }) => id);

describe('truth', () => {
  it('holds for a notice made from the camera that runs', () => {
    for (const [id, life] of Object.entries(LIFE_CYCLES)) {
      const camera = CAMERAS[life.id];
      const claims = claimsOf(life, EXAMPLE_FILE.cases[life.id] ?? emptyPlan(), camera);
      expect(wrong(compare(claims, reality({ life, camera }))), id).toEqual([]);
    }
  });

  it('finds each setting that a notice on the wall no longer tells of', () => {
    const plan = emptyPlan();
    const of = (id: 'repeat-visits' | 'streetscape' | 'crowding' | 'trajectories', changed: object) => {
      const life = LIFE_CYCLES[id];
      const camera = { ...CAMERAS[id], ...changed };
      return wrong(compare(claimsOf(life, plan, CAMERAS[id]), reality({ life, camera })));
    };
    expect(of('repeat-visits', { retentionDays: 90 })).toEqual(['retention']);
    expect(of('streetscape', { sensorWidth: 640 })).toEqual(['resolution']);
    expect(of('crowding', { pictureEveryS: 1 })).toEqual(['interval']);
    expect(of('trajectories', { k: 1 })).toEqual(['k']);
  });

  it('finds data that the notice does not name', () => {
    expect(wrong(compare({ kept: ['Numbers'] }, reality({})))).toEqual(['kept']);
  });

  it('finds a notice that denies the hand-over of case 5', () => {
    const life = LIFE_CYCLES.streetscape;
    expect(wrong(compare({ thirdParty: 'no' }, reality({ life })))).toEqual(['third-party']);
    expect(wrong(compare({ thirdParty: 'yes' }, reality({ life })))).toEqual([]);
  });

  it('finds a camera that films before the announced day, a sample clip not', () => {
    const claims = { start: '2027-01-01' };
    expect(wrong(compare(claims, reality({ filming: true })))).toEqual(['start']);
    expect(wrong(compare(claims, reality({ filming: false })))).toEqual([]);
  });

  it('finds images that were neither destroyed nor are in the camera, and pictures let out unsaid', () => {
    expect(wrong(compare({}, reality({ ledger: ledger({ left: 2, alive: 2 }) })))).toEqual([]);
    expect(wrong(compare({}, reality({ ledger: ledger({ left: 3, alive: 2 }) })))).toEqual(['recording']);
    expect(wrong(compare({}, reality({ ledger: ledger({ pictures: 1 }) })))).toEqual(['pictures']);
  });
});
