import { describe, expect, it } from 'vitest';
import { forwardNormal } from '../../../../../../../contract/index.ts';
import type { CounterOptions } from '../../../../../../../workers/camera/cases/counting/vision/counter-options.ts';
import {
  LineCounter,
  type LineSpec,
} from '../../../../../../../workers/camera/cases/counting/vision/lines.ts';
import { count, middle, walk, words, X } from './crossings.ts';
import { random } from '../../../vision/rng.ts';
import { frames } from '../../../vision/tracks.ts';
import { PICTURE } from '../../../vision/world.ts';

describe('one object, one line', () => {
  it.each<{ says: string; seen: ReturnType<typeof frames>; lines?: LineSpec[]; counted: string[] }>([
    {
      says: 'from left to right is one crossing, backward',
      seen: frames(4, 10, (t) => [walk(t)]),
      counted: ['pedestrian backward'],
    },
    {
      says: 'from right to left is one crossing, forward',
      seen: frames(4, 10, (t) => [walk(t, 440, -60)]),
      counted: ['pedestrian forward'],
    },
    {
      says: 'stopping before the line is none',
      seen: frames(4, 10, (t) => [walk(Math.min(t, 1.5))]),
      counted: [],
    },
    {
      says: 'first seen beyond the line is none',
      seen: frames(4, 10, (t) => [walk(t, 350)]),
      counted: [],
    },
    {
      says: 'first seen on the line is none: it was never clearly on the other side',
      seen: frames(4, 10, (t) => [walk(t, X - 3)]),
      counted: [],
    },
    {
      says: 'there, and back five seconds later, is one each way',
      seen: frames(10, 10, (t) => [t < 5 ? walk(t) : walk(10 - t)]),
      counted: ['pedestrian backward', 'pedestrian forward'],
    },
    {
      says: 'over the line and straight back is none',
      seen: frames(4, 10, (t) => [{ x: X - 20 + 40 * Math.max(0, 1 - Math.abs(t - 2) / 0.4), y: 180 }]),
      counted: [],
    },
    {
      says: 'past the end of the line is none',
      seen: frames(4, 10, (t) => [walk(t)]),
      lines: [{ id: 'short', a: [0.5, 0], b: [0.5, 0.4] }],
      counted: [],
    },
    {
      says: 'around the end of the line and back through it is one',
      seen: frames(8, 10, (t) => [
        t < 3
          ? { x: 200 + 80 * t, y: 300 }
          : t < 4
            ? { x: 440, y: 300 - 200 * (t - 3) }
            : { x: 440 - 80 * (t - 4), y: 100 },
      ]),
      lines: [{ id: 'short', a: [0.5, 0], b: [0.5, 0.6] }],
      counted: ['pedestrian forward'],
    },
    {
      says: 'along the line, at 11 degrees, is none where 15 are asked for',
      seen: frames(6, 10, (t) => [{ x: X - 30 + 10 * t, y: 30 + 50 * t }]),
      lines: [{ ...middle, minAngleDeg: 15 }],
      counted: [],
    },
    {
      says: 'and is one where 10 are asked for',
      seen: frames(6, 10, (t) => [{ x: X - 30 + 10 * t, y: 30 + 50 * t }]),
      lines: [{ ...middle, minAngleDeg: 10 }],
      counted: ['pedestrian backward'],
    },
    {
      says: 'what is not counted crosses unnoticed',
      seen: frames(4, 10, (t) => [{ ...walk(t), label: 'dog' }]),
      counted: [],
    },
    {
      says: 'what is never confirmed is none',
      seen: frames(4, 10, (t) => [{ ...walk(t), confirmed: false }]),
      counted: [],
    },
    {
      says: 'what is confirmed only after it crossed is one',
      seen: frames(4, 10, (t) => [{ ...walk(t), confirmed: t > 3 }]),
      counted: ['pedestrian backward'],
    },
    {
      says: 'a class that shows a moment later is the one that counts',
      seen: frames(4, 10, (t) => [{ ...walk(t), label: t > 2.5 ? 'bicycle' : 'person' }]),
      counted: ['bicycle backward'],
    },
    {
      says: 'what is hidden while it crosses is one',
      seen: frames(4, 10, (t) => (t > 1.5 && t < 2.4 ? [] : [walk(t)])),
      counted: ['pedestrian backward'],
    },
    {
      says: 'a car that needs five frames for the whole picture is one',
      seen: frames(0.8, 5, (t) => [
        { x: 60 + 650 * t, y: 180, vx: 650, width: 120, height: 60, label: 'car' },
      ]),
      counted: ['car backward'],
    },
  ])('$says', ({ seen, lines, counted }) => {
    expect(words(count(seen, lines))).toEqual(counted);
  });

  it('tells when and where it crossed, between frames', () => {
    // 650 px/s from x = 60 at 5 frames a second: x = 320 at 0.4 s sharp; from 70, at 0.3846 s, y = 100 + 100 t.
    const [crossing] = count(
      frames(0.8, 5, (t) => [{ x: 70 + 650 * t, y: 100 + 100 * t, vx: 650, vy: 100 }]),
    );
    expect(crossing!.atS).toBeCloseTo(250 / 650, 9);
    expect(crossing!.at[0]).toBeCloseTo(X, 9);
    expect(crossing!.at[1]).toBeCloseTo(100 + 100 * (250 / 650), 9);
  });

  it('is given out once the class has settled, and only once', () => {
    const counter = new LineCounter([middle], { picture: PICTURE, settleS: 1 });
    const given = frames(5, 10, (t) => [walk(t)]).flatMap(({ timeS, objects }) =>
      counter.update(objects, timeS).map((crossing) => ({ crossing, timeS })),
    );
    expect(given).toHaveLength(1);
    // Crossed at 2 s.
    expect(given[0]!.timeS).toBeCloseTo(3, 9);
    expect(counter.finish()).toEqual([]);
  });

  it('waits longer, but not for ever, while nothing sure has said what it is', () => {
    const given = (named: (t: number) => boolean) => {
      const counter = new LineCounter([middle], { picture: PICTURE, settleS: 1, doubtS: 4 });
      // Crosses at 2 s, then stands in view.
      for (const { timeS, objects } of frames(10, 10, (t) => [
        { ...walk(Math.min(t, 4)), named: named(t) },
      ])) {
        if (counter.update(objects, timeS).length > 0) return timeS;
      }
      return undefined;
    };
    expect(given(() => true)).toBeCloseTo(3, 9);
    expect(given((t) => t > 4)).toBeCloseTo(4.1, 9);
    expect(given(() => false)).toBeCloseTo(7, 9);
  });

  it('on the middle of the box or on its foot, as asked', () => {
    const high: LineSpec = { id: 'high', a: [1, 0.5], b: [0, 0.5] };
    // The foot (40 px below the middle) goes from 140 to 200, the line is at 180.
    const seen = frames(3, 10, (t) => [{ x: 300, y: 100 + 20 * t, vy: 20 }]);
    expect(words(count(seen, [high], { anchor: 'ground' }))).toEqual(['pedestrian backward']);
    expect(words(count(seen, [high], { anchor: 'centre' }))).toEqual([]);
  });

  it('every line for itself', () => {
    const second: LineSpec = { id: 'second', a: [0.6, 1], b: [0.6, 0] };
    const crossings = count(
      frames(4, 10, (t) => [walk(t)]),
      [middle, second],
    );
    expect(crossings.map((c) => `${c.line} ${c.direction}`)).toEqual(['middle backward', 'second forward']);
  });
});

