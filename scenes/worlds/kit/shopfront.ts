/** The ground floor of a shop: window, door, signboard, awning, and what stands before it. */
import type { Group } from 'three';
import { Mesh, MeshStandardMaterial, PlaneGeometry } from 'three';
import { paintedMaterial } from '../../materials/painted.ts';
import type { Rng } from '../../rng.ts';
import { drawn, lettering } from './lettering.ts';
import type { Shop } from './shops.ts';
import { drawShutter } from './shops.ts';
import { box, panel, place, plain } from './solids.ts';
import { addPlant } from './tree.ts';

const frame = plain('#3b3c3d', 0.5, 0.4);

/**
 * In front of the wall z = 0 of a building `width` metres wide.
 *
 * @param group origin on the pavement at the middle of the front
 */
export function addShopfront(group: Group, rng: Rng, shop: Shop, width: number): void {
  const wide = width * 0.86;
  const closed = rng.chance(0.12);
  const inside = drawn([1024, 384], (c, w, h) =>
    closed ? drawShutter(c, w, h) : shop.inside(c, rng.fork('inside'), w, h),
  );
  const window = new MeshStandardMaterial({
    map: inside,
    // By day a shop is darker than the street before it.
    color: closed ? '#ffffff' : '#8f8f8f',
    roughness: closed ? 0.5 : 0.1,
    envMapIntensity: closed ? 0.5 : 1.1,
    ...(!closed && { emissiveMap: inside, emissive: '#ffffff', emissiveIntensity: 0.05 }),
  });
  panel(group, [wide, 2.2], [0, 1.32, 0.02], 0, window);
  if (!closed) {
    const bays = Math.max(3, Math.round(wide / 1.5));
    for (let i = 0; i <= bays; i++)
      box(group, [0.06, 2.25, 0.08], [-wide / 2 + (i * wide) / bays, 1.33, 0.05], frame);
    box(group, [wide, 0.05, 0.07], [0, 2.1, 0.05], frame);
    // The handle of the door, and a mat before it.
    const door = -wide / 2 + (rng.whole(0, bays - 1) + 0.5) * (wide / bays);
    box(group, [0.03, 0.5, 0.05], [door + 0.42, 1.1, 0.1], plain('#c8c9c7', 0.25, 0.8));
    box(group, [1, 0.02, 0.6], [door, 0.01, 0.4], plain('#3d3f42', 0.95));
  }
  box(group, [wide + 0.05, 0.26, 0.1], [0, 0.13, 0.05], plain('#55504a'));
  addBoard(group, shop, width);
  if (shop.awning && !closed) addAwning(group, shop.awning, width * 0.88);
  if (rng.chance(0.6)) addPlant(group, rng.fork('plant'), [width * 0.36, 0.42], 0);
  if (!closed && rng.chance(0.5)) addStandSign(group, rng, shop, -width * 0.3);
}

function addBoard(group: Group, shop: Shop, width: number): void {
  const [background, ink] = shop.board;
  const map = drawn([1024, 112], lettering(shop.name, { background, ink, letter: 0.7 }));
  box(group, [width * 0.92, 0.66, 0.14], [0, 2.84, 0.1], plain(background, 0.6));
  panel(
    group,
    [width * 0.92 - 0.04, 0.62],
    [0, 2.84, 0.175],
    0,
    new MeshStandardMaterial({ map, roughness: 0.55 }),
  );
}

function addAwning(group: Group, colour: string, width: number): void {
  const cloth = paintedMaterial({
    paint: 'col = mix(stripe, vec3(0.72, 0.70, 0.66), step(0.5, fract(p.x * 2.2)));',
    uniforms: { stripe: colour },
    occlusion: false,
    side: 2,
  });
  const slope = place(group, new Mesh(new PlaneGeometry(width, 1.05), cloth), [0, 2.36, 0.55]);
  slope.rotation.x = -Math.PI / 2 + 0.3;
  place(group, new Mesh(new PlaneGeometry(width, 0.2), cloth), [0, 2.1, 1.05]);
}

/** A small board that stands on the pavement. */
function addStandSign(group: Group, rng: Rng, shop: Shop, x: number): void {
  const text = rng.pick(['営業中', '本日\nおすすめ', '新入荷', 'いらっしゃい\nませ']);
  const map = drawn(
    [192, 256],
    lettering(text, { background: shop.board[0], ink: shop.board[1], letter: 0.45, border: '#d9d4c8' }),
  );
  for (const side of [1, -1]) {
    const board = box(group, [0.46, 0.72, 0.02], [x, 0.4, 0.75 + side * 0.12], plain('#4a3a2c'));
    board.rotation.x = -side * 0.24;
  }
  const face = panel(
    group,
    [0.42, 0.64],
    [x, 0.41, 0.883],
    0,
    new MeshStandardMaterial({ map, roughness: 0.8 }),
  );
  face.rotation.x = -0.24;
}
