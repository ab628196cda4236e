import { expect, it } from 'vitest';
import { chunkNames } from '../../../build/chunks.ts';

const MESSAGES = '/site/src/paraglide/messages.js';
const message = (key: string) => `/site/src/paraglide/messages/${key}.js`;
const COUNTING = '/site/src/cases/counting/Page.svelte';
const CROWDING = '/site/src/cases/crowding/Page.svelte';

interface Sketch {
  readonly imports?: readonly string[];
  readonly opens?: readonly string[];
  readonly code?: string;
}
const MODULES: Record<string, Sketch> = {
  '/site/src/main.ts': { imports: ['/site/src/own.ts'], opens: ['/site/src/app/App.svelte'] },
  '/site/src/own.ts': {},
  '/site/src/app/App.svelte': {
    imports: [MESSAGES, '/site/lib/everywhere.ts'],
    opens: [COUNTING, CROWDING, '/site/src/app/About.svelte', '/site/src/tour/Tour.svelte'],
    code: 'text(m.app_name())',
  },
  [COUNTING]: {
    imports: [MESSAGES, '/site/src/all.ts', '/site/src/chart.ts', '/site/src/lens.ts', '/site/src/line.ts'],
    code: 'm.case_title() + m.case_lines()',
  },
  [CROWDING]: {
    imports: [
      MESSAGES,
      '/site/src/all.ts',
      '/site/src/chart.ts',
      '/site/src/lens.ts',
      '/site/lib/everywhere.ts',
    ],
    code: 'm.case_title()',
  },
  '/site/src/app/About.svelte': { imports: ['/site/src/all.ts'] },
  '/site/src/tour/Tour.svelte': { imports: ['/site/src/lens.ts', '/site/src/tour/steps.ts'] },
  '/site/src/all.ts': {},
  '/site/src/chart.ts': {},
  '/site/src/lens.ts': {},
  '/site/src/line.ts': {},
  '/site/src/tour/steps.ts': {},
  '/site/lib/everywhere.ts': {},
  // It names all messages; each page uses some of them.
  [MESSAGES]: { imports: ['app_name', 'case_title', 'case_lines'].map(message) },
  [message('app_name')]: {},
  [message('case_title')]: {},
  [message('case_lines')]: {},
};
const importersOf = (id: string, how: 'imports' | 'opens') =>
  Object.keys(MODULES).filter((each) => MODULES[each]![how]?.includes(id));
const context = {
  getModuleInfo: (id: string) => ({
    importedIds: MODULES[id]!.imports ?? [],
    dynamicallyImportedIds: MODULES[id]!.opens ?? [],
    importers: importersOf(id, 'imports'),
    dynamicImporters: importersOf(id, 'opens'),
    code: MODULES[id]!.code ?? '',
  }),
} as unknown as Parameters<ReturnType<typeof chunkNames>>[1];

it.each([
  ['the home page', '/site/src/app/App.svelte', 'start'],
  ['what it imports, though others need it as well', '/site/lib/everywhere.ts', 'start'],
  ['a message that it says', message('app_name'), 'start'],
  ['what only case pages share', '/site/src/chart.ts', 'cases'],
  ['a message that only they say', message('case_title'), 'cases'],
  ['what other pages with a camera need as well', '/site/src/lens.ts', 'cameras'],
  ['what pages to read need as well', '/site/src/all.ts', 'common'],
  ['what one case alone needs', '/site/src/line.ts', null],
  ['a message of one case', message('case_lines'), null],
  ['what no case needs', '/site/src/tour/steps.ts', null],
  ['the entry', '/site/src/main.ts', null],
])('%s', (_, id, file) => {
  expect(chunkNames()(id, context)).toBe(file);
});
