import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { dutyFactor, footAt, strideLength } from '../../../../scenes/people/gait.ts';
import { Poser } from '../../../../scenes/people/poser.ts';
import { proportionsOf } from '../../../../scenes/people/proportions.ts';
import { BICYCLE_FIT, bicycleSeat } from '../../../../scenes/people/riding.ts';
import { createRig } from '../../../../scenes/people/skeleton.ts';

const BODIES = [
  { says: 'a child of seven', age: 7, sex: 'female', height: 1.22, build: 0.2 },
  { says: 'a slim woman', age: 28, sex: 'female', height: 1.58, build: 0.1 },
  { says: 'a heavy man', age: 50, sex: 'male', height: 1.75, build: 0.9 },
  { says: 'a man of eighty', age: 80, sex: 'male', height: 1.62, build: 0.4 },
] as const;
const SPEEDS = [0.4, 0.9, 1.3, 1.8];
const cases = BODIES.flatMap((body) => SPEEDS.map((speed) => ({ ...body, speed })));

function walker(body: (typeof BODIES)[number]) {
  const d = proportionsOf(body);
  const rig = createRig(d);
  const poser = new Poser(rig, d, { L: 0.1, R: 0.1 }, { L: 1, R: 1 });
  /** Points on the sole, from the ankle, at rest. */
  const heel = new Vector3(0, -d.ankleY, -0.055 * d.scale);
  const ball = new Vector3(0, -d.ankleY, 0.105 * d.scale);
  const sole = (side: 'L' | 'R') => {
    rig.bones.pelvis.updateMatrixWorld(true);
    const foot = rig.bones[`foot${side}`].matrixWorld;
    return [heel.clone().applyMatrix4(foot), ball.clone().applyMatrix4(foot)];
  };
  return { d, rig, poser, sole };
}

describe('walking', () => {
  it.each(cases)('does not slide the planted foot: $says at $speed m/s', (body) => {
    const { d, poser, sole } = walker(body);
    const stride = strideLength(d, body.speed);
    const steps = 200;
    let before: Vector3[] | undefined;
    for (let i = 0; i < steps * dutyFactor(body.speed) - 1; i++) {
      const phase = i / steps;
      poser.walk({ phase, speed: body.speed });
      const now = sole('L').map((point) => point.add(new Vector3(0, 0, phase * stride)));
      // Some point of the sole rests: heel, then both, then ball.
      if (before) {
        const moved = now.map((point, k) => Math.hypot(point.z - before![k]!.z, point.y - before![k]!.y));
        expect(Math.min(...moved)).toBeLessThan(0.0015);
      }
      before = now;
    }
  });

  it.each(cases)('never sinks into the ground: $says at $speed m/s', (body) => {
    const { poser, sole } = walker(body);
    for (let i = 0; i < 60; i++) {
      poser.walk({ phase: i / 60, speed: body.speed });
      for (const point of [...sole('L'), ...sole('R')]) expect(point.y).toBeGreaterThan(-0.006);
    }
  });

  it.each(cases)('goes round without a jump: $says at $speed m/s', (body) => {
    const { d } = walker(body);
    const steps = 400;
    const stride = strideLength(d, body.speed);
    for (let i = 0; i < steps; i++) {
      const a = footAt(d, body.speed, i / steps);
      const b = footAt(d, body.speed, (i + 1) / steps);
      expect(Math.hypot(a.z - b.z, a.y - b.y)).toBeLessThan((6 * stride) / steps);
    }
  });

  it('lengthens the stride with speed and shortens it with short legs and old age', () => {
    const [child, , man, old] = BODIES.map((body) => proportionsOf(body));
    expect(strideLength(man!, 1.6)).toBeGreaterThan(strideLength(man!, 1.0));
    expect(strideLength(child!, 1.2)).toBeLessThan(strideLength(man!, 1.2));
    expect(strideLength(old!, 1.2)).toBeLessThan(0.95 * strideLength(man!, 1.2));
    expect(strideLength(man!, 1.3)).toBeGreaterThan(1.1);
    expect(strideLength(man!, 1.3)).toBeLessThan(1.5);
  });
});

describe('riding a bicycle', () => {
  it.each([0, 0.2, 0.5, 0.8])('keeps feet on the pedals and hands on the grips at %s turns', (phase) => {
    const d = proportionsOf({ age: 35, sex: 'male', height: 1.72, build: 0.3 });
    const rig = createRig(d);
    const seat = bicycleSeat(d, BICYCLE_FIT, phase);
    new Poser(rig, d, { L: 0.1, R: 0.1 }, { L: 1, R: 1 }).sit(seat);
    rig.bones.pelvis.updateMatrixWorld(true);
    const at = (name: 'toesL' | 'toesR' | 'handL' | 'handR') =>
      rig.bones[name].getWorldPosition(new Vector3());
    const off = (name: Parameters<typeof at>[0], goal: readonly number[]) =>
      at(name).distanceTo(new Vector3(goal[0], goal[1], goal[2]));
    expect(off('toesL', seat.feet[0])).toBeLessThan(0.04);
    expect(off('toesR', seat.feet[1])).toBeLessThan(0.04);
    expect(off('handL', seat.hands![0])).toBeLessThan(0.03);
    expect(off('handR', seat.hands![1])).toBeLessThan(0.03);
  });
});
