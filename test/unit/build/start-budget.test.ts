import { expect, it } from 'vitest';
import { gzipBytes, startFiles } from '../../../build/start-budget.ts';

const chunk = (fileName: string, imports: string[], moduleIds: string[] = [], isEntry = false) => ({
  fileName,
  imports,
  moduleIds,
  isEntry,
  facadeModuleId: null,
  code: fileName.repeat(50),
});
const CHUNKS = [
  chunk('index.js', ['svelte.js'], ['/site/src/main.ts'], true),
  chunk('App.js', ['svelte.js', 'contract.js'], ['/site/src/app/Home.svelte', '/site/src/app/App.svelte']),
  chunk('svelte.js', []),
  chunk('contract.js', ['valibot.js']),
  chunk('valibot.js', []),
  chunk('Feasibility.js', ['svelte.js', 'onnx.js'], ['/site/src/feasibility/Feasibility.svelte']),
  chunk('onnx.js', []),
];

it('counts the entry, the app and all they import, each once, and no page that is opened later', () => {
  const files = startFiles(CHUNKS);
  expect(files.map(({ fileName }) => fileName).sort()).toEqual(
    ['App.js', 'contract.js', 'index.js', 'svelte.js', 'valibot.js'].sort(),
  );
  expect(gzipBytes(files)).toBeGreaterThan(gzipBytes(files.slice(1)));
});
