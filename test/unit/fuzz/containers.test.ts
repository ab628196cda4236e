/** Damaged films: each is opened, or refused by a fault of the contract; none hangs, none is read past its end. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foreignContainer } from '../../../workers/camera/frames/sources/foreign-container.ts';
import { openContainer } from '../../../workers/camera/frames/sources/container.ts';
import { recordingsIn } from '../../../workers/camera/frames/sources/joined.ts';
import { Fault } from '../../../workers/camera/isolation/fault.ts';
import { damaged } from './damage.ts';
import { TIMEOUT_MS, tries } from './runs.ts';

/** No file may be looked at for longer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Of a long film the beginning, in bytes: to a reader it is a film that was cut off. */
const HEAD = 64 * 1024;

const read = (folder: string, fits: RegExp) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => fits.test(name))
        .map((name) => new Uint8Array(readFileSync(join(folder, name)).subarray(0, HEAD)))
    : [];
const root = join(import.meta.dirname, '../../..');
const films = [
  ...read(join(root, 'public/samples'), /^(counting|crowding)\.mp4$/),
  ...read(join(root, '../shared/inputs/video'), /./),
];

it(
  'a damaged film is opened or refused by a fault, and the recordings in it lie inside it',
  async () => {
    expect(films.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(damaged(films), async (bytes) => {
        const start = performance.now();
        const file = new Blob([bytes]);
        const parts = await recordingsIn(file);
        expect(parts.length).toBeGreaterThan(0);
        expect(parts.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(file.size);
        await foreignContainer(file);
        try {
          (await openContainer(file)).dispose();
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
        expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);
