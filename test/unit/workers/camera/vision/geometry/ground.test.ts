import { describe, expect, it } from 'vitest';
import type { Vec } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Box } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { median } from '../../../../../../lib/stats.ts';
import { GroundMeter } from '../../../../../../workers/camera/cases/counting/vision/ground-meter.ts';
import { Ground } from '../../../../../../workers/camera/vision/geometry/ground.ts';
import {
  fitHomography,
  invert,
  multiply,
  symmetricEigen,
} from '../../../../../../workers/camera/vision/geometry/homography.ts';
import { normal, random } from '../rng.ts';
import { track } from '../tracks.ts';

/**
 * A pinhole camera, written apart from the code under test: `height` metres above the ground at (0, 0), looking along
 * +y turned by `pan` to the right, tilted down by `tilt`, rolled by `roll`; angles in degrees.
 */
class Pinhole {
  readonly #axes: readonly (readonly [number, number, number])[];
  readonly #above: number;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly focal: number,
    above: number,
    tilt: number,
    pan = 0,
    roll = 0,
  ) {
    this.#above = above;

    const [p, t, r] = [pan, tilt, roll].map((deg) => (deg * Math.PI) / 180) as [number, number, number];
    const forward = [Math.sin(p) * Math.cos(t), Math.cos(p) * Math.cos(t), -Math.sin(t)] as const;
    const right = [Math.cos(p), -Math.sin(p), 0] as const;
    const down = [-Math.sin(p) * Math.sin(t), -Math.cos(p) * Math.sin(t), -Math.cos(t)] as const;
    const turn = (a: number, b: number) =>
      right.map((v, k) => a * v + b * down[k]!) as unknown as readonly [number, number, number];
    this.#axes = [turn(Math.cos(r), Math.sin(r)), turn(-Math.sin(r), Math.cos(r)), forward];
  }
  see(x: number, y: number, z = 0): Vec {
    const [cx, cy, cz] = this.#axes.map((a) => a[0] * x + a[1] * y + a[2] * (z - this.#above)) as [
      number,
      number,
      number,
    ];
    return [this.width / 2 + (this.focal * cx) / cz, this.height / 2 + (this.focal * cy) / cz];
  }
  /** Calibration from a rectangle on the ground. */
  ground(x: number, y: number, widthM: number, depthM: number): Ground | undefined {
    const corners = [
      this.see(x, y),
      this.see(x + widthM, y),
      this.see(x + widthM, y + depthM),
      this.see(x, y + depthM),
    ];
    return Ground.fromRectangle(corners as [Vec, Vec, Vec, Vec], widthM, depthM, this);
  }
  /** Box of an upright pole. */
  pole(x: number, y: number, tall: number): Box {
    const [foot, top] = [this.see(x, y), this.see(x, y, tall)];
    return [foot[0] - 8, top[1], foot[0] + 8, foot[1]];
  }
}

const camera = new Pinhole(1280, 720, 1000, 6, 25, 8);

