import { describe, expect, test } from 'vitest';
import { FIELDS, fieldsOf, fieldValue, isStated, missingItems } from '../../../src/guidebook/fields.ts';
import { emptyFile, emptyPlan, type OperatorFile } from '../../../src/guidebook/operator-file.ts';
import { EXAMPLE_FILE } from '../../../src/guidebook/example-file.ts';

const sectionsOf = (file: OperatorFile) => ({
  operator: file.operator,
  contact: file.contact,
  place: file.places[0],
  partner: file.partners[0],
  case: file.cases['repeat-visits'] ?? emptyPlan(),
  camera: file.cases['repeat-visits']?.cameras[0],
  recipient: file.cases.streetscape?.recipients[0],
});

describe('fields of the operator file', () => {
  test('every field stands in the file', () => {
    const sections = sectionsOf(EXAMPLE_FILE);
    const lost = FIELDS.filter((field) => fieldValue(field, sections[field.section]) === undefined);
    expect(lost.map(({ section, id }) => `${section}.${id}`)).toEqual([]);
  });

  test('duties are numbered 1 to 14', () => {
    expect(FIELDS.flatMap(({ duties }) => duties).filter((n) => n < 1 || n > 14)).toEqual([]);
  });

  test('fields of one case do not show in another', () => {
    const ids = fieldsOf('case', 'counting').map(({ id }) => id);
    expect(ids).not.toContain('vehicles');
    expect(ids).not.toContain('retention.vectors');
    expect(fieldsOf('case', 'streetscape').map(({ id }) => id)).toContain('vehicles');
  });
});

describe('missing items', () => {
  test('nothing is assumed of an empty file', () => {
    const missing = missingItems(emptyFile(), 'ja');
    const needed = FIELDS.filter((field) => field.needed && ['operator', 'contact'].includes(field.section));
    // Besides the fields: no place, no case.
    expect(missing).toHaveLength(needed.length + 2);
  });

  test('a text that is blank is not stated', () => {
    const name = FIELDS.find(({ section, id }) => section === 'operator' && id === 'name')!;
    expect(isStated(name, { name: { ja: ' ', en: 'x', zh: '', ko: '' } }, 'ja')).toBe(false);
    expect(isStated(name, { name: { ja: ' ', en: 'x', zh: '', ko: '' } }, 'en')).toBe(true);
  });

  test.each(['ja', 'en', 'zh', 'ko'] as const)('the example lacks nothing in %s', (language) => {
    expect(missingItems(EXAMPLE_FILE, language).map(({ label }) => label())).toEqual([]);
  });

  test('third parties without a recipient are missing one', () => {
    const file = emptyFile();
    file.cases = { counting: { ...emptyPlan(), thirdParty: 'yes' } };
    expect(missingItems(file, 'ja', 'counting').map(({ section }) => section)).toContain('recipient');
    file.cases = { counting: { ...emptyPlan(), thirdParty: 'no' } };
    expect(missingItems(file, 'ja', 'counting').map(({ section }) => section)).not.toContain('recipient');
  });
});
