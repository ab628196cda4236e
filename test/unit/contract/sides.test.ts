/** A case has three sides: the contract's, the camera's and the page's. A missing one does not compile. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  CASES,
  CASE_CONTRACTS,
  CASE_RECORDS,
  needsOf,
  PICTURE_CASES,
  type CaseCommand,
  type CaseConfig,
  type CaseId,
  type OutRecord,
} from '../../../contract/index.ts';
import { CASE_DEFINITIONS } from '../../../src/cases/index.ts';
import type { CaseDefinition } from '../../../src/cases/shared/definition.ts';
import type { CreatePipeline } from '../../../workers/camera/cases/pipeline.ts';

describe('what is derived from the list of cases', () => {
  it('is in the order of the guidebook', () => {
    expect(CASES.map((id) => CASE_CONTRACTS[id].number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('has a configuration for each case and no other', () => {
    expectTypeOf<CaseConfig['case']>().toEqualTypeOf<CaseId>();
  });

  it('has the records and commands of each case, not any', () => {
    expectTypeOf<Extract<OutRecord, { type: 'visit' }>['case']>().toEqualTypeOf<'repeat-visits'>();
    expectTypeOf<CaseCommand['case']>().toEqualTypeOf<'repeat-visits' | 'crowding'>();
    expectTypeOf<Extract<OutRecord, { type: 'no such record' }>>().toEqualTypeOf<never>();
  });

  it('has no two records of one type', () => {
    const types = CASE_RECORDS.map(({ entries }) => entries.type.literal);
    expect(new Set(types).size).toBe(types.length);
  });

  it('names the case in each record of a case', () => {
    for (const id of CASES) {
      const { config, records } = CASE_CONTRACTS[id];
      expect(config.entries.case.literal).toBe(id);
      for (const { entries } of records) expect('case' in entries ? entries.case.literal : id).toBe(id);
    }
  });

  it('lets those cases give pictures that the guidebook has give them', () => {
    expect(PICTURE_CASES).toEqual(['streetscape', 'crowding']);
  });

  it('names the models once: the detector comes first', () => {
    for (const id of CASES) expect(['objects', 'faces']).toContain(needsOf(id)[0]);
  });
});

describe('a side that is missing', () => {
  it('does not compile on the page', () => {
    const { crowding: _, ...fewer } = CASE_DEFINITIONS;
    // @ts-expect-error crowding has no page
    const definitions: { readonly [Id in CaseId]: CaseDefinition } = fewer;
    expect(Object.keys(definitions)).toHaveLength(CASES.length - 1);
  });

  it('does not compile in the camera', () => {
    type Pipelines = { readonly [Id in CaseId]: CreatePipeline<Id> };
    expectTypeOf<Omit<Pipelines, 'crowding'>>().not.toExtend<Pipelines>();
    // A pipeline of another case in its place is refused as well.
    expectTypeOf<CreatePipeline<'counting'>>().not.toExtend<CreatePipeline<'crowding'>>();
  });
});
