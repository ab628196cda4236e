import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

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
  message: 'Nothing leaves the camera but through workers/gate.ts.',
}));

/** Only case 3's vault keeps anything beyond the camera's life. */
const keeping = {
  selector: 'TSTypeReference[typeName.name=/^IDB/]',
  message: 'Databases belong to workers/vault.',
};

const iconised = {
  group: ['**/vision/seal.ts', './seal.ts'],
  importNames: ['seal'],
  message: 'Only what workers/vision/iconise.ts has composed may leave as a picture.',
};
const sealedDoors = {
  group: ['**/sealed.ts'],
  message: 'What the lockdown has left open is handed over by workers/camera.ts.',
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
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            wall(
              'src',
              'workers',
              ['contract.ts', 'palette.ts', 'camera.ts'],
              'The page knows the contract and the palette, nothing else.',
            ),
            wall(
              'src',
              'models',
              ['registry.ts', 'onnx'],
              'The page knows the registry and takes graphs apart; it makes no models.',
            ),
            wall('src', 'scenes', ['live'], 'The page reaches scenes only through the live source.'),
            wall('src', 'test', undefined, 'The site does not know its tests.'),
            wall('workers', 'src', undefined, 'The camera does not know the page.'),
            wall('workers', 'test', undefined, 'The camera does not know its tests.'),
            wall('workers', 'scenes', undefined, 'The camera does not know the synthetic world.'),
            wall(
              'workers/vision',
              'workers',
              ['vision'],
              'Vision code is pure: it imports nothing but itself.',
            ),
            wall('models', 'src', undefined, 'Models know nobody.'),
            wall('models', 'workers', undefined, 'Models know nobody.'),
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
    files: ['workers/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [iconised, sealedDoors] }] },
  },
  {
    files: ['workers/vision/iconise.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [sealedDoors] }] },
  },
  {
    files: ['workers/camera.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [iconised] }] },
  },
  {
    files: ['workers/**/*.ts'],
    ignores: ['workers/gate.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...exits.map((name) => ({ name, message: 'Nothing leaves the camera but through workers/gate.ts.' })),
      ],
      'no-restricted-syntax': ['error', ...sending, keeping],
    },
  },
  {
    files: ['workers/vault/*.ts', 'workers/sealed.ts'],
    rules: { 'no-restricted-syntax': ['error', ...sending] },
  },
);
