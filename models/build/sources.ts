/** Where a card's source files are, if they are here. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { OptionalCard } from '../registry.ts';
import type { ProjectCard } from './cards.ts';
import { readIfThere, sha256 } from './files.ts';
import type { Places } from './paths.ts';

/** Where the original of an installed optional model lies. */
export const originalPath = ({ id, source }: OptionalCard, { cache }: Places): string =>
  join(cache, 'originals', `${id}${extname(source.file)}`);

/**
 * @returns the source's files in the card's order, or `undefined` for an optional model that is not installed or
 *   whose original is damaged
 * @throws {Error} where a package is missing or of another version than the card's
 */
export async function sourceOf(card: ProjectCard, places: Places): Promise<Uint8Array[] | undefined> {
  switch (card.tier) {
    case 'own':
      return [await readFile(join(places.root, card.source.file))];
    case 'carried': {
      const { package: name, version, files } = card.source;
      const folder = join(places.root, 'node_modules', name);
      const manifest = await readIfThere(join(folder, 'package.json'));
      if (!manifest) throw new Error(`${card.id} comes with ${name}, which is not installed: run npm ci`);
      const installed = (JSON.parse(manifest.toString()) as { version?: string }).version;
      if (installed !== version) {
        throw new Error(
          `${card.id} is made from ${name}@${version}, but ${installed} is installed: run npm ci`,
        );
      }
      return Promise.all(files.map((file) => readFile(join(folder, file))));
    }
    case 'optional': {
      const bytes = await readIfThere(originalPath(card, places));
      return bytes && sha256(bytes) === card.source.sha256 ? [bytes] : undefined;
    }
  }
}
