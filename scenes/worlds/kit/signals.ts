/** Signal heads as in Japan: three lamps in a row for vehicles, a standing and a walking figure for pedestrians. */
import type { Object3D, Texture } from 'three';
import {
  CircleGeometry,
  Color,
  CylinderGeometry,
  DoubleSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  PlaneGeometry,
} from 'three';
import type { Aspect } from '../../simulation/signals.ts';
import { rod } from '../../vehicles/rods.ts';
import { drawn } from './lettering.ts';
import { box, place, plain, post } from './solids.ts';

const housing = plain('#2f3133', 0.6);
const steel = plain('#8f9396', 0.5, 0.4);
const hood = new MeshStandardMaterial({ color: '#1b1c1e', side: DoubleSide, roughness: 0.7 });

export interface SignalHead {
  /** The lamps' housing, without pole: what truth calls the signal. */
  readonly head: Group;
  show(aspect: Aspect): void;
}

const LAMPS: readonly (readonly [Aspect, string])[] = [
  ['green', '#00f0a0'],
  ['amber', '#ffc020'],
  ['red', '#ff2a22'],
];

/** Lamps in a row, green on the left as drivers see it; facing +z. */
function vehicleHead(): SignalHead {
  const head = new Group();
  box(head, [1.25, 0.45, 0.18], [0, 0, 0], housing);
  const lamps = LAMPS.map(([aspect, colour], i) => {
    const x = (i - 1) * 0.4;
    const lamp = new MeshBasicMaterial({ color: colour, toneMapped: true });
    const disc = new Mesh(new CircleGeometry(0.15, 24), lamp);
    disc.position.set(x, 0, 0.1);
    head.add(disc);
    const visor = place(
      head,
      new Mesh(new CylinderGeometry(0.17, 0.17, 0.2, 20, 1, true, Math.PI * 0.5, Math.PI), hood),
      [x, 0, 0.18],
    );
    visor.rotation.x = Math.PI / 2;
    return {
      aspect,
      lamp,
      on: new Color(colour).multiplyScalar(1.6),
      off: new Color(colour).multiplyScalar(0.06),
    };
  });
  return {
    head,
    show(shown) {
      for (const { aspect, lamp, on, off } of lamps) lamp.color.copy(aspect === shown ? on : off);
    },
  };
}

/** A pole at [x, z] with an arm that carries the head over the road; `heading` is where the lamps look. */
export function addVehicleSignal(
  parent: Object3D,
  [x, z]: readonly [number, number],
  heading: number,
  reach: number,
): SignalHead {
  const group = new Group();
  group.position.set(x, 0, z);
  group.rotation.y = heading;
  post(group, [0, 0], [0, 6.4], 0.08, steel, 0.1);
  rod(group, [0, 5.6, 0], [reach, 5.75, 0], 0.05, steel);
  const signal = vehicleHead();
  signal.head.position.set(reach - 0.3, 5.45, 0.12);
  group.add(signal.head);
  parent.add(group);
  return signal;
}

/** A figure that stands, or walks, in lamps. */
const figure = (walking: boolean): Texture =>
  drawn([128, 128], (c) => {
    c.fillStyle = '#0a0b0c';
    c.fillRect(0, 0, 128, 128);
    c.strokeStyle = c.fillStyle = '#ffffff';
    c.lineCap = 'round';
    c.lineWidth = 15;
    c.beginPath();
    c.arc(64, 26, 12, 0, 7);
    c.fill();
    c.beginPath();
    c.moveTo(64, 48);
    c.lineTo(64, 76);
    c.stroke();
    const limbs = walking
      ? [
          [64, 50, 42, 66],
          [64, 50, 88, 64],
          [64, 76, 44, 112],
          [64, 76, 88, 108],
        ]
      : [
          [56, 48, 50, 78],
          [72, 48, 78, 78],
          [60, 78, 57, 114],
          [69, 78, 72, 114],
        ];
    for (const [x0, y0, x1, y1] of limbs as [number, number, number, number][]) {
      c.lineWidth = 11;
      c.beginPath();
      c.moveTo(x0, y0);
      c.lineTo(x1, y1);
      c.stroke();
    }
  });

/** On a pole at [x, z], lamps looking towards `heading`. Amber shows nothing but red, as in Japan. */
export function addPedestrianSignal(
  parent: Object3D,
  [x, z]: readonly [number, number],
  heading: number,
): SignalHead {
  const group = new Group();
  group.position.set(x, 0, z);
  group.rotation.y = heading;
  post(group, [0, 0], [0, 3.3], 0.055, steel);
  const head = new Group();
  head.position.set(0, 2.75, 0.14);
  group.add(head);
  box(head, [0.38, 0.78, 0.16], [0, 0, 0], housing);
  const lamps = (
    [
      ['red', '#ff2a22', 0.19, false],
      ['green', '#00f0a0', -0.19, true],
    ] as const
  ).map(([aspect, colour, y, walking]) => {
    const lamp = new MeshBasicMaterial({ map: figure(walking) });
    const face = new Mesh(new PlaneGeometry(0.31, 0.31), lamp);
    face.position.set(0, y, 0.082);
    head.add(face);
    return {
      aspect,
      lamp,
      on: new Color(colour).multiplyScalar(1.5),
      off: new Color(colour).multiplyScalar(0.05),
    };
  });
  parent.add(group);
  return {
    head,
    show(shown) {
      const wanted = shown === 'green' ? 'green' : 'red';
      for (const { aspect, lamp, on, off } of lamps) lamp.color.copy(aspect === wanted ? on : off);
    },
  };
}
