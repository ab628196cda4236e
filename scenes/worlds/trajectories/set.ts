/** Builds the shop that `layout.ts` measures. */
import type { Object3D } from 'three';
import {
  BoxGeometry,
  Color,
  Group,
  InstancedMesh,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  Object3D as Anchor,
  SphereGeometry,
} from 'three';
import { paintedMaterial } from '../../materials/painted.ts';
import type { Rng } from '../../rng.ts';
import { drawn, lettering } from '../kit/lettering.ts';
import { box, floor, panel, place, plain } from '../kit/solids.ts';
import { COUNTER, ISLAND, ROOM, SHELVES, type Furniture } from './layout.ts';

const frame = plain('#b9b5ad', 0.6);

/** Boxes with a paler label and lines of print. */
const packaging = paintedMaterial({
  paint: /* glsl */ `
    float label = step(abs(p.y + 0.05), 0.22) * step(abs(p.x), 0.38) * step(0.4, abs(p.z));
    vec3 ground = col;
    col = mix(col, ground * 0.35 + 0.45, label);
    float print = step(0.5, noise3(vec3(p.x * 14.0, p.y * 26.0, ground.r * 90.0))) * label;
    col = mix(col, vec3(0.08), print * 0.6 * step(abs(p.y + 0.05), 0.14));
    col *= 0.8 + 0.3 * smoothstep(-0.5, 0.5, p.y);`,
  roughness: 0.5,
  occlusion: false,
});
const unit = new BoxGeometry(1, 1, 1);

/** A rack with goods on both sides; runs along its longer side. */
function addShelf(parent: Object3D, rng: Rng, { x, z, width, depth, height }: Furniture): void {
  const rack = new Group();
  rack.position.set(x, 0, z);
  const turned = depth > width;
  if (turned) rack.rotation.y = Math.PI / 2;
  parent.add(rack);
  const length = Math.max(width, depth);
  const deep = Math.min(width, depth);
  box(rack, [length, height, 0.05], [0, height / 2, 0], frame);
  box(rack, [length, 0.14, deep], [0, 0.07, 0], frame);
  const levels = Math.round(height / 0.42);
  const step = (height - 0.15) / levels;
  const goods = new InstancedMesh(unit, packaging, Math.ceil(length / 0.05) * levels * 2);
  const anchor = new Anchor();
  const colour = new Color();
  let count = 0;
  for (let level = 0; level < levels; level++) {
    const y = 0.16 + level * step;
    box(rack, [length, 0.025, deep - 0.05], [0, y, 0], frame);
    box(rack, [length, 0.035, 0.012], [0, y + 0.005, deep / 2 - 0.02], plain('#e9e6dc', 0.6));
    for (const side of [-1, 1]) {
      let left = 0;
      let [hue, saturation, light, wide, tall] = [0, 0, 0, 0, 0];
      for (let at = -length / 2 + 0.05; at < length / 2 - 0.07; at += wide) {
        if (left-- <= 0) {
          left = rng.whole(2, 6);
          hue = rng();
          saturation = rng.range(0.2, 0.7);
          light = rng.range(0.3, 0.65);
          wide = rng.range(0.06, 0.13);
          tall = rng.range(0.13, Math.min(0.26, step - 0.06));
        }
        anchor.position.set(at + wide / 2, y + 0.012 + tall / 2, side * deep * 0.3);
        anchor.scale.set(wide * 0.93, tall, deep * 0.25);
        anchor.updateMatrix();
        goods.setMatrixAt(count, anchor.matrix);
        goods.setColorAt(count, colour.setHSL(hue, saturation, light * rng.range(0.9, 1.1)));
        count++;
      }
    }
  }
  goods.count = count;
  goods.castShadow = goods.receiveShadow = true;
  rack.add(goods);
}

function addFurniture(parent: Object3D, rng: Rng): void {
  const { x, z, width, depth, height } = COUNTER;
  box(parent, [width, height, depth], [x, height / 2, z], plain('#8b5e3c', 0.6));
  box(parent, [width + 0.1, 0.05, depth + 0.1], [x, height + 0.02, z], plain('#ddd6c8', 0.4));
  box(parent, [0.38, 0.3, 0.3], [x - 0.3, height + 0.2, z], plain('#24262a', 0.4));
  const i = ISLAND;
  box(parent, [i.width, i.height, i.depth], [i.x, i.height / 2, i.z], plain('#7c6245', 0.7));
  for (let k = 0; k < 46; k++) {
    const fruit = new Color().setHSL(rng.pick([0.02, 0.08, 0.12, 0.28]), 0.65, 0.4);
    const mesh = new Mesh(new SphereGeometry(0.06, 12, 8), plain(`#${fruit.getHexString()}`, 0.5));
    place(parent, mesh, [
      i.x + rng.range(-0.5, 0.5),
      i.height + rng.range(0.04, 0.12),
      i.z + rng.range(-0.5, 0.5),
    ]);
  }
}

function addSigns(parent: Object3D): void {
  for (const [text, x, y, z, width, background] of [
    ['食品・飲料', -2.6, 2.55, -4.6, 1.7, '#2f6b3f'],
    ['日用品', 2.6, 2.55, -4.6, 1.7, '#24508a'],
    ['お会計', 4.3, 2.5, 2.7, 1.4, '#8a3a2a'],
    ['本日のおすすめ', -3.6, 1.45, 1.75, 1.1, '#c22a22'],
  ] as const) {
    const map = drawn([512, 128], lettering(text, { background, ink: '#ffffff' }));
    panel(
      parent,
      [width, width / 4],
      [x, y, z],
      0,
      new MeshStandardMaterial({ map, roughness: 0.7, side: 2 }),
    );
  }
}

export function buildShop(parent: Object3D, rng: Rng): void {
  const tiles = paintedMaterial({
    paint: /* glsl */ `
      vec2 q = p.xz / 0.6, edge = abs(fract(q) - 0.5), wide = fwidth(q);
      float joint = max(smoothstep(0.488 - wide.x, 0.496, edge.x), smoothstep(0.488 - wide.y, 0.496, edge.y));
      col = vec3(0.36, 0.34, 0.31) * (0.9 + 0.2 * fbm(p * 4.0)) * (0.95 + 0.1 * hash3(vec3(floor(q), 2.0)));
      col *= 1.0 - 0.35 * joint;
      rough = 0.28 + 0.15 * fbm(p * 9.0);`,
    occlusion: false,
  });
  const { x, back, front, height } = ROOM;
  floor(parent, [-x, back, x, front], 0, tiles);
  const wall = plain('#b3aa9b', 0.9);
  box(parent, [2 * x, height, 0.1], [0, height / 2, back], wall);
  for (const side of [-1, 1])
    box(parent, [0.1, height, front - back], [side * x, height / 2, (front + back) / 2], wall);
  SHELVES.forEach((shelf, i) => addShelf(parent, rng.fork(`shelf-${i}`), shelf));
  addFurniture(parent, rng.fork('furniture'));
  addSigns(parent);
  const lamp = new MeshBasicMaterial({ color: new Color(1.6, 1.6, 1.5) });
  for (let i = -1; i <= 1; i++)
    for (let j = -2; j <= 1; j++)
      box(parent, [1.2, 0.04, 0.16], [i * 3, height - 0.04, j * 3], lamp).castShadow = false;
  box(
    parent,
    [2 * x, 0.1, front - back],
    [0, height + 0.05, (front + back) / 2],
    new MeshBasicMaterial({ color: '#7d7871' }),
  ).castShadow = false;
}
