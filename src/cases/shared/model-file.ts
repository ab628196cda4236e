/** Pairs a model file of the visitor's with the card that describes it. */
import * as v from 'valibot';
import { modelId } from '../../../contract/index.ts';
import type { RegistryEntry } from '../../../models/registry.ts';

export interface ModelFile {
  readonly file: File;
  readonly card: unknown;
  readonly id: string;
}

const WithId = v.looseObject({ id: modelId });

/**
 * @param files the chosen files: a model, and optionally its own card as JSON
 * @param known the card for a model without its own
 * @returns undefined when the files have no model, or no card with an id
 */
export async function cardForFile(
  files: readonly File[],
  known: RegistryEntry | undefined,
): Promise<ModelFile | undefined> {
  const file = files.find(({ name }) => !isJson(name));
  const own = files.find(({ name }) => isJson(name));
  if (!file) return undefined;
  const card = own ? await readJson(own) : known && describe(known, file.name);
  const named = v.safeParse(WithId, card);
  return named.success ? { file, card: named.output, id: named.output.id } : undefined;
}

/** The registry's card for a file of other origin: without facts, and without a hash to check. */
function describe(entry: RegistryEntry, name: string): unknown {
  const { facts: _facts, source: _source, ...rest } = entry;
  return { ...rest, tier: 'file', source: { file: name } };
}

const isJson = (name: string) => /\.json$/i.test(name);

async function readJson(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    return undefined;
  }
}
