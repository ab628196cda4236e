/** A Japanese town bicycle (mamachari): basket, mudguards, chain guard, carrier; with a rider who pedals. */
import {
  BoxGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshStandardMaterial,
  SphereGeometry,
  type Material,
} from 'three';
import { paintedMaterial } from '../materials/painted.ts';
import type { Person } from '../people/index.ts';
import { toGeometry } from '../sdf/geometry.ts';
import { polygonise } from '../sdf/mesher.ts';
import type { Vec3 } from '../sdf/primitives.ts';
import { ellipsoid, lerp, smoothMin, smoothstep } from '../sdf/primitives.ts';
import { CHROME, RUBBER, hoop, part, rod } from './rods.ts';
import type { Vehicle } from './vehicle.ts';

/** Measures in metres: z forward, y up from the road. */
const WHEEL = 0.325;
const REAR = -0.52;
const FRONT = 0.54;
const CRANK: Vec3 = [0, 0.29, 0];
const CRANK_LENGTH = 0.16;
const GRIP: Vec3 = [0.265, 1.01, 0.1];
const SADDLE: Vec3 = [0, 0.88, -0.24];
/** Metres along the road per radian of the crank. */
const GEAR = WHEEL * 2.2;

const saddleGeometry = toGeometry(
  polygonise(
    (x, y, z) =>
      smoothMin(
        ellipsoid(x, y, z, 0, 0, -0.05, 0.1, 0.035, 0.09),
        ellipsoid(x, y, z, 0, 0, 0.07, 0.035, 0.03, 0.1),
        0.05,
      ),
    { min: [-0.13, -0.06, -0.17], max: [0.13, 0.06, 0.2], cell: 0.014, reach: 0 },
  ),
);

const basketMaterial = paintedMaterial({
  paint: /* glsl */ `
    // Four sides, each along one diagonal of the basket's own axes.
    vec2 q = vec2(n.x * n.z > 0.0 ? p.x - p.z : p.x + p.z, p.y) * vec2(30.0, 42.0);
    float gap = step(0.3, abs(fract(q.x) - 0.5) * 2.0) * step(0.3, abs(fract(q.y) - 0.5) * 2.0);
    col = mix(vec3(0.4), vec3(0.05), gap);`,
  metalness: 0.3,
  roughness: 0.5,
  occlusion: false,
});

function createWheel(machine: Group, z: number): Group {
  const wheel = new Group();
  hoop(wheel, WHEEL, 0.021, RUBBER);
  hoop(wheel, WHEEL - 0.025, 0.01, CHROME);
  for (let i = 0; i < 16; i++) {
    const angle = (i / 16) * 2 * Math.PI;
    const r = WHEEL - 0.02;
    rod(
      wheel,
      [i % 2 ? 0.02 : -0.02, 0, 0],
      [0, Math.sin(angle) * r, Math.cos(angle) * r],
      0.0022,
      CHROME,
      4,
    );
  }
  wheel.position.set(0, WHEEL + 0.02, z);
  machine.add(wheel);
  const guard = hoop(machine, WHEEL + 0.035, 0.02, CHROME, Math.PI * 0.75);
  guard.rotation.order = 'YXZ';
  guard.rotation.z = z < 0 ? 0.35 : 0.1;
  guard.scale.z = 1.6;
  guard.position.copy(wheel.position);
  return wheel;
}

function createFrame(machine: Group, paint: Material): void {
  rod(machine, CRANK, [0, 0.74, -0.2], 0.017, paint);
  rod(machine, [0, 0.36, 0.03], [0, 0.66, 0.4], 0.02, paint);
  rod(machine, [0, 0.5, -0.1], [0, 0.74, 0.39], 0.017, paint);
  rod(machine, [0, 0.82, 0.36], [0, 0.6, 0.42], 0.02, paint);
  for (const x of [-0.06, 0.06]) {
    rod(machine, [x, 0.345, REAR], CRANK, 0.011, paint);
    rod(machine, [x, 0.345, REAR], [0, 0.62, -0.16], 0.01, paint);
    rod(machine, [x, 0.345, FRONT], [x * 0.7, 0.62, 0.43], 0.013, CHROME);
  }
  rod(machine, [0, 0.82, 0.36], [0, 0.96, 0.31], 0.012, CHROME);
  for (const side of [-1, 1]) {
    rod(machine, [0, 0.97, 0.31], [side * 0.14, 1, 0.3], 0.011, CHROME);
    rod(machine, [side * 0.14, 1, 0.3], [side * 0.27, 1, 0.12], 0.011, CHROME);
    rod(machine, [side * 0.25, 1, 0.15], [side * 0.285, 1, 0.05], 0.016, RUBBER);
  }
  rod(machine, [0, 0.74, -0.2], [0, 0.86, -0.235], 0.013, CHROME);
  part(machine, new Mesh(saddleGeometry, RUBBER)).position.set(...SADDLE);
  part(machine, new Mesh(new BoxGeometry(0.02, 0.09, 0.5), paint)).position.set(0.06, 0.31, -0.26);
  rod(machine, [0, 0.7, -0.3], [0, 0.7, -0.66], 0.05, CHROME).scale.set(1, 1, 0.12);
}

