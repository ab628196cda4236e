import * as v from 'valibot';
import { Fault } from './fault.ts';

/**
 * Checks the page's messages like all input from outside.
 * @throws {Fault} 'config-invalid'
 */
export function parseInput<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const where = v.getDotPath(parsed.issues[0]) ?? '(root)';
  throw new Fault('config-invalid', `${where}: ${parsed.issues[0].message}`);
}
