/** Finds model cards and weights among what the camera was supplied with. */
import * as v from 'valibot';
import { Registry, type CardFacts, type RegistryEntry } from '../../../models/registry.ts';
import { Fault } from '../isolation/fault.ts';
import { supplies as current, type OnBytes, type Supplies } from '../isolation/supplies.ts';

const REGISTRY = 'models/registry.json';

/**
 * The cards of all models, installed or not.
 * @throws {Fault} 'model-missing' when there is none, 'model-corrupt' when it cannot be read
 */
export async function loadRegistry(supplies: Supplies = current()): Promise<Registry> {
  const text = new TextDecoder().decode(await supplies.file(REGISTRY, 'registry'));
  const parsed = v.safeParse(Registry, json(text));
  if (!parsed.success)
    throw new Fault('model-corrupt', `the registry of models: ${parsed.issues[0].message}`);
  return parsed.output;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The card of a model that is installed.
 * @throws {Fault} 'model-missing' when no such model is known or its weights are not installed
 */
export async function findModel(id: string, supplies: Supplies = current()): Promise<InstalledModel> {
  const { models } = await loadRegistry(supplies);
  const entry = models.find((model) => model.id === id);
  if (!entry)
    throw missing(id, `there is no model ${id}, only ${models.map((model) => model.id).join(', ')}`);
  if (!isInstalled(entry)) throw missing(id, `the weights of ${id} are not installed`);
  return entry;
}

export type InstalledModel = RegistryEntry & { readonly facts: CardFacts };
const isInstalled = (entry: RegistryEntry): entry is InstalledModel => entry.facts !== undefined;

/**
 * A model's weights, whose hash the supplier has checked.
 * @throws {Fault} 'model-missing', 'model-corrupt' (another size than the card's), 'memory-exhausted'
 */
export async function readWeights(
  { id, facts }: InstalledModel,
  onBytes: OnBytes,
  supplies: Supplies = current(),
): Promise<Uint8Array> {
  const weights = await supplies.file(facts.url, id, onBytes);
  if (weights.byteLength !== facts.bytes)
    throw new Fault('model-corrupt', `${id}: ${weights.byteLength} bytes instead of ${facts.bytes}`, {
      subject: id,
    });
  return weights;
}

const missing = (subject: string, message: string) => new Fault('model-missing', message, { subject });
