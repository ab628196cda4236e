/** Arbitrary values from a valibot schema: what fits it, so that near misses can be made of it. */
import fc, { type Arbitrary } from 'fast-check';
import type * as v from 'valibot';

/** As much of a schema's inside as is looked at. */
interface Inside {
  readonly type: string;
  readonly entries?: Record<string, v.GenericSchema>;
  readonly options?: readonly unknown[];
  readonly item?: v.GenericSchema;
  readonly items?: readonly v.GenericSchema[];
  readonly literal?: unknown;
  readonly wrapped?: v.GenericSchema;
  readonly key?: v.GenericSchema;
  readonly value?: v.GenericSchema;
  readonly pipe?: readonly {
    readonly type: string;
    readonly requirement?: unknown;
    readonly message?: unknown;
  }[];
}

/**
 * @returns values of the schema's form; where it holds parts against one another (a length that another field states), not all
 *   of them fit
 * @throws {Error} for a kind of schema that is not known here
 */
export const fromSchema = (schema: v.GenericSchema): Arbitrary<unknown> => made(schema as unknown as Inside);

function made(inside: Inside): Arbitrary<unknown> {
  const limit = (type: string) => inside.pipe?.find((action) => action.type === type)?.requirement;
  switch (inside.type) {
    case 'strict_object':
    case 'object':
    case 'loose_object':
      return objectOf(inside.entries!);
    case 'variant':
    case 'union':
      return fc.oneof(...(inside.options as v.GenericSchema[]).map(fromSchema));
    case 'picklist':
    case 'enum':
      return fc.constantFrom(...(inside.options as unknown[]));
    case 'literal':
      return fc.constant(inside.literal);
    case 'boolean':
      return fc.boolean();
    case 'undefined':
      return fc.constant(undefined);
    case 'null':
      return fc.constant(null);
    case 'nullable':
      return fc.option(fromSchema(inside.wrapped!), { nil: null });
    case 'optional':
    case 'exact_optional':
      return fromSchema(inside.wrapped!);
    case 'array': {
      const size = limit('length') as number | undefined;
      const minLength = size ?? (limit('min_length') as number | undefined) ?? 0;
      const maxLength = size ?? Math.min((limit('max_length') as number | undefined) ?? 4, minLength + 4);
      return fc.array(fromSchema(inside.item!), { minLength, maxLength });
    }
    case 'tuple':
    case 'strict_tuple':
      return fc.tuple(...inside.items!.map(fromSchema));
    case 'record':
      return fc.dictionary(fromSchema(inside.key!) as Arbitrary<string>, fromSchema(inside.value!), {
        maxKeys: 3,
      });
    case 'number':
      return numberOf(limit, inside.pipe?.find(({ message }) => String(message) in STEPS)?.message);
    case 'string':
      return stringOf(limit);
    default:
      throw new Error(`no values are made for a schema of the kind ${inside.type}`);
  }
}

function objectOf(entries: Record<string, v.GenericSchema>): Arbitrary<unknown> {
  const names = Object.keys(entries);
  const isOptional = (name: string) => /optional|nullish/.test((entries[name] as unknown as Inside).type);
  return fc.record(Object.fromEntries(names.map((name) => [name, fromSchema(entries[name]!)])), {
    requiredKeys: names.filter((name) => !isOptional(name)),
    noNullPrototype: true,
  });
}

/** Numbers that a check takes in even steps only, by the check's message. */
const STEPS: Readonly<Record<string, number>> = { tenths: 10, hundredths: 100 };

function numberOf(limit: (type: string) => unknown, steps?: unknown): Arbitrary<number> {
  const min = (limit('min_value') as number | undefined) ?? -1e6;
  const max = (limit('max_value') as number | undefined) ?? 1e6;
  if (limit('integer') !== undefined || limit('safe_integer') !== undefined)
    return fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
  const parts = STEPS[String(steps)];
  if (parts !== undefined)
    return fc.integer({ min: Math.ceil(min * parts), max: Math.floor(max * parts) }).map((n) => n / parts);
  return fc.double({ min, max, noNaN: true });
}

function stringOf(limit: (type: string) => unknown): Arbitrary<string> {
  const pattern = limit('regex') as RegExp | undefined;
  if (pattern) return fc.stringMatching(pattern);
  const maxLength = (limit('max_length') as number | undefined) ?? 40;
  return fc.string({ maxLength: Math.min(maxLength, 60), unit: 'binary' });
}
