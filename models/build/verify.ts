/** `npm run models -- verify`: compares the served files with the registry. */
import { join } from 'node:path';
import * as v from 'valibot';
import { Registry } from '../registry.ts';
import { readIfThere } from './files.ts';
import type { Places } from './paths.ts';
import { isIntact } from './store.ts';

/**
 * @returns what is wrong, by model; empty if nothing is
 * @throws {Error} where there is no sound registry
 */
export async function verify(places: Places): Promise<{ checked: number; wrong: string[] }> {
  const text = await readIfThere(join(places.served, 'registry.json'));
  if (!text) throw new Error('there is no registry yet: run npm run models');
  const { models } = v.parse(Registry, JSON.parse(text.toString()));
  const wrong: string[] = [];
  let checked = 0;
  for (const { id, facts } of models) {
    if (!facts) continue;
    checked++;
    if (!(await isIntact(facts, places))) wrong.push(id);
  }
  return { checked, wrong };
}