describe('the border of the picture', () => {
  /** 32 px from the left border, upwards: forward is to the right, inwards. */
  const gate: LineSpec = { id: 'gate', a: [0.05, 1], b: [0.05, 0] };
  const car = { width: 100, height: 60, label: 'car' };

  it.each<{ says: string; seen: ReturnType<typeof frames>; counted: string[] }>([
    {
      says: 'a car lost while the border cuts it off, on its way out, has passed the line before the border',
      seen: frames(4, 10, (t) => (t < 1.7 ? [{ ...car, x: 220 - 100 * t, y: 180, vx: -100 }] : [])),
      counted: ['car backward'],
    },
    {
      says: 'a fast car last seen well inside, but less than a frame from the border, too',
      seen: frames(3, 5, (t) => (t < 0.7 ? [{ ...car, x: 500 - 600 * t, y: 180, vx: -600 }] : [])),
      counted: ['car backward'],
    },
    {
      says: 'a car lost further inside has not',
      seen: frames(4, 10, (t) => (t < 1 ? [{ ...car, x: 220 - 100 * t, y: 180, vx: -100 }] : [])),
      counted: [],
    },
    {
      says: 'a car that stands cut off by the border, and is lost, has not',
      seen: frames(4, 10, (t) => (t < 2 ? [{ ...car, x: 45, y: 180, vx: -3 }] : [])),
      counted: [],
    },
    {
      says: 'a car that comes in, first seen when it is past the line, has passed it',
      seen: frames(4, 10, (t) => (t < 1 ? [] : [{ ...car, x: 50 + 100 * (t - 1), y: 180, vx: 100 }])),
      counted: ['car forward'],
    },
    {
      says: 'a car that was there, cut off, in the first frame did not come in',
      seen: frames(4, 10, (t) => [{ ...car, x: 50 + 100 * t, y: 180, vx: 100 }]),
      counted: [],
    },
    {
      says: 'a car that appears inside did not',
      seen: frames(4, 10, (t) => (t < 1 ? [] : [{ ...car, x: 120 + 100 * (t - 1), y: 180, vx: 100 }])),
      counted: [],
    },
    {
      says: 'a car that appears cut off and drives along the border did not',
      seen: frames(4, 10, (t) => (t < 1 ? [] : [{ ...car, x: 45, y: 100 + 60 * (t - 1), vy: 60 }])),
      counted: [],
    },
  ])('$says', ({ seen, counted }) => {
    expect(words(count(seen, [gate]))).toEqual(counted);
  });
});

