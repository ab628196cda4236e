/**
 * Walking, in the sagittal plane, as a pure function of phase: where each foot is relative to the body, how it is
 * pitched, and how high the pelvis rides. A planted foot moves backwards at exactly the walking speed, rolling over
 * heel, sole and ball, so that it stands still on the ground; inverse kinematics (`limbs.ts`) does the rest.
 */
import { clamp, lerp, smoothstep } from '../sdf/primitives.ts';
import type { Proportions } from './proportions.ts';

const GRAVITY = 9.81;

/** Foot measures for a body of scale 1, metres: from the ankle joint to heel, ball and toe tip, on the sole. */
const HEEL = -0.055;
const BALL = 0.105;
const TIP = 0.155;

/**
 * Length of a whole cycle (two steps), metres. Relative stride length 2.3 Fr^0.3 with the Froude number
 * Fr = v^2 / (g h), Alexander, "Estimates of speeds of dinosaurs", Nature 261 (1976); shorter with frailty.
 * A walker's phase advances by distance / strideLength.
 *
 * @param speed m/s, 0 and up
 */
export function strideLength(d: Proportions, speed: number): number {
  const froude = (speed * speed) / (GRAVITY * d.hipY);
  return 2.3 * d.hipY * Math.max(froude, 0.002) ** 0.3 * (1 - 0.18 * d.frailty);
}

/** Share of the cycle for which a foot is on the ground; 0.62 at a usual 1.3 m/s. */
export const dutyFactor = (speed: number) => clamp(0.7 - 0.06 * speed, 0.56, 0.72);

export interface FootState {
  /** Ankle ahead of the hip's mean position, metres. */
  z: number;
  /** Ankle above the ground, metres. */
  y: number;
  /** Toe-up positive, radians. */
  pitch: number;
  /** Bend of the toes against the sole, radians, upward positive. */
  toes: number;
  /** Whether the foot bears on the ground. */
  planted: boolean;
}

/** 1 at 1.3 m/s; scales the angles so that slow steps are flat-footed. */
const vigour = (d: Proportions, speed: number) => clamp(speed / 1.3, 0.15, 1.25) * (1 - 0.45 * d.frailty);

function stance(d: Proportions, speed: number, phase: number): FootState {
  const s = d.scale;
  const duty = dutyFactor(speed);
  const length = strideLength(d, speed);
  const v = vigour(d, speed);
  const strike = 0.32 * v;
  const push = 0.9 * v;
  const t = phase / duty;
  const pitch =
    t < 0.16 ? strike * (1 - smoothstep(0, 0.16, t)) : -push * smoothstep(0.5, 1, t) * smoothstep(0.45, 1, t);
  // Where the ankle would be with the sole flat. A foot lands less far ahead than it leaves behind, on its raised
  // heel: so both ends of the stance need the same length of leg.
  const flat = length * (duty * 0.5 - phase) - 0.078 * s;
  const pivot = pitch > 0 ? HEEL * s : BALL * s;
  const c = Math.cos(pitch);
  const n = Math.sin(pitch);
  return {
    z: flat + pivot * (1 - c) - d.ankleY * n,
    y: d.ankleY * c - pivot * n,
    pitch,
    toes: Math.max(0, -pitch),
    planted: true,
  };
}

/** Cubic from a to b over t in [0, 1], leaving with slope va and arriving with vb. */
function hermite(a: number, b: number, va: number, vb: number, t: number): number {
  const t2 = t * t;
  const t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * a + (t3 - 2 * t2 + t) * va + (-2 * t3 + 3 * t2) * b + (t3 - t2) * vb;
}

/**
 * @param phase any real; 0 = this foot's heel strikes
 * @param speed m/s
 */
export function footAt(d: Proportions, speed: number, phase: number): FootState {
  const p = phase - Math.floor(phase);
  const duty = dutyFactor(speed);
  if (p <= duty) return stance(d, speed, p);
  const off = stance(d, speed, duty);
  const on = stance(d, speed, 0);
  const v = vigour(d, speed);
  const length = strideLength(d, speed);
  const t = (p - duty) / (1 - duty);
  const pitch = lerp(off.pitch, on.pitch, smoothstep(0.05, 0.85, t));
  const drift = -length * (1 - duty);
  const lift = (0.02 + 0.035 * v) * d.scale * Math.sin(Math.PI * t) ** 2;
  const y = hermite(off.y, on.y, 0.6 * off.y, -0.1 * on.y, t) + lift;
  const toes = off.toes * (1 - smoothstep(0, 0.4, t));
  // Heel and toe tip must clear the ground; bent toes end at the ball.
  const c = Math.cos(pitch);
  const n = Math.sin(pitch);
  const tip = lerp(TIP, BALL, clamp(toes / Math.max(0.01, -pitch), 0, 1)) * d.scale;
  const clear = d.ankleY * c + Math.max(-tip * n, -HEEL * d.scale * n) + 0.25 * lift;
  return {
    z: hermite(off.z, on.z, drift * 0.3, drift * 0.35, t),
    y: Math.max(y, clear),
    pitch,
    toes,
    planted: false,
  };
}
