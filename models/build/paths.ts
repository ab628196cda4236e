/** Paths of sources, served models and the cache. */
import { join } from 'node:path';

export interface Places {
  /** Holds `node_modules` and the files of own models. */
  root: string;
  cards: string;
  /** Served to the site; never committed. */
  served: string;
  /** Originals of optional models, and what is known of the last build; never committed. */
  cache: string;
}

const root = join(import.meta.dirname, '..', '..');

export const PLACES: Places = {
  root,
  cards: join(root, 'models', 'cards'),
  served: join(root, 'public', 'models'),
  cache: join(root, 'models', '.cache'),
};
