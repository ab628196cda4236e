/** Light, dark, or the system's theme. */
import { recall, remember } from './storage.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

const KEY = 'incam.theme';

const isTheme = (value: unknown): value is ThemeChoice => THEMES.some((theme) => theme === value);

class Theme {
  #choice = $state<ThemeChoice>('auto');
  #systemDark = $state(false);

  constructor() {
    const stored = recall(KEY);
    if (isTheme(stored)) this.#choice = stored;
    const query = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
    if (!query) return;
    this.#systemDark = query.matches;
    query.addEventListener('change', () => (this.#systemDark = query.matches));
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  /** Whether the page is dark now; for charts, which paint on a canvas. */
  get dark(): boolean {
    return this.#choice === 'dark' || (this.#choice === 'auto' && this.#systemDark);
  }

  set(choice: ThemeChoice): void {
    this.#choice = choice;
    remember(KEY, choice);
  }
}

export const theme = new Theme();
