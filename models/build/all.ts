/** `npm run models`: makes every model whose source is at hand and writes the registry. */
import type { CardFacts, Registry, RegistryEntry } from '../registry.ts';
import { readCards, type ProjectCard } from './cards.ts';
import { PLACES, type Places } from './paths.ts';
import { sourceOf } from './sources.ts';
import { Store } from './store.ts';

/**
 * @param report called for every model that had to be made
 * @throws {Error} naming the card that is wrong, or whose source is not what it says
 */
export async function buildAll(
  report: (card: ProjectCard, facts: CardFacts) => void = () => {},
  places: Places = PLACES,
): Promise<Registry> {
  const store = await Store.open(places);
  const models: RegistryEntry[] = [];
  for (const card of await readCards(places.cards)) {
    const files = await sourceOf(card, places);
    if (!files) {
      models.push(card);
      continue;
    }
    const { facts, made } = await store.ensure(card, files);
    if (made) report(card, facts);
    models.push({ ...card, facts });
  }
  return store.finish(models);
}
