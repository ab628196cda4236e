import { existsSync, readdirSync } from 'node:fs';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Folders of the cases: `contract/cases/`, `workers/camera/cases/`, `src/cases/`. */
const CASES = readdirSync(new URL('contract/cases/', import.meta.url))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((id) => existsSync(new URL(`src/cases/${id}`, import.meta.url)));

/** A wall between two parts of the house: files under `target` must not import from `from`. */
const wall = (target, from, except, message) => ({
  target: `./${target}`,
  from: `./${from}`,
  ...(except && { except }),
  message,
});

/** Ways out of a worker other than the gate. */
const exits = [
  'postMessage',
  'BroadcastChannel',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'indexedDB',
  'caches',
  'localStorage',
  'importScripts',
];

const sending = [
  "property.name='postMessage'",
  "object.name='navigator'][callee.property.name='sendBeacon'",
].map((callee) => ({
  selector: `CallExpression[callee.${callee}]`,
  message: 'Nothing leaves the camera but through workers/camera/isolation/gate.ts.',
}));

/** What case 3 keeps beyond the camera's life is kept by the frame's main thread and the disk outside. */
const keeping = {
  selector: 'TSTypeReference[typeName.name=/^(IDB|FileSystem)/]',
  message: 'The camera has no storage; workers/vault-disk has.',
};

const iconised = {
  group: ['**/vision/seal.ts', './seal.ts'],
  importNames: ['seal'],
  message: 'Only what workers/camera/vision/anonymize/iconise.ts has composed may leave as a picture.',
};
const sealedDoors = {
  group: ['**/captured-globals.ts'],
  message: 'What the lockdown has left open is handed over by workers/camera/main.ts.',
};

export default ts.config(
  {
    ignores: [
      'dist',
      'public',
      'src/paraglide',
      'models/.cache',
      'test/.out',
      'scenes/.out',
      'project.inlang',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            wall('contract', '.', ['contract', 'node_modules'], 'The contract stands on nothing but itself.'),
            wall('lib', '.', ['lib', 'node_modules'], 'Libraries know nothing of the product.'),
            wall(
              'src',
              'workers',
              [
                'feasibility',
                'cpu-probe',
                'sensor/main.ts',
                'service-worker/site-files.ts',
                'vault-disk/main.ts',
              ],
              'The page knows the contract and the entries of workers, nothing else of the camera.',
            ),
            wall(
              'src',
              'models',
              ['registry.ts', 'runtime-facts.ts'],
              'The page knows the registry and which runtime is served; it makes no models.',
            ),
            wall('src', 'scenes', ['live'], 'The page reaches scenes only through the live source.'),
            wall('src', 'test', undefined, 'The site does not know its tests.'),
            wall('workers', 'src', undefined, 'Workers do not know the page.'),
            wall('workers', 'test', undefined, 'Workers do not know their tests.'),
            wall('workers/camera', 'scenes', undefined, 'The camera does not know the synthetic world.'),
            wall(
              'workers/camera',
              'workers',
              ['camera', 'isolation'],
              'The camera shares the contract, lib and the walls with other workers, nothing else.',
            ),
            wall(
              'workers/camera/vision',
              'workers',
              ['camera/vision'],
              'Vision code is pure: it imports nothing but itself and lib/stats.ts.',
            ),
            ...['workers/camera/vision', ...CASES.map((id) => `workers/camera/cases/${id}/vision`)].map(
              (vision) => wall(vision, 'lib', ['stats.ts'], 'Of lib, vision code needs statistics only.'),
            ),
            ...CASES.flatMap((id) => [
              wall(
                `workers/camera/cases/${id}/vision`,
                'workers',
                ['camera/vision', `camera/cases/${id}/vision`],
                'Vision code is pure: it imports nothing but vision and lib/stats.ts.',
              ),
              wall(
                `workers/camera/cases/${id}`,
                'workers/camera/cases',
                [id, 'shared', 'pipeline.ts'],
                'No case imports another; what two cases share lies in cases/shared or in vision.',
              ),
              wall(
                `src/cases/${id}`,
                'src/cases',
                [id, 'shared'],
                'No case imports another; what two cases share lies in cases/shared.',
              ),
              wall(
                `src/cases/${id}`,
                'src/feasibility',
                undefined,
                'A case does not know the chip estimator.',
              ),
              wall(`src/cases/${id}`, 'src/benchmark', undefined, 'A case does not know the benchmark.'),
            ]),
            wall(
              'src/cases/shared',
              'src/feasibility',
              undefined,
              'A case does not know the chip estimator.',
            ),
            wall('src/cases/shared', 'src/benchmark', undefined, 'A case does not know the benchmark.'),
            wall('models', 'src', undefined, 'Models know only lib.'),
            wall('models', 'workers', undefined, 'Models know only lib.'),
            wall(
              'scenes',
              'workers',
              undefined,
              'Scenes give frames and truth; they do not know the camera.',
            ),
            wall('scenes', 'src', undefined, 'Scenes give frames and truth; they do not know the page.'),
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    files: ['workers/camera/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [iconised, sealedDoors] }] },
  },
  {
    files: ['workers/camera/vision/anonymize/iconise.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [sealedDoors] }] },
  },
  {
    files: ['workers/camera/main.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [iconised] }] },
  },
  {
    files: ['workers/camera/**/*.ts'],
    ignores: ['workers/camera/isolation/gate.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...exits.map((name) => ({
          name,
          message: 'Nothing leaves the camera but through workers/camera/isolation/gate.ts.',
        })),
      ],
      'no-restricted-syntax': ['error', ...sending, keeping],
    },
  },
);
