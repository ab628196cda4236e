import { describe, expect, it } from 'vitest';
import {
  boxAt,
  centreOf,
  heightOf,
  widthOf,
} from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import { BoxFilter, DEFAULT_NOISE } from '../../../../../../workers/camera/vision/tracking/kalman.ts';
import { normal, random } from '../rng.ts';

/**
 * The textbook filter with full matrices for one coordinate (Bar-Shalom et al. 2001, 5.2): state [x, v], F = [[1, dt],
 * [0, 1]], Q = q [[dt^3 / 3, dt^2 / 2], [dt^2 / 2, dt]], H = [1, 0].
 */
class Textbook {
  P: [number, number, number, number];
  constructor(
    public x: [number, number],
    variance: number,
    rate: number,
  ) {
    this.P = [variance, 0, 0, rate];
  }
  predict(dt: number, q: number) {
    const [x, v] = this.x;
    const [a, b, c, d] = this.P;
    this.x = [x + dt * v, v];
    // F P F^T + Q, written out.
    this.P = [
      a + dt * (b + c) + dt * dt * d + (q * dt ** 3) / 3,
      b + dt * d + (q * dt ** 2) / 2,
      c + dt * d + (q * dt ** 2) / 2,
      d + q * dt,
    ];
  }
  correct(z: number, r: number) {
    const [a, b, c, d] = this.P;
    const k = [a / (a + r), c / (a + r)] as const;
    const y = z - this.x[0];
    this.x = [this.x[0] + k[0] * y, this.x[1] + k[1] * y];
    this.P = [(1 - k[0]) * a, (1 - k[0]) * b, c - k[1] * a, d - k[1] * b];
  }
}

describe('BoxFilter', () => {
  it('is the textbook filter, coordinate by coordinate, with irregular time steps', () => {
    const next = random(6);
    const noise = { measurement: 0.05, acceleration: 1, velocity: 3, growth: 0.3 };
    const size = 40;
    const filter = new BoxFilter(boxAt(100, 50, size, size), noise);
    const textbook = new Textbook([100, 0], (0.05 * size) ** 2, (3 * size) ** 2);
    for (let n = 0; n < 60; n++) {
      const dt = 0.02 + next() * 0.3;
      // The size is measured as it is, so that both see the same noise.
      textbook.predict(dt, (1 * size) ** 2);
      filter.predict(dt);
      if (next() < 0.7) {
        const z = 100 + 30 * n * 0.17 + normal(next);
        textbook.correct(z, (0.05 * size) ** 2);
        filter.correct(boxAt(z, 50, size, size));
      }
      expect(centreOf(filter.box)[0]).toBeCloseTo(textbook.x[0], 8);
      expect(filter.velocity[0]).toBeCloseTo(textbook.x[1], 8);
    }
  });

  it('finds the velocity of something steady, in pixels a second, whatever the frame rate', () => {
    for (const fps of [2, 5, 12, 30, 60]) {
      const filter = new BoxFilter(boxAt(0, 100, 20, 60));
      for (let n = 1; n <= 3 * fps; n++) {
        filter.predict(1 / fps);
        filter.correct(boxAt((80 * n) / fps, 100 - (20 * n) / fps, 20, 60));
      }
      expect(filter.velocity[0]).toBeCloseTo(80, 0);
      expect(filter.velocity[1]).toBeCloseTo(-20, 0);
    }
  });

  it('two steps of prediction are one of twice the time', () => {
    const start = boxAt(10, 10, 30, 30);
    const [once, twice] = [new BoxFilter(start), new BoxFilter(start)];
    once.correct(boxAt(14, 10, 30, 30));
    twice.correct(boxAt(14, 10, 30, 30));
    once.predict(0.5);
    twice.predict(0.2);
    twice.predict(0.3);
    expect(once.box[0]).toBeCloseTo(twice.box[0], 9);
    // The size drifts by itself between the two, so the process noise differs by a trace.
    expect(once.uncertainty / twice.uncertainty).toBeCloseTo(1, 2);
  });

  it('grows uncertain while nothing is seen and sure again when something is', () => {
    const filter = new BoxFilter(boxAt(0, 0, 30, 30));
    const fresh = filter.uncertainty;
    filter.predict(0.5);
    expect(filter.uncertainty).toBeGreaterThan(fresh);
    filter.correct(boxAt(2, 0, 30, 30));
    expect(filter.uncertainty).toBeLessThanOrEqual(fresh);
    expect(fresh).toBeCloseTo(DEFAULT_NOISE.measurement * 30, 9);
  });

  it('believes a doubtful measurement less', () => {
    const moved = (doubt: number) => {
      const filter = new BoxFilter(boxAt(0, 0, 30, 30));
      filter.predict(0.1);
      filter.correct(boxAt(10, 0, 30, 30), doubt);
      return centreOf(filter.box)[0];
    };
    expect(moved(4)).toBeLessThan(moved(1));
  });

  it('never turns inside out, however long it shrinks', () => {
    const filter = new BoxFilter(boxAt(0, 0, 40, 40));
    for (const side of [30, 20, 10]) {
      filter.predict(0.2);
      filter.correct(boxAt(0, 0, side, side));
    }
    filter.predict(60);
    expect(widthOf(filter.box)).toBeGreaterThanOrEqual(1);
    expect(heightOf(filter.box)).toBeGreaterThanOrEqual(1);
  });

  it('comes back to a saved state exactly', () => {
    const filter = new BoxFilter(boxAt(5, 6, 20, 30));
    filter.predict(0.1);
    filter.correct(boxAt(7, 6, 20, 30));
    const saved = filter.save();
    const { box, velocity, uncertainty } = filter;
    filter.predict(1);
    filter.correct(boxAt(50, 6, 20, 30));
    filter.restore(saved);
    expect([filter.box, filter.velocity, filter.uncertainty]).toEqual([box, velocity, uncertainty]);
  });
});
