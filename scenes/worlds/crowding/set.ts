/** Builds the station concourse that `layout.ts` measures. */
import type { Object3D } from 'three';
import { Color, MeshBasicMaterial, MeshStandardMaterial } from 'three';
import { paintedMaterial } from '../../materials/painted.ts';
import type { Rng } from '../../rng.ts';
import { drawn, lettering, SANS } from '../kit/lettering.ts';
import type { LetteringStyle } from '../kit/lettering.ts';
import { box, floor, panel, plain, post } from '../kit/solids.ts';
import { COLUMNS, GATE, PASSAGES, cabinetX, passageX } from './layout.ts';

const CEILING = 4.3;
const BACK = -15.4;

const terrazzo = () =>
  paintedMaterial({
    paint: /* glsl */ `
      vec2 q = p.xz / 0.8, edge = abs(fract(q) - 0.5), wide = fwidth(q);
      float joint = max(smoothstep(0.488 - wide.x, 0.496, edge.x), smoothstep(0.488 - wide.y, 0.496, edge.y));
      joint *= 1.0 - smoothstep(0.2, 0.6, max(wide.x, wide.y));
      float speck = noise3(p * 160.0);
      col = mix(vec3(0.30, 0.285, 0.27), vec3(0.40, 0.385, 0.365), speck) * (0.93 + 0.14 * hash3(vec3(floor(q), 2.0)));
      float band = step(abs(mod(p.x + 3.2, 6.4) - 3.2), 0.4);
      col = mix(col, vec3(0.28, 0.26, 0.25) * (0.8 + 0.4 * speck), band);
      col *= 1.0 - 0.3 * joint;
      float guide = max(step(abs(p.z - 1.6), 0.15), step(abs(p.x + ${(-passageX(0)).toFixed(3)}), 0.15) * step(p.z, 1.6) * step(${(GATE.z + GATE.length / 2 + 0.25).toFixed(2)}, p.z));
      col = mix(col, vec3(0.55, 0.40, 0.06), guide);
      rough = 0.28 + 0.12 * fbm(p * 3.0);
      col *= 0.88 + 0.2 * fbm(p * 0.4);`,
    environment: 0.55,
    occlusion: false,
  });

const tiles = () =>
  paintedMaterial({
    paint: /* glsl */ `
      vec2 q = vec2(p.x + p.z, p.y) / vec2(1.2, 0.6), edge = abs(fract(q) - 0.5);
      float joint = smoothstep(0.485, 0.495, max(edge.x, edge.y));
      col = vec3(0.46, 0.44, 0.41) * (0.9 + 0.2 * fbm(p * 3.0)) * (1.0 - 0.3 * joint);
      rough = 0.4;`,
    occlusion: false,
  });

function addSign(
  parent: Object3D,
  text: string,
  [x, y, z]: readonly [number, number, number],
  [width, height]: readonly [number, number],
  style: LetteringStyle,
): void {
  const map = drawn([Math.round(width * 240), Math.round(height * 240)], lettering(text, style));
  box(parent, [width + 0.06, height + 0.06, 0.16], [x, y, z], plain('#33363a', 0.5));
  const lit = new MeshStandardMaterial({
    map,
    emissiveMap: map,
    emissive: '#ffffff',
    emissiveIntensity: 0.35,
    roughness: 0.5,
  });
  panel(parent, [width, height], [x, y, z + 0.085], 0, lit);
  for (const side of [-1, 1])
    post(parent, [x + side * width * 0.4, z], [y + height / 2, CEILING], 0.02, plain('#55585b', 0.5));
}

