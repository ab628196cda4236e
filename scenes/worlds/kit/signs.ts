/** Japanese road signs: a plate on a post. Shapes and colours after the Order on Road Signs (標識令), drawn here. */
import type { Object3D } from 'three';
import { Group, Mesh, MeshStandardMaterial, PlaneGeometry } from 'three';
import type { Draw } from './lettering.ts';
import { SANS, drawn } from './lettering.ts';
import { place, plain, post } from './solids.ts';

type Context = OffscreenCanvasRenderingContext2D;
const SIZE = 256;
const RED = '#c5161d';
const BLUE = '#1a4aa8';

function polygon(c: Context, colour: string, points: readonly (readonly [number, number])[]): void {
  c.fillStyle = colour;
  c.beginPath();
  points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y)));
  c.fill();
}

function disc(c: Context, colour: string, radius: number): void {
  c.fillStyle = colour;
  c.beginPath();
  c.arc(SIZE / 2, SIZE / 2, radius, 0, 2 * Math.PI);
  c.fill();
}

function text(c: Context, words: string, y: number, size: number, colour: string): void {
  c.fillStyle = colour;
  c.font = `800 ${size}px ${SANS}`;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(words, SIZE / 2, y);
}

/** Sign 330-A: an inverted triangle. */
const stop: Draw = (c) => {
  const triangle = (inset: number): [number, number][] => [
    [8 + inset * 1.7, 28 + inset],
    [248 - inset * 1.7, 28 + inset],
    [128, 240 - inset * 2],
  ];
  polygon(c, '#ffffff', triangle(0));
  polygon(c, RED, triangle(7));
  text(c, '止まれ', 84, 46, '#ffffff');
  text(c, 'STOP', 124, 28, '#ffffff');
};

/** Sign 323: the highest speed. */
const speed: Draw = (c) => {
  disc(c, '#ffffff', 124);
  disc(c, RED, 118);
  disc(c, '#ffffff', 88);
  text(c, '40', 134, 112, '#12349a');
};

/** Sign 303: no entry. */
const noEntry: Draw = (c) => {
  disc(c, '#ffffff', 124);
  disc(c, RED, 118);
  c.fillStyle = '#ffffff';
  c.fillRect(46, 106, 164, 44);
};

/** Sign 316: no parking. */
const noParking: Draw = (c) => {
  disc(c, '#ffffff', 124);
  disc(c, RED, 118);
  disc(c, BLUE, 92);
  c.strokeStyle = RED;
  c.lineWidth = 26;
  c.beginPath();
  c.moveTo(64, 64);
  c.lineTo(192, 192);
  c.stroke();
};

/** Sign 407-A: pedestrian crossing. */
const crossing: Draw = (c) => {
  const house = (inset: number): [number, number][] => [
    [128, 4 + inset],
    [252 - inset, 110],
    [226 - inset * 0.9, 250 - inset],
    [30 + inset * 0.9, 250 - inset],
    [4 + inset, 110],
  ];
  polygon(c, '#ffffff', house(0));
  polygon(c, BLUE, house(8));
  polygon(c, '#ffffff', [
    [128, 56],
    [208, 222],
    [48, 222],
  ]);
  c.strokeStyle = c.fillStyle = '#15171a';
  c.lineWidth = 14;
  c.lineCap = 'round';
  c.beginPath();
  c.arc(132, 108, 13, 0, 7);
  c.fill();
  for (const [x0, y0, x1, y1] of [
    [130, 128, 126, 164],
    [126, 164, 104, 204],
    [126, 164, 150, 204],
    [130, 134, 104, 156],
    [130, 134, 156, 152],
  ] as const) {
    c.beginPath();
    c.moveTo(x0, y0);
    c.lineTo(x1, y1);
    c.stroke();
  }
};

export const SIGNS = {
  stop,
  'speed-40': speed,
  'no-entry': noEntry,
  'no-parking': noParking,
  crossing,
} as const;
export type SignMeaning = keyof typeof SIGNS;

/** Edge of a plate, metres: the usual 60 cm. */
export const PLATE = 0.6;

/** A sign on a post at [x, z], its plate looking towards `heading`. @returns the plate */
export function addSign(
  parent: Object3D,
  meaning: SignMeaning,
  [x, z]: readonly [number, number],
  ground: number,
  heading: number,
): Mesh {
  const group = new Group();
  group.position.set(x, ground, z);
  group.rotation.y = heading;
  post(group, [0, 0], [0, 2.95], 0.035, plain('#b0b3b5', 0.4, 0.6));
  const material = new MeshStandardMaterial({
    map: drawn([SIZE, SIZE], SIGNS[meaning]),
    alphaTest: 0.5,
    roughness: 0.4,
    side: 2,
  });
  const plate = place(group, new Mesh(new PlaneGeometry(PLATE, PLATE), material), [0, 2.6, 0.045]);
  parent.add(group);
  return plate;
}
