/** Puts a rig into poses: walking, standing, sitting, riding. Pure bookkeeping on bones; no rendering needed. */
import { Euler, Quaternion, Vector3 } from 'three';
import type { Vec3 } from '../sdf/primitives.ts';
import { clamp } from '../sdf/primitives.ts';
import { footAt, strideLength } from './gait.ts';
import { aim, reach } from './limbs.ts';
import type { Proportions } from './proportions.ts';
import type { BoneName, Rig } from './skeleton.ts';

export type Side = 'L' | 'R';
export const SIDES: readonly (readonly [Side, 1 | -1])[] = [
  ['L', 1],
  ['R', -1],
];

/** Where the eyes go, radians against the body: yaw to the person's left, pitch downwards. */
export interface Look {
  yaw: number;
  pitch: number;
}

export interface WalkPose {
  /** Cycles; advance by distance / strideLength(speed). 0 = left heel strikes. */
  phase: number;
  /** m/s, 0 to 2.4 */
  speed: number;
  look?: Look | undefined;
}

export interface StandPose {
  /** Seconds; drives a slow sway. */
  time: number;
  look?: Look | undefined;
  /** A point for the right hand, metres in the person's frame (a shelf, a gate's reader). */
  reach?: Vec3 | undefined;
}

/** Points a seated body holds on to, metres in the person's frame (origin on the ground below the pelvis). */
export interface Seat {
  /** Height of the pelvis joint. */
  pelvis: Vec3;
  /** Forward lean of the trunk, radians. */
  lean: number;
  /** Soles: where the balls of the feet rest, left and right. */
  feet: readonly [Vec3, Vec3];
  /** Hands, left and right; on the lap when left out. */
  hands?: readonly [Vec3, Vec3] | undefined;
  look?: Look | undefined;
}

const vector = ([x, y, z]: Vec3) => new Vector3(x, y, z);
const FORWARD = new Vector3(0, 0, 1);
const BACKWARD = new Vector3(0, 0, -1);

export class Poser {
  readonly #rig: Rig;
  readonly #d: Proportions;
  /** How far each upper arm must hang off the vertical so that the sleeve clears hip and bag, radians. */
  readonly #armSpread: Record<Side, number>;
  /** Hand that carries something heavy swings less: 0..1 per side. */
  readonly #armSwing: Record<Side, number>;

  constructor(rig: Rig, d: Proportions, armSpread: Record<Side, number>, armSwing: Record<Side, number>) {
    this.#rig = rig;
    this.#d = d;
    this.#armSpread = armSpread;
    this.#armSwing = armSwing;
  }

  walk({ phase, speed, look }: WalkPose): void {
    const d = this.#d;
    const v = clamp(speed / 1.3, 0, 1.3);
    const turn = 2 * Math.PI * phase;
    const feet = {
      L: footAt(d, speed, phase),
      R: footAt(d, speed, phase + 0.5),
    };
    const lean = 0.025 + 0.03 * v + 0.17 * d.frailty;
    const sway = 0.018 * d.scale * Math.sin(turn) * (1 - 0.3 * v);
    this.#trunk(
      [sway, this.#pelvisHeight(phase, speed), 0],
      lean,
      -0.09 * v * Math.cos(turn),
      0.045 * v * Math.sin(turn),
      look,
    );
    for (const [side, sign] of SIDES) {
      const foot = feet[side];
      const gap = (0.068 + 0.02 * d.build + 0.025 * d.frailty) * d.scale;
      this.#leg(side, new Vector3(sign * gap, foot.y, foot.z), foot.pitch, foot.toes, 0.1);
      const swing = Math.cos(turn + (sign > 0 ? Math.PI : 0)) * 0.42 * v * this.#armSwing[side];
      const bend = 0.14 + 0.22 * v * this.#armSwing[side] * (0.5 + 0.5 * Math.sin(swing * 2));
      this.#hang(side, swing - 0.03 + 0.12 * d.frailty, bend);
    }
  }