describe('direction', () => {
  it('is along the normal that the page draws its arrow by, on 200 random lines and ways', () => {
    const next = random(12);
    const aspect = PICTURE.width / PICTURE.height;
    for (let n = 0; n < 200; n++) {
      const point = (): [number, number] => [0.3 + 0.4 * next(), 0.3 + 0.4 * next()];
      const [a, b] = [point(), point()];
      const line: LineSpec = { id: 'any', a, b };
      const angle = next() * 2 * Math.PI;
      // A path of 200 px through the middle of the line.
      const [mx, my] = [((a[0] + b[0]) / 2) * PICTURE.width, ((a[1] + b[1]) / 2) * PICTURE.height];
      const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
      const [nx, ny] = forwardNormal(a, b, aspect);
      const across = dx * nx + dy * ny;
      if (Math.abs(across) < 0.2) continue;
      const seen = frames(2, 10, (t) => [
        {
          x: mx + dx * 100 * (t - 1),
          y: my + dy * 100 * (t - 1),
          vx: 100 * dx,
          vy: 100 * dy,
          width: 20,
          height: 20,
        },
      ]);
      expect(count(seen, [line]).map((c) => c.direction)).toEqual([across > 0 ? 'forward' : 'backward']);
    }
  });
});

describe('changing lines', () => {
  it('a line that stays keeps what it knows, a moved one begins anew', () => {
    for (const [b, counted] of [
      [middle.b, 1],
      [[0.52, 1] as const, 0],
    ] as const) {
      const counter = new LineCounter([middle], { picture: PICTURE });
      const given = frames(4, 10, (t) => [walk(t)]).flatMap(({ timeS, objects }) => {
        // At 1.9 s it is just before the line.
        if (timeS > 1.95 && timeS < 2.05)
          counter.setLines([
            { ...middle, b },
            { ...middle, id: 'new' },
          ]);
        return counter.update(objects, timeS);
      });
      expect(given.filter((c) => c.line === 'middle')).toHaveLength(counted);
      expect(given.filter((c) => c.line === 'new')).toHaveLength(0);
    }
  });

  it.each<{ lines: LineSpec[]; options: Partial<CounterOptions>; message: string }>([
    {
      lines: [{ id: 'dot', a: [0.5, 0.5], b: [0.5, 0.5] }],
      options: {},
      message: 'Line "dot" has no length.',
    },
    {
      lines: [{ ...middle, minAngleDeg: 91 }],
      options: {},
      message: 'minAngleDeg of line "middle" must be within 0..90, got 91.',
    },
    { lines: [], options: { deadBand: -1 }, message: 'deadBand must be a finite number from 0 up, got -1.' },
    {
      lines: [],
      options: { settleS: Infinity },
      message: 'settleS must be a finite number from 0 up, got Infinity.',
    },
  ])('$message', ({ lines, options, message }) => {
    expect(() => new LineCounter(lines, { picture: PICTURE, ...options })).toThrow(message);
  });

  it('forgets on reset', () => {
    const counter = new LineCounter([middle], { picture: PICTURE });
    const seen = frames(4, 10, (t) => [walk(t)]);
    for (const { timeS, objects } of seen.slice(0, 25)) counter.update(objects, timeS);
    counter.reset();
    expect(counter.finish()).toEqual([]);
  });
});
