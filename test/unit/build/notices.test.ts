import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMPILED_IN } from '../../../build/compiled-libraries.ts';
import { packageOf, thirdPartyNotices } from '../../../build/notices.ts';

/** What the site ships of the runtimes. */
const BINARIES = [
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm',
  '@mediapipe/tasks-vision/wasm/vision_wasm_module_internal.wasm',
].map((path) => readFileSync(`node_modules/${path}`));

const PACKAGES = ['comlink', 'idb', 'mediabunny', 'svelte', 'three', 'uplot', 'valibot'];

describe('third-party notices', () => {
  const text = thirdPartyNotices('.', PACKAGES);

  it.each(['[object Object]', 'undefined', 'null', 'NaN', 'carries no licence file)'])(
    'have no hole: %s',
    (hole) => {
      const lines = text
        .split('\n')
        .filter((line) => /^(From|Licence|Trained on|Copyright|.* \(.*\)$)/.test(line));
      expect(lines.length).toBeGreaterThan(PACKAGES.length);
      expect(lines.filter((line) => line.includes(hole))).toEqual([]);
    },
  );

  it.each([...PACKAGES, 'onnxruntime-web', '@mediapipe/tasks-vision', '@vladmandic/human'])(
    'give the text of %s’s licence',
    (name) => {
      const at = text.indexOf(`\n${name} `);
      expect(at).toBeGreaterThan(0);
      const section = text.slice(at, text.indexOf('-'.repeat(80), at));
      expect(section.length).toBeGreaterThan(500);
    },
  );

  it.each(COMPILED_IN.map(({ name }) => name))('name %s, which is compiled in', (name) => {
    expect(text).toContain(`\n${name} (`);
  });

  it.each(COMPILED_IN.flatMap(({ name, trace }) => (trace === undefined ? [] : [{ name, trace }])))(
    'name $name for a reason: its trace is in a binary',
    ({ trace }) => {
      expect(BINARIES.some((binary) => binary.includes(trace))).toBe(true);
    },
  );

  it('do not go without a licence', () => {
    expect(() => thirdPartyNotices('.', ['no-such-package'])).toThrowError();
  });
});

describe('the package of a module', () => {
  it.each([
    ['/a/node_modules/three/build/three.js', 'three'],
    ['/a/node_modules/@mediapipe/tasks-vision/vision.mjs', '@mediapipe/tasks-vision'],
    ['/a/node_modules/x/node_modules/y/index.js', 'y'],
    ['/a/src/main.ts', undefined],
  ])('%s: %s', (id, name) => {
    expect(packageOf(id)).toBe(name);
  });
});