function addGates(parent: Object3D): void {
  const steel = plain('#c9cccf', 0.35, 0.4);
  // White with a pale top: from afar a dark one makes a head.
  const white = plain('#dcdedd', 0.4);
  const top = plain('#aab2b6', 0.3);
  for (let i = 0; i <= PASSAGES; i++) {
    const x = cabinetX(i);
    box(parent, [GATE.cabinet, 1, GATE.length], [x, 0.5, GATE.z], white);
    box(parent, [GATE.cabinet + 0.01, 0.04, GATE.length + 0.02], [x, 1.02, GATE.z], top);
    if (i === PASSAGES) break;
    // The reader, and an arrow or a bar for the passage to the right.
    const reader = new MeshBasicMaterial({ color: '#4fb8e8' });
    box(parent, [0.18, 0.02, 0.2], [x, 1.05, GATE.z + (i < PASSAGES / 2 ? 0.7 : -0.7)], reader);
    const lamp = new MeshBasicMaterial({ color: i < PASSAGES / 2 ? '#30d080' : '#e84030' });
    box(parent, [0.16, 0.09, 0.02], [x, 0.9, GATE.z + GATE.length / 2 + 0.012], lamp).castShadow = false;
  }
  for (const [from, to] of [
    [-18, cabinetX(0)],
    [cabinetX(PASSAGES), 18],
  ] as const) {
    const middle = (from + to) / 2;
    box(parent, [to - from, 0.06, 0.06], [middle, 1.05, GATE.z], steel);
    box(parent, [to - from, 0.8, 0.02], [middle, 0.55, GATE.z], plain('#aeb9bd', 0.2, 0.1));
    for (let x = from; x <= to; x += 1.5) post(parent, [x, GATE.z], [0, 1.05], 0.03, steel);
  }
}

function addPosters(parent: Object3D, rng: Rng): void {
  for (let i = 0; i < 7; i++) {
    const map = drawn([256, 360], (c) => {
      const hue = rng.range(0, 360);
      c.fillStyle = `hsl(${hue} 42% ${rng.range(38, 72)}%)`;
      c.fillRect(0, 0, 256, 360);
      c.fillStyle = `hsl(${(hue + 160) % 360} 45% 55%)`;
      c.beginPath();
      c.moveTo(0, 250);
      c.lineTo(rng.range(60, 190), rng.range(70, 160));
      c.lineTo(256, 250);
      c.fill();
      c.fillStyle = '#f4f1ea';
      c.fillRect(0, 250, 256, 110);
      c.fillStyle = '#26282c';
      c.font = `800 44px ${SANS}`;
      c.fillText(rng.pick(['春の旅', '新発売', '夏まつり', '温泉へ', '美術展']), 24, 318);
    });
    panel(
      parent,
      [1.3, 1.83],
      [-13.5 + i * 4.5, 1.9, BACK + 0.17],
      0,
      new MeshStandardMaterial({ map, roughness: 0.35 }),
    );
    box(parent, [1.38, 1.91, 0.04], [-13.5 + i * 4.5, 1.9, BACK + 0.14], plain('#5c5f62', 0.4, 0.4));
  }
}

export function buildStation(parent: Object3D, rng: Rng): void {
  floor(parent, [-30, -25, 30, 25], 0, terrazzo());
  const wall = tiles();
  box(parent, [60, 5, 0.3], [0, 2.5, BACK], wall);
  for (const side of [-1, 1]) box(parent, [0.3, 5, 13], [side * 18, 2.5, 8.5], wall);
  const drum = plain('#8f8b84', 0.35);
  for (const [x, z] of COLUMNS) {
    post(parent, [x, z], [0, CEILING], 0.42, drum);
    post(parent, [x, z], [0, 0.14], 0.46, plain('#55504a', 0.6));
  }
  addGates(parent);
  addPosters(parent, rng);
  addSign(parent, '改札口  Ticket Gate', [0, 3.35, GATE.z], [4.2, 0.55], {
    background: '#1c2430',
    ink: '#ffffff',
  });
  addSign(parent, '1・2 番線', [-6.6, 3.3, -5], [2.4, 0.5], { background: '#0d5c3a', ink: '#ffffff' });
  addSign(parent, '出口 Exit', [6.6, 3.3, -4], [2.4, 0.5], { background: '#e8b400', ink: '#222222' });
  const lamp = new MeshBasicMaterial({ color: new Color(1.5, 1.5, 1.45) });
  for (let i = -4; i <= 4; i++)
    for (let j = -3; j <= 2; j++)
      box(parent, [2, 0.05, 0.22], [i * 3.6, CEILING - 0.06, j * 4], lamp).castShadow = false;
  box(parent, [60, 0.1, 50], [0, CEILING + 0.05, 0], new MeshBasicMaterial({ color: '#6f6b64' })).castShadow =
    false;
}