  stand({ time, look, reach: goal }: StandPose): void {
    const d = this.#d;
    const sway = Math.sin(time * 0.55) * 0.022 * d.scale;
    const breathe = Math.sin(time * 1.6) * 0.006;
    const lean = 0.02 + 0.17 * d.frailty + breathe + (goal ? 0.06 : 0);
    this.#trunk([sway, this.#standHeight(), 0], lean, Math.sin(time * 0.23) * 0.05, -sway * 0.9, look);
    for (const [side, sign] of SIDES) {
      const z = sign > 0 ? 0.02 : -0.03;
      this.#leg(side, new Vector3(sign * 0.1 * d.scale, d.ankleY, z * d.scale), 0, 0, 0.2);
      if (goal && side === 'R') this.#armTo(side, vector(goal));
      else this.#hang(side, Math.sin(time * 0.4 + sign) * 0.02 + 0.02, 0.2 + 0.2 * d.frailty);
    }
  }

  sit({ pelvis, lean, feet, hands, look }: Seat): void {
    const d = this.#d;
    this.#trunk(pelvis, lean, 0, 0, look);
    for (const [i, [side, sign]] of SIDES.entries()) {
      const ball = feet[i]!;
      const toe = vector(ball).add(new Vector3(0, d.ankleY, -0.105 * d.scale));
      this.#leg(side, toe, 0, 0, 0.12);
      const lap = vector([sign * 0.11 * d.scale, pelvis[1] + 0.14 * d.scale, pelvis[2] + 0.3 * d.scale]);
      this.#armTo(side, hands ? vector(hands[i]!) : lap);
    }
  }

  /** Feet that stand together reach the ground with knees a touch bent. */
  #standHeight(): number {
    const { d, leg } = this.#lengths();
    return (
      d.ankleY + (leg.upper + leg.lower) * (0.992 - 0.02 * d.frailty) + (this.#rig.rest.pelvis[1] - d.hipY)
    );
  }

  /** Highest pelvis for which both planted feet are within reach all through the cycle, plus a smooth bob. */
  #pelvisHeight(phase: number, speed: number): number {
    const { d, leg } = this.#lengths();
    const longest = (leg.upper + leg.lower) * (0.994 - 0.025 * d.frailty);
    const stride = strideLength(d, speed);
    const bob = (t: number) => 0.013 * stride * (1 - Math.cos(4 * Math.PI * (t - 0.02)));
    let base = Infinity;
    for (let i = 0; i < 24; i++) {
      const t = i / 24;
      const foot = footAt(d, speed, t);
      if (!foot.planted) continue;
      const down = Math.sqrt(Math.max(0.01, longest ** 2 - foot.z ** 2));
      base = Math.min(base, foot.y + down - bob(t));
    }
    const aboveHip = this.#rig.rest.pelvis[1] - d.hipY;
    return Math.min(base + bob(phase) + aboveHip, this.#standHeight());
  }

