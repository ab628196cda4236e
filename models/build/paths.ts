/** Where things lie. */
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const CARDS = join(ROOT, 'models', 'cards');
/** Served to the site; never committed. */
export const SERVED = join(ROOT, 'public', 'models');
/** Originals of optional models, and what is known of the last build. */
export const CACHE = join(ROOT, 'models', '.cache');