describe('homography', () => {
  it('is exact for four points, on 100 random quadrilaterals', () => {
    const next = random(21);
    for (let n = 0; n < 100; n++) {
      const jitter = () => (next() - 0.5) * 60;
      const from: Vec[] = [
        [100 + jitter(), 300 + jitter()],
        [500 + jitter(), 300 + jitter()],
        [400 + jitter(), 100 + jitter()],
        [200 + jitter(), 100 + jitter()],
      ];
      const to: Vec[] = [
        [0, 0],
        [4 + next(), next()],
        [4, 9 + next()],
        [next(), 9],
      ];
      const h = fitHomography(from, to)!;
      from.forEach((p, i) => {
        const q = h.apply(p)!;
        expect(Math.hypot(q[0] - to[i]![0], q[1] - to[i]![1])).toBeLessThan(1e-9);
        const back = h.unapply(to[i]!)!;
        expect(Math.hypot(back[0] - p[0], back[1] - p[1])).toBeLessThan(1e-6);
      });
    }
  });

  it('averages out errors over many points', () => {
    const next = random(22);
    const metres: Vec[] = Array.from({ length: 60 }, () => [-6 + 12 * next(), 8 + 20 * next()]);
    const pixels = metres.map(([x, y]): Vec => {
      const [u, v] = camera.see(x, y);
      return [u + normal(next), v + normal(next)];
    });
    const ground = Ground.fromPoints(pixels, metres, camera)!;
    const errors = metres.map(([x, y]) => {
      const [gx, gy] = ground.locate(camera.see(x, y))!;
      return Math.hypot(gx - x, gy - y);
    });
    expect(median(errors)).toBeLessThan(0.05);
  });

  it.each<{ says: string; points: Vec[] }>([
    {
      says: 'three points',
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    },
    {
      says: 'three of four on a line',
      points: [
        [0, 0],
        [1, 0],
        [2, 0],
        [1, 1],
      ],
    },
    {
      says: 'all on a line',
      points: [
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    },
    {
      says: 'two in one place',
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
        [1, 1],
      ],
    },
    {
      says: 'all in one place',
      points: [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    },
    {
      says: 'corners in the wrong order',
      points: [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
      ],
    },
  ])('is undetermined by $says', ({ points }) => {
    const to: Vec[] = [
      [0, 0],
      [4, 0],
      [4, 8],
      [0, 8],
    ];
    expect(fitHomography(points, to.slice(0, points.length))).toBeUndefined();
  });

  it('refuses lists of different length', () => {
    expect(() => fitHomography([[0, 0]], [])).toThrow('1 points against 0.');
  });

  it('inverts and multiplies matrices', () => {
    const m = [2, 0, 1, 0, 3, 1, 1, 0, 1] as const;
    const product = multiply(m, invert(m)!);
    product.forEach((v, i) => expect(v).toBeCloseTo(i % 4 === 0 ? 1 : 0, 12));
    expect(invert([1, 2, 3, 2, 4, 6, 0, 0, 1])).toBeUndefined();
  });

  it('finds eigenvectors: A v = lambda v, on random symmetric matrices', () => {
    const next = random(23);
    for (const n of [2, 5, 9]) {
      const a = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = i; j < n; j++) a[i * n + j] = a[j * n + i] = next() - 0.5;
      const { values, vectors } = symmetricEigen(a, n);
      for (let k = 0; k < n; k++) {
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j < n; j++) sum += a[i * n + j]! * vectors[j * n + k]!;
          expect(sum).toBeCloseTo(values[k]! * vectors[i * n + k]!, 10);
        }
      }
    }
  });
});

describe('Ground', () => {
  const views = [
    { says: 'a street camera', camera: new Pinhole(1280, 720, 1000, 6, 25, 8) },
    { says: 'a shop camera, wide and steep', camera: new Pinhole(640, 360, 330, 3, 40, -15) },
    { says: 'looking straight along the rectangle', camera: new Pinhole(1920, 1080, 1500, 8, 20, 0) },
    { says: 'rolled by 4 degrees', camera: new Pinhole(1280, 720, 1100, 5, 30, 12, 4) },
    { says: 'a tele lens from far', camera: new Pinhole(1280, 720, 3000, 15, 20, 10) },
  ];
  it.each(views)('finds places, focal length and heights exactly: $says', ({ camera: view }) => {
    const at = view.focal > 2000 ? 30 : 4;
    const ground = view.ground(-2, at, 5, at);
    expect(ground!.focal! / view.focal).toBeCloseTo(1, 6);
    for (const [x, y] of [
      [0, at],
      [1.5, at * 1.3],
      [-1, at * 1.8],
    ] as const) {
      const [gx, gy] = ground!.locate(view.see(x, y))!;
      // Metres from the rectangle's near left corner.
      expect(gx).toBeCloseTo(x + 2, 6);
      expect(gy).toBeCloseTo(y - at, 6);
      const [px, py] = ground!.show([gx, gy])!;
      expect(Math.hypot(px - view.see(x, y)[0], py - view.see(x, y)[1])).toBeLessThan(1e-6);
    }
    // Poles; where the camera is rolled, the top's row belongs to a slightly slanted pole.
    for (const tall of [1.1, 1.75, 2.4]) {
      expect(ground!.heightOf(view.pole(0.5, at * 1.5, tall))).toBeCloseTo(tall, 6);
    }
  });

  it('forgives corners clicked two pixels off: heights within 10 %', () => {
    const next = random(24);
    const heights = Array.from({ length: 200 }, () => {
      const click = (x: number, y: number): Vec => {
        const [u, v] = camera.see(x, y);
        return [u + 4 * (next() - 0.5), v + 4 * (next() - 0.5)];
      };
      const corners = [click(-3, 8), click(3, 8), click(3, 18), click(-3, 18)] as [Vec, Vec, Vec, Vec];
      return Ground.fromRectangle(corners, 6, 10, camera)?.heightOf(camera.pole(0, 12, 1.7)) ?? NaN;
    }).sort((a, b) => a - b);
    expect(heights[10]).toBeGreaterThan(1.7 * 0.9);
    expect(heights[189]).toBeLessThan(1.7 * 1.1);
  });

  it('a camera that looks straight down gives places but no heights', () => {
    const ground = Ground.fromRectangle(
      [
        [100, 300],
        [500, 300],
        [500, 100],
        [100, 100],
      ],
      4,
      2,
      { width: 640, height: 360 },
    )!;
    expect(ground.locate([300, 200])![0]).toBeCloseTo(2, 9);
    expect(ground.focal).toBeUndefined();
    expect(ground.heightOf([290, 150, 310, 200])).toBeUndefined();
  });

  it('there is no ground above the horizon', () => {
    const ground = camera.ground(-3, 8, 6, 10)!;
    // The horizon of a 25 degree tilt is 1000 tan 25 = 466 px above the middle.
    expect(ground.locate([640, 360 - 470])).toBeUndefined();
    expect(ground.locate([640, 360 - 440])).toBeDefined();
    expect(ground.heightOf([630, -300, 650, -120])).toBeUndefined();
  });

  it.each<{ says: string; corners: [Vec, Vec, Vec, Vec] }>([
    {
      says: 'three on a line',
      corners: [
        [0, 100],
        [100, 100],
        [200, 100],
        [0, 50],
      ],
    },
    {
      says: 'a bow tie',
      corners: [
        [0, 100],
        [100, 100],
        [20, 50],
        [80, 50],
      ],
    },
  ])('is undetermined by $says', ({ corners }) => {
    expect(Ground.fromRectangle(corners, 4, 8, { width: 640, height: 360 })).toBeUndefined();
  });
});