function createFittings(machine: Group): void {
  const basket = part(machine, new Mesh(new CylinderGeometry(0.19, 0.15, 0.24, 4), basketMaterial));
  basket.rotation.y = Math.PI / 4;
  basket.scale.set(1.05, 1, 0.85);
  basket.position.set(0, 0.93, 0.53);
  part(machine, new Mesh(new SphereGeometry(0.03, 10, 8), CHROME)).position.set(0.05, 0.6, 0.6);
  const reflector = new MeshStandardMaterial({ color: '#a01515', roughness: 0.2 });
  part(machine, new Mesh(new BoxGeometry(0.06, 0.05, 0.02), reflector)).position.set(0, 0.55, -0.87);
}

function createCrank(machine: Group): Group {
  const crank = new Group();
  crank.position.set(...CRANK);
  machine.add(crank);
  hoop(crank, 0.085, 0.008, CHROME).position.x = 0.05;
  for (const side of [-1, 1]) {
    rod(crank, [side * 0.06, 0, 0], [side * 0.07, side * CRANK_LENGTH, 0], 0.011, CHROME);
    const pedal = part(crank, new Mesh(new BoxGeometry(0.09, 0.02, 0.08), RUBBER));
    pedal.position.set(side * 0.12, side * CRANK_LENGTH, 0);
  }
  return crank;
}

/**
 * @param rider put on the saddle; its root becomes a child of the bicycle
 * @param colour CSS colour of the frame
 */
export function createBicycle(rider: Person, colour: string): Vehicle {
  const root = new Group();
  const leaning = new Group();
  const machine = new Group();
  root.add(leaning);
  leaning.add(machine);
  const paint = new MeshStandardMaterial({ color: colour, roughness: 0.35, metalness: 0.3 });
  const wheels = [createWheel(machine, REAR), createWheel(machine, FRONT)];
  createFrame(machine, paint);
  createFittings(machine);
  const crank = createCrank(machine);
  leaning.add(rider.root);
  const size = rider.spec.height / 1.7;
  return {
    root,
    height: 1.1,
    machine,
    rider,
    drive(travelled, _acceleration, speed) {
      const angle = travelled / GEAR;
      for (const wheel of wheels) wheel.rotation.x = travelled / WHEEL;
      crank.rotation.x = angle;
      // A rider who stands still leans to the kerb side, on one foot.
      const standing = smoothstep(0.9, 0.1, speed);
      leaning.rotation.z = -0.13 * standing;
      const pedal = (side: 1 | -1): Vec3 => [
        side * 0.12,
        CRANK[1] + 0.015 + side * Math.cos(angle) * CRANK_LENGTH,
        side * Math.sin(angle) * CRANK_LENGTH,
      ];
      const ground: Vec3 = [0.24, 0.045, 0];
      const left = pedal(1).map((value, i) => lerp(value, ground[i]!, standing)) as unknown as Vec3;
      rider.sit({
        pelvis: [0.03 * standing, SADDLE[1] + 0.03 + 0.1 * size - 0.04 * standing, SADDLE[2]],
        lean: 0.2,
        feet: [left, pedal(-1)],
        hands: [
          [GRIP[0], GRIP[1] + 0.02, GRIP[2]],
          [-GRIP[0], GRIP[1] + 0.02, GRIP[2]],
        ],
      });
    },
    dispose() {
      paint.dispose();
      rider.dispose();
    },
  };
}
