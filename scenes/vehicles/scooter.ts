/** A 125 cm³ scooter with its rider in a helmet. */
import { CylinderGeometry, Group, Mesh, MeshStandardMaterial, SphereGeometry } from 'three';
import { paintedMaterial } from '../materials/painted.ts';
import type { Person, RideFit } from '../people/index.ts';
import { toGeometry } from '../sdf/geometry.ts';
import { polygonise } from '../sdf/mesher.ts';
import { ellipsoid, limb, roundBox, smoothMax, smoothMin } from '../sdf/primitives.ts';
import { CHROME, RUBBER, hoop, part, rod } from './rods.ts';
import type { Vehicle } from './vehicle.ts';

const WHEEL = 0.24;
const REAR = -0.55;
const FRONT = 0.6;

/** Where the rider sits, holds on and rests the feet; see `people/riding.ts`. */
const FIT: RideFit = {
  saddle: [0, 0.77, 0],
  grip: [0.27, 1.05, 0.32],
  foot: [0.12, 0.42, 0.46],
  crank: 0,
  pedalX: 0.12,
  lean: 0.12,
};
/** z of the rider's origin. */
const SEAT = -0.22;

const hull = toGeometry(
  polygonise(
    (x, y, z) => {
      let d = smoothMin(
        ellipsoid(x, y, z, 0, 0.55, -0.38, 0.17, 0.2, 0.42),
        roundBox(x, y, z, [0, 0.34, 0], [0.17, 0.06, 0.34], 0.05),
        0.08,
      );
      d = smoothMin(d, limb(x, y, z, [0, 0.4, 0.36], [0, 0.92, 0.26], 0.13, 0.11), 0.1);
      d = smoothMax(d, -(Math.hypot(y - WHEEL, z - REAR + 0.05) - 0.29), 0.03);
      d = smoothMin(d, ellipsoid(x, y, z, 0, 0.98, 0.27, 0.13, 0.1, 0.13), 0.05);
      d = smoothMin(d, ellipsoid(x, y, z, 0, 0.45, 0.56, 0.08, 0.1, 0.2), 0.04);
      return smoothMax(d, -(Math.hypot(y - WHEEL, z - FRONT + 0.02) - 0.29), 0.02);
    },
    { min: [-0.3, 0.15, -0.95], max: [0.3, 1.15, 0.85], cell: 0.022 },
  ),
);

const helmet = toGeometry(
  polygonise(
    (x, y, z) =>
      smoothMax(
        ellipsoid(x, y, z, 0, 0.03, -0.01, 0.125, 0.135, 0.14),
        -roundBox(x, y, z, [0, -0.06, 0.12], [0.075, 0.09, 0.1], 0.03),
        0.01,
      ),
    { min: [-0.15, -0.14, -0.17], max: [0.15, 0.19, 0.16], cell: 0.012, reach: 0.04 },
  ),
);

const HULL_PAINT = /* glsl */ `
  col = paint; rough = 0.3;
  col = mix(col, vec3(0.03), step(0.66, p.y) * step(p.z, 0.12) * step(p.y, 0.85));
  col = mix(col, vec3(0.8), smoothstep(0.07, 0.065, length(vec2(p.x, p.y - 0.98))) * step(0.35, p.z));
  col = mix(col, vec3(0.6, 0.02, 0.02), step(p.z, -0.72) * step(abs(p.y - 0.6), 0.05));
  col = mix(col, vec3(0.04), step(p.y, 0.36));`;

/** @param colour CSS colour of the fairing */
export function createScooter(rider: Person, colour: string): Vehicle {
  const root = new Group();
  const machine = new Group();
  root.add(machine, rider.root);
  rider.root.position.z = SEAT;
  const paint = paintedMaterial({
    paint: HULL_PAINT,
    uniforms: { paint: colour },
    physical: { clearcoat: 0.6 },
  });
  part(machine, new Mesh(hull, paint));
  const wheels = [REAR, FRONT].map((z) => {
    const wheel = new Group();
    hoop(wheel, 0.185, 0.055, RUBBER);
    part(wheel, new Mesh(new CylinderGeometry(0.13, 0.13, 0.05, 20), CHROME)).rotation.z = Math.PI / 2;
    wheel.position.set(0, WHEEL, z);
    machine.add(wheel);
    return wheel;
  });
  rod(machine, [-0.3, 1.02, 0.16], [0.3, 1.02, 0.16], 0.016, RUBBER);
  for (const side of [-1, 1]) {
    rod(machine, [side * 0.2, 1.03, 0.17], [side * 0.25, 1.22, 0.15], 0.006, RUBBER);
    const mirror = part(machine, new Mesh(new SphereGeometry(0.055, 12, 8), RUBBER));
    mirror.scale.set(1.1, 0.8, 0.3);
    mirror.position.set(side * 0.26, 1.25, 0.15);
    rod(machine, [side * 0.05, 0.9, 0.35], [side * 0.06, WHEEL, FRONT], 0.022, CHROME);
  }
  const shell = new MeshStandardMaterial({ color: '#d8d8dc', roughness: 0.2 });
  part(rider.head, new Mesh(helmet, shell));
  return {
    root,
    height: 1.3,
    machine,
    rider,
    drive(travelled) {
      for (const wheel of wheels) wheel.rotation.x = travelled / WHEEL;
      rider.rideMotorcycle(FIT);
    },
    dispose() {
      paint.dispose();
      shell.dispose();
      rider.dispose();
    },
  };
}
