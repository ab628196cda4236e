import { expect, it } from 'vitest';
import { readLink } from '../../../../src/app/link.ts';
import { addressOf, ATTRIBUTES } from '../../../../src/embed/address.ts';

const SITE = new URL('https://incam.example/a/b/');

it.each([
  { says: 'a case', given: { case: 'counting' }, address: '#/counting' },
  {
    says: 'a case with wishes',
    given: { case: 'counting', lang: 'ja', level: 'see' },
    address: '#/counting?lang=ja&level=see',
  },
  {
    says: 'a notice, whose language has another name',
    given: { notice: 'counting', lang: 'ja', form: 'web', level: 'see' },
    address: '#/notice/counting?form=web&language=ja',
  },
  { says: 'nothing: the home page', given: {}, address: '#/' },
  {
    says: 'what would lead out of the site stays a hash',
    given: { case: '../../evil?x=1#y' },
    address: '#/../../evil?x=1#y',
  },
])('$says', ({ given, address }) => {
  const url = addressOf(SITE, given);
  expect(url.origin + url.pathname).toBe('https://incam.example/a/b/');
  expect(url.hash).toBe(address);
});

it('gives a case nothing that the site’s links do not know', () => {
  const ofNotice = ['case', 'notice', 'occasion', 'form'];
  const values: Record<string, string> = { lang: 'ko', source: 'scene', level: 'full', model: 'yolox-nano' };
  const knobs = { backend: 'wasm', threads: '2', size: '320x192', pace: 'exact', loop: '0', autostart: '1' };
  const drawing = '{"lines":[],"zones":[],"masks":[],"anchor":"centre","next":1}';
  const all: Record<string, string> = { ...values, ...knobs, drawing };
  expect(Object.keys(all).sort()).toEqual(ATTRIBUTES.filter((name) => !ofNotice.includes(name)).sort());
  expect(readLink(addressOf(SITE, { case: 'counting', ...all }).hash).ignored).toEqual([]);
});
