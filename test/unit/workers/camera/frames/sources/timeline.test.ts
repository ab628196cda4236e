import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSUMED_FPS, Timeline } from '../../../../../../workers/camera/frames/sources/timeline.ts';

const S = 1e6;
/** 33 bits at 90 kHz, as transport streams count. */
const WRAP_US = Math.round((2 ** 33 / 90_000) * S);

const placed = (stamps: readonly number[], timeline = new Timeline()) => ({
  times: stamps.map((stamp) => timeline.place(stamp)),
  jumps: timeline.jumps,
  assumedFps: timeline.assumedFps,
});
/** Stamps at a steady rate. */
const steady = (count: number, fps: number, from = 0) =>
  Array.from({ length: count }, (_, i) => from + Math.round((i / fps) * S));

describe('time', () => {
  it('is that of the stamps where they are sound, from 0 on', () => {
    const stamps = steady(50, 30, 12 * S);
    expect(placed(stamps)).toEqual({
      times: stamps.map((stamp) => stamp - 12 * S),
      jumps: 0,
      assumedFps: undefined,
    });
  });

  it.each([
    { says: 'the counter begins anew', second: steady(20, 10) },
    { says: 'a counter of 33 bits is wrapped', second: steady(20, 10, 1.9 * S + 0.1 * S - WRAP_US) },
    { says: 'the clock was set back by an hour', second: steady(20, 10, -3600 * S) },
    { says: 'the clock was set forward by a day', second: steady(20, 10, 86_400 * S) },
    { says: 'a gap of more than ten seconds', second: steady(20, 10, 12.5 * S) },
  ])('goes on by one usual interval where $says', ({ second }) => {
    const { times, jumps } = placed([...steady(20, 10), ...second]);
    expect(jumps).toBe(1);
    expect(times).toEqual(steady(40, 10));
  });

  it('keeps a gap as long as a recorder pauses for', () => {
    const { times, jumps } = placed([...steady(10, 10), ...steady(10, 10, 9 * S)]);
    expect(jumps).toBe(0);
    expect(times[10]! - times[9]!).toBe(8.1 * S);
  });

  it('keeps any gap of a live source, whose clock is believed', () => {
    const stamps = [...steady(10, 10), ...steady(10, 10, 3600 * S)];
    expect(placed(stamps, new Timeline({ maxGapUs: Infinity })).times).toEqual(stamps);
  });

  it('is assumed where the stamps say nothing, and says so', () => {
    const stamps = Array.from({ length: 100 }, (_, i) => 11 * i);
    const { times, assumedFps, jumps } = placed(stamps, new Timeline({ fps: 90_000 }));
    expect({ assumedFps, jumps }).toEqual({ assumedFps: ASSUMED_FPS, jumps: 0 });
    // Two pictures of one moment are believed; from then on each takes its time.
    expect(times[99]! - times[2]!).toBe(97 * (S / ASSUMED_FPS));
  });

  it('has the rate of the pictures before where the stamps stop making sense in the middle', () => {
    const { times, assumedFps } = placed([...steady(30, 10), ...Array<number>(30).fill(2.9 * S)]);
    expect(assumedFps).toBe(10);
    expect(times.at(-1)! / S).toBeCloseTo(2.9 + 28 * 0.1, 3);
  });

  it('goes on in the next round of a loop, where no seam is counted', () => {
    const timeline = new Timeline();
    const first = placed(steady(10, 10), timeline).times;
    timeline.restart(100_000);
    const second = placed(steady(10, 10), timeline).times;
    expect([...first, ...second]).toEqual(steady(20, 10));
    expect(timeline.jumps).toBe(0);
  });
});

describe('any stamps at all', () => {
  const stamp = fc.oneof(
    fc.integer({ min: -WRAP_US, max: WRAP_US }),
    fc.integer({ min: 0, max: 20 * S }),
    fc.constantFrom(0, -1, 1, WRAP_US),
  );

  it('give times that always go on, and never by more than the longest gap', () => {
    fc.assert(
      fc.property(fc.array(stamp, { minLength: 1, maxLength: 200 }), (stamps) => {
        const { times } = placed(stamps);
        expect(times[0]).toBe(0);
        times.slice(1).forEach((time, i) => {
          expect(time).toBeGreaterThan(times[i]!);
          expect(time - times[i]!).toBeLessThanOrEqual(10 * S);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('of pieces joined with any jump between them add up to the pieces, one interval apart', () => {
    const piece = fc.integer({ min: 4, max: 40 });
    // Back by more than a piece's own interval, or forward by more than a recorder pauses for.
    const jump = fc.oneof(fc.integer({ min: -1e11, max: -S }), fc.integer({ min: 11 * S, max: 1e11 }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(piece, jump), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(3, 10, 25, 30),
        (pieces, fps) => {
          const period = Math.round(S / fps);
          const stamps: number[] = [];
          for (const [count, by] of pieces) {
            const from = stamps.length === 0 ? 0 : stamps.at(-1)! + by;
            for (let i = 0; i < count; i++) stamps.push(from + i * period);
          }
          const { times, jumps } = placed(stamps);
          expect(jumps).toBe(pieces.length - 1);
          // No picture is lost, none comes twice, and the rate is kept over every seam.
          expect(times).toEqual(stamps.map((_, i) => i * period));
        },
      ),
      { numRuns: 200 },
    );
  });
});
