import { expect, it } from 'vitest';
import { abilitiesOf, ABILITIES, type BrowserWindow } from '../../../../src/app/abilities.ts';

const itself = {};
const ALL = {
  isSecureContext: true,
  crossOriginIsolated: true,
  trustedTypes: {},
  Element: { prototype: { moveBefore() {} } },
  VideoDecoder: class {},
  MediaStreamTrackProcessor: class {},
  navigator: { gpu: {} },
  self: itself,
  top: itself,
};
const lacking = (window: BrowserWindow) => {
  const abilities = abilitiesOf(window);
  return ABILITIES.filter((ability) => !abilities[ability]);
};

it('finds all in a browser that has all', () => {
  expect(lacking(ALL)).toEqual([]);
});

it.each([
  ['secure-context', { isSecureContext: false }],
  ['isolation', { crossOriginIsolated: false }],
  ['frame-survives', { Element: { prototype: {} } }],
  ['webgpu', { navigator: {} }],
  ['own-window', { top: {} }],
])('misses %s alone where that is not there', (ability, without) => {
  expect(lacking({ ...ALL, ...without })).toEqual([ability]);
});

it.each([
  ['trusted-types', 'trustedTypes'],
  ['decoder', 'VideoDecoder'],
  ['track-processor', 'MediaStreamTrackProcessor'],
])('misses %s alone where there is no %s', (ability, name) => {
  const window: Record<string, unknown> = { ...ALL };
  delete window[name];
  expect(lacking(window)).toEqual([ability]);
});
