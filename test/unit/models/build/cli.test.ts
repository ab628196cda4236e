import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLACES } from '../../../../models/build/paths.ts';
import { progressOf } from '../../../../models/build/progress.ts';

const cli = (...words: string[]) => {
  const tsx = join(PLACES.root, 'node_modules', '.bin', 'tsx');
  const { status, stdout, stderr } = spawnSync(tsx, [join(PLACES.root, 'models', 'cli.ts'), ...words], {
    encoding: 'utf8',
  });
  return { status, text: stdout + stderr };
};

describe('npm run models', () => {
  it.each([
    { says: 'explains itself', words: ['help'], status: 0, text: /-- add <id>/ },
    {
      says: 'names its commands when it gets another',
      words: ['fetch'],
      status: 1,
      text: /"fetch"[^]*-- verify/,
    },
    {
      says: 'names the optional models when none is asked for',
      words: ['add'],
      status: 1,
      text: /yolox-nano/,
    },
    {
      says: 'names them when an unknown one is asked for',
      words: ['add', 'yolo'],
      status: 1,
      text: /"yolo"[^]*yunet-n/,
    },
    {
      says: 'does not remove what is carried',
      words: ['remove', 'blazeface'],
      status: 1,
      text: /"blazeface"/,
    },
  ])('$says', ({ words, status, text }) => {
    const found = cli(...words);
    expect(found.text).toMatch(text);
    expect(found.text).not.toMatch(/ at .*\.ts:\d/);
    expect(found.status).toBe(status);
  });
});

describe('progress', () => {
  const shown = (isTTY: boolean) => {
    const lines: string[] = [];
    const show = progressOf('m', { isTTY, write: (text) => lines.push(text) });
    for (let loaded = 0; loaded <= 4e6; loaded += 1e4) show(loaded, 4e6);
    return lines;
  };
  it('fills one line on a terminal', () => {
    const lines = shown(true);
    expect(lines.length).toBe(101);
    expect(lines.every((line) => line.startsWith('\r'))).toBe(true);
    expect(lines.at(-1)).toBe('\rm: 4.0 of 4.0 MB\n');
  });
  it('writes a line a quarter into a log', () => {
    expect(shown(false)).toEqual([0, 1, 2, 3, 4].map((n) => `m: ${n}.0 of 4.0 MB\n`));
  });
});
