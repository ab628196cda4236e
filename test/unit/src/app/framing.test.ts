import { expect, it } from 'vitest';
import { framingRefused } from '../../../../src/app/framing.ts';

const A = 'https://a.example';
it.each([
  { says: 'a window of its own', framed: false, origins: [], around: [], refused: false },
  { says: 'a frame, and the build names nobody', framed: true, origins: [], around: [A], refused: true },
  { says: 'a frame of the page that is named', framed: true, origins: [A], around: [A], refused: false },
  { says: 'a frame of another', framed: true, origins: [A], around: ['https://b.example'], refused: true },
  {
    says: 'a frame of the named page inside another',
    framed: true,
    origins: [A],
    around: [A, 'https://b.example'],
    refused: true,
  },
  { says: 'a browser that does not tell', framed: true, origins: [A], around: undefined, refused: false },
  { says: 'such a browser, and nobody named', framed: true, origins: [], around: undefined, refused: true },
])('$says: refused $refused', ({ framed, origins, around, refused }) => {
  expect(framingRefused(framed, origins, around)).toBe(refused);
});
