/** Three- to five-storey city buildings, one shop wide, in a row along a street. */
import type { Object3D } from 'three';
import { Group, MeshStandardMaterial, Vector2 } from 'three';
import { paintedMaterial } from '../../materials/painted.ts';
import type { Rng } from '../../rng.ts';
import { lettering, drawn } from './lettering.ts';
import { addShopfront } from './shopfront.ts';
import type { Shop } from './shops.ts';
import { SHOPS } from './shops.ts';
import { box, panel, plain, post } from './solids.ts';

const WALLS = ['#b8ad9c', '#8f8a84', '#c9c3b6', '#a08873', '#7d8288', '#d2cdc4', '#9c7f6a'] as const;

/** Windows with frames, curtains and sills on a grid; tiles or plaster between; rain streaks. */
const FACADE = /* glsl */ `
  vec2 q = vec2(p.x + p.z, p.y);
  vec2 id = floor(q / bay), f = fract(q / bay);
  float pick = hash3(vec3(id, seed));
  col = wall * (0.82 + 0.3 * fbm(p * 3.0));
  if (tiled > 0.5) {
    vec2 t = q * vec2(5.0, 11.0), edge = abs(fract(t) - 0.5), wide = fwidth(t);
    float joint = smoothstep(0.42, 0.48, max(edge.x, edge.y)) * (1.0 - smoothstep(0.2, 0.6, max(wide.x, wide.y)));
    col *= (1.0 - 0.18 * joint) * (0.92 + 0.16 * hash3(vec3(floor(t), 2.0)));
  }
  float upper = step(ground, p.y);
  float hole = step(0.18, f.x) * step(f.x, 0.82) * step(0.28, f.y) * step(f.y, 0.8) * upper;
  float pane = step(0.20, f.x) * step(f.x, 0.80) * step(0.305, f.y) * step(f.y, 0.775) * upper;
  float mullion = step(abs(f.x - 0.5), 0.012) * hole;
  vec3 glass = mix(vec3(0.03, 0.045, 0.06), vec3(0.20, 0.24, 0.28), smoothstep(0.2, 0.9, f.y + 0.3 * noise3(vec3(id * 3.0, f.x * 4.0))));
  float curtain = step(0.45, pick) * step(0.5 - 0.32 * fract(pick * 7.0), abs(f.x - 0.5));
  glass = mix(glass, vec3(0.5, 0.47, 0.42) * (0.75 + 0.25 * sin(f.x * 90.0)), curtain * 0.75);
  col = mix(col, glass, hole);
  rough = mix(0.85, 0.12, hole * (1.0 - curtain * 0.5));
  col = mix(col, vec3(0.25), max(hole - pane, mullion));
  col *= 1.0 - 0.5 * smoothstep(0.14, 0.0, 0.8 - f.y) * hole;
  float sill = step(abs(f.y - 0.265), 0.016) * step(0.14, f.x) * step(f.x, 0.86) * upper;
  col = mix(col, wall * 1.15, sill);
  col *= 1.0 - smoothstep(0.55, 0.75, noise3(vec3(q.x * 3.0, q.y * 0.25, seed))) * 0.22 * (1.0 - hole);
  col *= 1.0 - 0.25 * step(f.y, 0.045) * upper;`;

/** Height of a shop's storey, metres. */
const SHOP_STOREY = 3.2;

export interface BuildingOptions {
  /** Left edge and width along the street, metres. */
  x: number;
  width: number;
  /** Which way the front looks: +1 towards +z. */
  facing: 1 | -1;
  /** z of the front. */
  front: number;
  /** Height of the pavement before it. */
  base: number;
  shop: Shop;
}

