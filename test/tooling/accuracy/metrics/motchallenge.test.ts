import { describe, expect, it } from 'vitest';
import { parseMot, toFrames } from '../../../accuracy/metrics/motchallenge.ts';

describe('parseMot', () => {
  it('reads frame, identity, box and world', () => {
    expect(parseMot('1,3,10,20.5,30,40,-1,-11773,-14337,0\r\n2,3,11,20.5,30,40,1,-1,-1,-1\n')).toEqual([
      { frame: 1, id: 3, box: [10, 20.5, 40, 60.5], confidence: -1, world: [-11773, -14337] },
      { frame: 2, id: 3, box: [11, 20.5, 41, 60.5], confidence: 1 },
    ]);
  });

  it.each([
    { says: 'words', text: '1,1,1,1,1,1\nframe,id', line: 'Line 2 is not a MOTChallenge row: "frame,id".' },
    { says: 'a row that is too short', text: '1,1,10,20,30', line: 'Line 1 is not' },
    { says: 'frame 0', text: '0,1,10,20,30,40', line: 'Line 1 is not' },
    { says: 'half a frame', text: '1.5,1,10,20,30,40', line: 'Line 1 is not' },
  ])('refuses $says', ({ text, line }) => {
    expect(() => parseMot(text)).toThrow(line);
  });
});

describe('toFrames', () => {
  const rows = parseMot('1,1,0,0,9,9,1\n3,1,0,0,9,9,-1\n3,2,0,0,9,9,0\n9,1,0,0,9,9,1');

  it('gives a list for each frame, empty ones too, without rows that do not count or lie beyond the end', () => {
    expect(toFrames(rows, 4).map((frame) => frame.map((r) => r.id))).toEqual([[1], [], [1], []]);
  });
});