describe('GroundMeter', () => {
  const ground = camera.ground(-3, 8, 6, 10)!;

  /** Someone 1.7 m tall who crosses the ground at `speed` metres a second, seen at 10 frames a second. */
  function measure(speed: number, { noise = 0, wild = 0, seed = 1 } = {}) {
    const next = random(seed);
    const meter = new GroundMeter(ground);
    for (let n = 0; n <= 30; n++) {
      const [x0, y0, x1, y1] = camera.pole(-2 + 0.6 * speed * (n / 10), 10 + 0.8 * speed * (n / 10), 1.7);
      const off = next() < wild ? 40 : noise;
      const [dx, dy] = [off * normal(next), off * normal(next)];
      const spot = { x: (x0 + x1) / 2 + dx, y: (y0 + y1) / 2 + dy, width: x1 - x0, height: y1 - y0 };
      meter.update([track(n / 10, spot, camera)], n / 10);
    }
    return meter;
  }

  it.each([
    { says: 'a walker', speed: 1.4 },
    { says: 'a runner', speed: 3.5 },
    { says: 'somebody who stands', speed: 0 },
  ])('measures $says', ({ speed }) => {
    expect(measure(speed).speedOf(1, 1.5)).toBeCloseTo(speed, 2);
    expect(measure(speed).heightOf(1)).toBeCloseTo(1.7, 2);
    for (let seed = 1; seed <= 20; seed++) {
      const meter = measure(speed, { noise: 1, wild: 0.1, seed });
      expect(Math.abs(meter.speedOf(1, 1.5)! - speed)).toBeLessThan(0.35);
      expect(Math.abs(meter.heightOf(1)! - 1.7)).toBeLessThan(0.05);
    }
  });

  it('says nothing where there is too little to say', () => {
    const meter = measure(1.4);
    expect(meter.speedOf(99, 1)).toBeUndefined();
    expect(meter.speedOf(1, 9)).toBeUndefined();
    const brief = new GroundMeter(ground);
    for (const t of [0, 0.1, 0.2]) brief.update([track(t, { x: 640, y: 400 })], t);
    expect(brief.speedOf(1, 0.1)).toBeUndefined();
  });

  it('does not measure what the border cuts off, nor predictions', () => {
    const meter = new GroundMeter(ground);
    for (let n = 0; n < 10; n++) {
      const cutOff = track(n / 10, { id: 1, x: 300 + n, y: 330, height: 80 });
      expect(cutOff.cut.bottom).toBe(true);
      meter.update([cutOff, track(n / 10, { id: 2, x: 300 + n, y: 200, lost: true })], n / 10);
    }
    expect(meter.speedOf(1, 0.5)).toBeUndefined();
    expect(meter.speedOf(2, 0.5)).toBeUndefined();
  });

  it('forgets after its memory', () => {
    const meter = measure(1.4);
    meter.update([], 20);
    expect(meter.heightOf(1)).toBeUndefined();
  });

  it('refuses options that make no sense', () => {
    expect(() => new GroundMeter(ground, { windowS: 0 })).toThrow(
      'windowS must be a positive finite number, got 0.',
    );
  });
});
