/** Cars, buses and trucks. */
import type { BufferGeometry } from 'three';
import {
  CylinderGeometry,
  DoubleSide,
  Group,
  LatheGeometry,
  Mesh,
  MeshStandardMaterial,
  Vector2,
} from 'three';
import { paintedMaterial } from '../materials/painted.ts';
import { toGeometry } from '../sdf/geometry.ts';
import { polygonise } from '../sdf/mesher.ts';
import type { MotorBody } from './bodies.ts';
import { SHAPES } from './bodies.ts';
import { bodywork } from './bodywork.ts';
import type { Livery } from './livery.ts';
import { liveryMaterial } from './livery.ts';
import { part } from './rods.ts';
import type { Vehicle } from './vehicle.ts';

const geometries = new Map<string, BufferGeometry>();

function bodyGeometry(body: MotorBody, cell: number): BufferGeometry {
  const key = `${body}-${cell}`;
  let geometry = geometries.get(key);
  if (!geometry) {
    const { width, length, height } = SHAPES[body];
    geometry = toGeometry(
      polygonise(bodywork(SHAPES[body]), {
        min: [-width / 2 - 0.3, 0.1, -length / 2 - 0.15],
        max: [width / 2 + 0.3, height + 0.3, length / 2 + 0.15],
        cell,
        reach: 0.35,
        lipschitz: 1.6,
      }),
    );
    geometries.set(key, geometry);
  }
  return geometry;
}

/** Half profile of a tyre: [radius, width] as shares of the wheel's radius and half width. */
const TYRE = [
  [0.55, -1],
  [0.9, -1.05],
  [0.985, -0.8],
  [1, -0.4],
  [1, 0.4],
  [0.985, 0.8],
  [0.9, 1.05],
  [0.66, 0.95],
  [0.62, 0.75],
] as const;

const tyreMaterial = new MeshStandardMaterial({ color: '#17171a', roughness: 0.85, side: DoubleSide });
const rimMaterial = paintedMaterial({
  paint: /* glsl */ `
    float r = length(p.xz), a = atan(p.x, p.z);
    float gap = smoothstep(0.25, 0.4, abs(sin(a * 2.5))) * step(0.22, r) * step(r, 0.86);
    col = mix(vec3(0.62, 0.63, 0.65), vec3(0.03), gap);
    col = mix(col, vec3(0.3), step(r, 0.15));
    rough = 0.3; metal = 0.7 * (1.0 - gap);`,
  occlusion: false,
});

function createWheel(radius: number): Group {
  const wheel = new Group();
  const half = 0.1;
  const tyre = part(
    wheel,
    new Mesh(
      new LatheGeometry(
        TYRE.map(([r, w]) => new Vector2(r * radius, w * half)),
        32,
      ),
      tyreMaterial,
    ),
  );
  tyre.rotation.z = -Math.PI / 2;
  for (const side of [-1, 1]) {
    // A unit disc, scaled, so that the paint is the same for every wheel.
    const rim = part(wheel, new Mesh(new CylinderGeometry(1, 1, 1, 32), rimMaterial));
    rim.scale.set(radius * 0.63, 0.02, radius * 0.63);
    rim.rotation.z = -Math.PI / 2;
    rim.position.x = side * half * 0.72;
  }
  return wheel;
}

/**
 * @param cell edge of the meshing grid in metres: 0.03 for close views, 0.06 for far ones; buses take twice as much
 */
export function createCar(body: MotorBody, livery: Livery, cell = 0.035): Vehicle {
  const shape = SHAPES[body];
  const root = new Group();
  const hull = new Group();
  root.add(hull);
  const { material, brake } = liveryMaterial(body, shape, livery);
  part(hull, new Mesh(bodyGeometry(body, shape.cabin ? cell : cell * 1.7), material));
  const wheels: Group[] = [];
  for (const axle of shape.axles)
    for (const side of [-1, 1]) {
      const wheel = createWheel(shape.wheelRadius);
      wheel.position.set(side * (shape.width / 2 - 0.16), shape.wheelRadius, axle);
      root.add(wheel);
      wheels.push(wheel);
    }
  return {
    root,
    height: shape.height,
    drive(travelled, acceleration) {
      for (const wheel of wheels) wheel.rotation.x = travelled / shape.wheelRadius;
      // The body dips its nose when braking: about 1 degree at 3 m/s^2.
      hull.rotation.x = -Math.max(-4, Math.min(2, acceleration)) * 0.006;
      brake(acceleration < -0.3);
    },
    dispose: () => material.dispose(),
  };
}
