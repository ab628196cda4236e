/** `npm run models`: makes every model whose source is at hand and writes the registry. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CardFacts, Registry, RegistryEntry } from '../registry.ts';
import { readCards, type ProjectCard } from './cards.ts';
import { ROOT } from './paths.ts';
import { Store } from './store.ts';

/** @param report called with the id of every model that had to be made */
export async function buildAll(report: (card: ProjectCard, facts: CardFacts) => void): Promise<Registry> {
  const store = await new Store().open();
  const models: RegistryEntry[] = [];
  for (const card of await readCards()) {
    const files = await sourceOf(card);
    if (!files) {
      models.push(card);
      continue;
    }
    const { facts, made } = await store.ensure(card, files);
    if (made) report(card, facts);
    models.push({ ...card, facts });
  }
  const registry: Registry = { version: 1, models };
  const facts = models.flatMap((model) => model.facts ?? []);
  await store.finish(`${JSON.stringify(registry, null, 1)}\n`, facts);
  return registry;
}

/** @returns the source's files, or `undefined` for an optional model that is not installed */
async function sourceOf(card: ProjectCard): Promise<Uint8Array[] | undefined> {
  if (card.tier === 'own') return [await readFile(join(ROOT, card.source.file))];
  if (card.tier === 'optional') return undefined;
  const { package: name, version, files } = card.source;
  const folder = join(ROOT, 'node_modules', name);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  if (manifest.version !== version) {
    throw new Error(`${card.id} is written for ${name}@${version}; ${manifest.version} is installed`);
  }
  return Promise.all(files.map((file) => readFile(join(folder, file))));
}
