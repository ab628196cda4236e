/** Street furniture of Japan: utility poles with wires, kerbs, a vending machine. */
import type { Object3D } from 'three';
import { CatmullRomCurve3, Mesh, MeshStandardMaterial, TubeGeometry, Vector3 } from 'three';
import { drawn } from './lettering.ts';
import { box, panel, place, plain, post } from './solids.ts';

const concrete = plain('#8b867e', 0.92);
const wire = plain('#15161a', 0.7);

/** Concrete poles at the given places, joined by sagging wires in their order. */
export function addUtilityPoles(parent: Object3D, places: readonly (readonly [number, number])[]): void {
  for (const [x, z] of places) {
    post(parent, [x, z], [0, 10], 0.12, concrete, 0.17);
    box(parent, [0.12, 0.1, 1.8], [x, 8.6, z], plain('#6d6f70', 0.6, 0.3));
    post(parent, [x, z + 0.45], [6.7, 7.6], 0.24, plain('#8f9396', 0.6));
    // Warning stripes at the foot.
    for (let i = 0; i < 4; i++)
      post(
        parent,
        [x, z],
        [0.5 + i * 0.22, 0.61 + i * 0.22],
        0.176,
        plain(i % 2 ? '#222222' : '#d8b21c', 0.7),
      );
  }
  for (let i = 1; i < places.length; i++) {
    const [x0, z0] = places[i - 1]!;
    const [x1, z1] = places[i]!;
    for (const side of [-0.8, -0.3, 0.3, 0.8]) {
      const points = [0, 0.25, 0.5, 0.75, 1].map(
        (t) => new Vector3(x0 + (x1 - x0) * t, 8.66 - Math.sin(t * Math.PI) * 0.5, z0 + (z1 - z0) * t + side),
      );
      place(parent, new Mesh(new TubeGeometry(new CatmullRomCurve3(points), 16, 0.014, 5), wire), [0, 0, 0]);
    }
  }
}

/** A kerb of one-metre stones along x; `side` is where the road is. */
export function addKerb(
  parent: Object3D,
  [x0, x1]: readonly [number, number],
  z: number,
  height: number,
): void {
  box(parent, [x1 - x0, height, 0.16], [(x0 + x1) / 2, height / 2, z], plain('#9a9790', 0.9));
}

/** A drinks machine facing `heading`. */
export function addVendingMachine(
  parent: Object3D,
  [x, z]: readonly [number, number],
  y: number,
  heading: number,
  colour: string,
): void {
  const body = box(parent, [1, 1.83, 0.72], [x, y + 0.915, z], plain(colour, 0.4));
  body.rotation.y = heading;
  const map = drawn([256, 448], (c, w, h) => {
    c.fillStyle = colour;
    c.fillRect(0, 0, w, h);
    c.fillStyle = '#f2f4f2';
    c.fillRect(14, 20, w - 28, 230);
    for (let row = 0; row < 3; row++)
      for (let i = 0; i < 9; i++) {
        c.fillStyle = `hsl(${(i * 47 + row * 90) % 360} 55% ${38 + ((i * 7 + row * 13) % 30)}%)`;
        c.fillRect(24 + i * 23.5, 34 + row * 72, 16, 46);
        c.fillStyle = '#2b5fa8';
        c.fillRect(24 + i * 23.5, 84 + row * 72, 16, 7);
      }
    c.fillStyle = '#30343a';
    c.fillRect(150, 275, 86, 60);
    c.fillStyle = '#15171a';
    c.fillRect(30, 370, w - 60, 46);
  });
  const offset = 0.365;
  panel(
    parent,
    [0.98, 1.8],
    [x + Math.sin(heading) * offset, y + 0.92, z + Math.cos(heading) * offset],
    heading,
    new MeshStandardMaterial({
      map,
      emissiveMap: map,
      emissive: '#ffffff',
      emissiveIntensity: 0.15,
      roughness: 0.35,
    }),
  );
}