  #lengths() {
    const { rest } = this.#rig;
    const between = (a: BoneName, b: BoneName) => vector(rest[a]).distanceTo(vector(rest[b]));
    return {
      d: this.#d,
      leg: { upper: between('thighL', 'shinL'), lower: between('shinL', 'footL') },
      arm: { upper: between('upperArmL', 'foreArmL'), lower: between('foreArmL', 'handL') },
    };
  }

  /**
   * Pelvis, spine, chest, neck and head. The chest turns against the pelvis, the head keeps the direction of walking.
   */
  #trunk(pelvis: Vec3, lean: number, yaw: number, list: number, look: Look = { yaw: 0, pitch: 0 }): void {
    const { bones } = this.#rig;
    const stoop = this.#d.frailty;
    bones.pelvis.position.set(...pelvis);
    bones.pelvis.quaternion.setFromEuler(new Euler(lean * 0.3, yaw, list));
    bones.spine.quaternion.setFromEuler(new Euler(lean * 0.4, -yaw * 0.8, -list * 0.8));
    bones.chest.quaternion.setFromEuler(new Euler(lean * 0.3 + 0.1 * stoop, -yaw * 0.9, -list * 0.2));
    const bent = lean + 0.1 * stoop;
    bones.neck.quaternion.setFromEuler(new Euler(0.12 * stoop - bent * 0.3, yaw * 0.4 + look.yaw * 0.35, 0));
    bones.head.quaternion.setFromEuler(
      new Euler(-bent * 0.7 - 0.1 * stoop + look.pitch, yaw * 0.3 + look.yaw * 0.65, 0, 'YXZ'),
    );
  }

  /** Joint position and rotation of a bone's parent chain in the person's frame. */
  #world(bone: BoneName): { position: Vector3; rotation: Quaternion } {
    const { bones } = this.#rig;
    const position = new Vector3();
    const rotation = new Quaternion();
    const chain = [];
    for (let b = bones[bone]; b.name in bones; b = b.parent as typeof b) {
      chain.push(b);
      if (b.name === 'pelvis') break;
    }
    for (const b of chain.reverse()) {
      position.add(b.position.clone().applyQuaternion(rotation));
      if (b !== bones[bone]) rotation.multiply(b.quaternion);
    }
    return { position, rotation };
  }

  #leg(side: Side, ankle: Vector3, pitch: number, toes: number, toeOut: number): void {
    const sign = side === 'L' ? 1 : -1;
    const { bones } = this.#rig;
    const { leg } = this.#lengths();
    const hip = this.#world(`thigh${side}`);
    const pole = new Vector3(sign * toeOut * 0.8, 0, 1);
    const { upper, lower } = reach(hip.position, ankle, pole, leg.upper, leg.lower);
    const turned = this.#set(`thigh${side}`, `shin${side}`, hip.rotation, upper, pole, FORWARD);
    const shin = this.#set(`shin${side}`, `foot${side}`, turned, lower, pole, FORWARD);
    const wish = new Quaternion().setFromEuler(new Euler(-pitch, sign * toeOut, 0, 'YXZ'));
    bones[`foot${side}`].quaternion.copy(shin.invert().multiply(wish));
    bones[`toes${side}`].quaternion.setFromEuler(new Euler(-toes, 0, 0));
  }

  /** A hanging arm: swing forward positive, elbow bend, both radians. */
  #hang(side: Side, swing: number, bend: number): void {
    const sign = side === 'L' ? 1 : -1;
    const { rotation } = this.#world(`upperArm${side}`);
    const out = this.#armSpread[side];
    const direction = (angle: number, spread: number) =>
      new Vector3(
        sign * Math.sin(spread),
        -Math.cos(spread) * Math.cos(angle),
        Math.cos(spread) * Math.sin(angle),
      );
    const upper = direction(swing, out);
    const lower = direction(swing + bend, out * 0.75 - 0.02);
    this.#arm(side, rotation, upper, lower, new Vector3(sign * 0.25, 0, -1));
  }

  #armTo(side: Side, target: Vector3): void {
    const sign = side === 'L' ? 1 : -1;
    const { arm } = this.#lengths();
    const { position, rotation } = this.#world(`upperArm${side}`);
    const pole = new Vector3(sign * 0.55, -0.8, -0.5);
    const { upper, lower } = reach(position, target, pole, arm.upper, arm.lower);
    this.#arm(side, rotation, upper, lower, pole);
  }

  #arm(side: Side, parent: Quaternion, upper: Vector3, lower: Vector3, pole: Vector3): void {
    const turned = this.#set(`upperArm${side}`, `foreArm${side}`, parent, upper, pole, BACKWARD);
    this.#set(`foreArm${side}`, `hand${side}`, turned, lower, pole, BACKWARD);

    this.#rig.bones[`hand${side}`].quaternion.setFromEuler(new Euler(-0.12, 0, 0));
  }

  /** Points a bone along `direction` (person's frame) and returns its rotation there. */
  #set(
    bone: BoneName,
    next: BoneName,
    parent: Quaternion,
    direction: Vector3,
    pole: Vector3,
    restPole: Vector3,
  ): Quaternion {
    const { bones, rest } = this.#rig;
    const restDirection = vector(rest[next]).sub(vector(rest[bone]));
    const rotation = aim(restDirection, restPole, direction, pole, new Quaternion());
    bones[bone].quaternion.copy(parent.clone().invert().multiply(rotation));
    return rotation;
  }
}