/** One building with a shop; everything about it comes from `rng`. */
export function addBuilding(parent: Object3D, rng: Rng, options: BuildingOptions): void {
  const { x, width, facing, front, base, shop } = options;
  const group = new Group();
  group.position.set(x + width / 2, base, front);
  group.rotation.y = facing > 0 ? 0 : Math.PI;
  parent.add(group);
  const storey = rng.range(2.75, 3.1);
  const height = SHOP_STOREY + storey * rng.whole(2, 4) + 0.5;
  const colour = rng.pick(WALLS);
  const facade = paintedMaterial({
    paint: FACADE,
    uniforms: {
      wall: colour,
      bay: new Vector2(rng.range(1.7, 2.6), storey),
      seed: rng.range(0, 50),
      tiled: rng.chance(0.5) ? 1 : 0,
      ground: SHOP_STOREY - height / 2,
    },
    environment: 0.7,
    occlusion: false,
  });
  box(group, [width, height, 8], [0, height / 2, -4], facade);
  addShopfront(group, rng, shop, width);
  if (rng.chance(0.55)) addBalconies(group, colour, width, height, storey);
  else addCoolers(group, rng, width, height, storey);
  if (rng.chance(0.6)) addBladeSign(group, rng, width);
}

function addBalconies(group: Group, colour: string, width: number, height: number, storey: number): void {
  for (let y = SHOP_STOREY + 0.25; y < height - 2; y += storey) {
    box(group, [width * 0.9, 0.1, 0.7], [0, y, 0.35], plain('#999691'));
    box(group, [width * 0.88, 0.9, 0.07], [0, y + 0.48, 0.66], plain(colour));
    post(group, [width * 0.43, 0.66], [y, y + 1.02], 0.03, plain('#8d8f91', 0.4, 0.5));
  }
}

/** Air-conditioner units on brackets. */
function addCoolers(group: Group, rng: Rng, width: number, height: number, storey: number): void {
  for (let y = SHOP_STOREY + 0.45; y < height - 2; y += storey) {
    if (!rng.chance(0.7)) continue;
    const x = rng.range(-0.35, 0.35) * width;
    box(group, [0.78, 0.56, 0.3], [x, y + 0.28, 0.22], plain('#d6d4cc', 0.6));
    box(group, [0.5, 0.46, 0.02], [x - 0.08, y + 0.28, 0.375], plain('#77756f', 0.7));
  }
}

/** The upright signs that stand out from Japanese fronts. */
function addBladeSign(group: Group, rng: Rng, width: number): void {
  const [background, ink] = rng.pick([
    ['#e8e4da', '#222222'],
    ['#b3262b', '#ffffff'],
    ['#22304f', '#ffffff'],
    ['#2d6a4f', '#ffffff'],
  ] as const);
  const text = rng.pick(['歯科', '薬', '本', '珈琲', '美容', '学習塾', '整体', '貸室']);
  const material = new MeshStandardMaterial({
    map: drawn([128, 128 * text.length], lettering(text, { background, ink, vertical: true, letter: 0.8 })),
    roughness: 0.6,
  });
  const tall = 0.75 * text.length;
  const x = width * 0.4;
  const y = SHOP_STOREY + 1.1 + tall / 2;
  box(group, [0.14, tall + 0.1, 0.72], [x, y, 0.42], plain('#8a8d90', 0.5));
  for (const side of [1, -1])
    panel(group, [0.66, tall], [x + side * 0.075, y, 0.42], (side * Math.PI) / 2, material);
}

/** A closed row of buildings from x0 to x1. */
export function addRow(
  parent: Object3D,
  rng: Rng,
  [x0, x1]: readonly [number, number],
  place: Pick<BuildingOptions, 'facing' | 'front' | 'base'>,
): void {
  // In steps of three through the list, so that no shop stands beside its like.
  const first = rng.whole(0, SHOPS.length - 1);
  for (let x = x0, i = 0; x < x1; i++) {
    const own = rng.fork(`building-${i}`);
    const width = own.range(5, 8.2);
    addBuilding(parent, own, {
      ...place,
      x,
      width: width - 0.12,
      shop: SHOPS[(first + i * 3) % SHOPS.length]!,
    });
    x += width;
  }
}
