/** The paint of the bodywork: windows, doors, lamps, plates, and on a bus its stripe and destination sign. */
import type { MeshStandardMaterial } from 'three';
import { Color, Vector2, Vector4 } from 'three';
import { paintedMaterial } from '../materials/painted.ts';
import type { BodyShape, MotorBody } from './bodies.ts';

/** Windows, pillars and door gaps of a car. */
const CAR = /* glsl */ `
  float frontEdge = screen.x - (p.y - belt) * screen.y;
  float rearEdge = screen.z + (p.y - belt) * screen.w;
  float windowBand = smoothstep(belt + 0.035, belt + 0.045, p.y) * smoothstep(tall - 0.085, tall - 0.095, p.y);
  float pillar = smoothstep(0.035, 0.028, min(abs(p.z - pillars.x), abs(p.z - pillars.y)));
  float between = smoothstep(frontEdge - 0.10, frontEdge - 0.12, p.z) * smoothstep(rearEdge + 0.12, rearEdge + 0.14, p.z);
  glass = windowBand * flank * between * (1.0 - pillar);
  float inner = wide * 0.5 - 0.12 - (p.y - belt) * 0.3;
  float windscreen = step(0.25, n.z) * (1.0 - flank) * step(belt - 0.02, p.y) * smoothstep(tall - 0.05, tall - 0.07, p.y)
    * smoothstep(inner + 0.03, inner, ax) * step(screen.x - 0.95, p.z);
  float rearWindow = step(0.2, -n.z) * (1.0 - flank) * step(belt + 0.04, p.y) * smoothstep(tall - 0.07, tall - 0.1, p.y)
    * smoothstep(inner + 0.02, inner - 0.01, ax) * step(p.z, screen.z + 0.8);
  glass = max(glass, max(windscreen, rearWindow));
  col = mix(col, vec3(0.012), windowBand * flank * between * pillar * 0.9);

  float seam = min(min(abs(p.z - pillars.x), abs(p.z - pillars.y)), abs(p.z - (screen.x - 0.02)));
  float gap = smoothstep(0.012, 0.005, seam) * flank * step(0.35, p.y) * step(p.y, belt + 0.03);
  gap = max(gap, smoothstep(0.011, 0.004, abs(p.y - 0.36)) * flank * step(abs(p.z), len * 0.5 - 1.15));
  col *= 1.0 - 0.75 * gap; height -= gap * 0.004;
  float handle = smoothstep(0.02, 0.012, abs(p.y - belt + 0.1)) * flank
    * smoothstep(0.085, 0.075, min(abs(p.z - pillars.x - 0.16), abs(p.z - pillars.y - 0.16)));
  col = mix(col, paint * 1.3 + 0.05, handle); height += handle * 0.01;
  float bonnet = smoothstep(0.010, 0.004, abs(p.z - (screen.x + 0.03))) * step(0.3, n.y) * step(p.y, belt + 0.05);
  float bonnetSide = smoothstep(0.010, 0.004, abs(ax - (wide * 0.5 - 0.16))) * step(screen.x, p.z) * step(0.5, n.y)
    * step(p.z, len * 0.5 - 0.2);
  col *= 1.0 - 0.65 * max(bonnet, bonnetSide);

  // Behind: the gap around the lid, a bright strip over the plate, and a bumper that is black below.
  float behind = step(0.3, -n.z) * step(p.z, -len * 0.5 + 0.5) * (1.0 - flank) * (1.0 - glass);
  float lid = smoothstep(0.012, 0.005, abs(ax - wide * 0.5 + 0.35)) * step(0.54, p.y) * step(p.y, belt);
  lid = max(lid, smoothstep(0.014, 0.006, abs(p.y - 0.54)) * step(ax, wide * 0.5 - 0.1));
  col *= 1.0 - 0.75 * lid * behind;
  float strip = smoothstep(0.018, 0.012, abs(p.y - 0.74)) * step(ax, 0.36) * behind;
  col = mix(col, vec3(0.55), strip); metal = mix(metal, 0.8, strip);
  col = mix(col, vec3(0.02), smoothstep(0.43, 0.42, p.y) * smoothstep(wide * 0.5 - 0.16, wide * 0.5 - 0.2, ax) * behind);
`;

/** A row of large windows, a stripe, two doors on the left, amber destination signs. */
const BUS = /* glsl */ `
  float row = smoothstep(belt - 0.08, belt - 0.06, p.y) * smoothstep(tall - 0.52, tall - 0.54, p.y);
  float pillar = smoothstep(0.035, 0.025, abs(fract((p.z + len * 0.5) / 1.42) - 0.5) * 1.42);
  float vent = step(abs(p.y - tall + 0.78), 0.02) * flank * row;
  glass = row * flank * (1.0 - pillar) * step(abs(p.z), len * 0.5 - 0.3) * (1.0 - vent);
  col = mix(col, vec3(0.06), row * flank * max(pillar, vent) * step(abs(p.z), len * 0.5 - 0.25));
  float front = smoothstep(belt - 0.3, belt - 0.28, p.y) * smoothstep(tall - 0.5, tall - 0.52, p.y) * step(0.4, n.z)
    * smoothstep(wide * 0.5 - 0.1, wide * 0.5 - 0.13, ax);
  float rear = smoothstep(belt + 0.3, belt + 0.32, p.y) * smoothstep(tall - 0.6, tall - 0.62, p.y) * step(0.4, -n.z)
    * smoothstep(wide * 0.5 - 0.3, wide * 0.5 - 0.33, ax);
  glass = max(glass, max(front, rear));
  float stripe = smoothstep(0.02, 0.0, abs(p.y - belt + 0.33) - 0.12);
  col = mix(col, second, max(stripe * (1.0 - glass), step(p.y, 0.62)));
  float sign = step(0.4, n.z) * step(tall - 0.42, p.y) * step(p.y, tall - 0.12) * step(ax, 0.75);
  float letters = step(0.45, noise3(vec3(p.x * 16.0, p.y * 22.0, 3.0))) * step(abs(p.y - tall + 0.27), 0.08);
  col = mix(col, mix(vec3(0.01), vec3(1.0, 0.55, 0.08), letters), sign);
  float door = max(step(abs(p.z - len * 0.5 + 0.95), 0.5), step(abs(p.z + 0.6), 0.6)) * step(0.0, p.x) * flank
    * step(0.5, p.y) * step(p.y, tall - 0.55);
  glass = max(glass, door * step(0.06, abs(abs(fract(p.z / 0.5) - 0.5) - 0.5)));
  col = mix(col, vec3(0.05), door);
`;

const TRUCK = /* glsl */ `
  glass = smoothstep(belt + 0.02, belt + 0.04, p.y) * smoothstep(2.0, 1.98, p.y)
    * (step(0.25, n.z) * smoothstep(wide * 0.5 - 0.1, wide * 0.5 - 0.14, ax) + flank * step(1.35, p.z) * step(p.z, 2.25 - (p.y - belt) * 0.25));
  float rib = step(p.z, 0.85) * smoothstep(0.012, 0.004, abs(fract(p.z * 1.6) - 0.5) / 1.6) * flank * step(0.75, p.y);
  col *= 1.0 - 0.25 * rib; height -= rib * 0.006;
`;

/** Lamps, grille, plates, dirt and the interior behind the glass; the same for all. */
const COMMON = /* glsl */ `
  float nose = step(0.1, n.z) * step(len * 0.5 - 0.5, p.z);
  vec2 lamp = vec2((ax - wide * 0.5 + 0.24) / 0.17, (p.y - lamps.x) / lamps.y);
  float lit = smoothstep(1.05, 0.95, max(abs(lamp.x + lamp.y * 0.3), abs(lamp.y))) * nose;
  col = mix(col, mix(vec3(0.25, 0.27, 0.29), vec3(0.9, 0.92, 0.95),
    smoothstep(0.55, 0.25, length(lamp * vec2(1.1, 0.9) - vec2(0.15, 0.0)))), lit);
  rough = mix(rough, 0.05, lit); metal = mix(metal, 0.6, lit);
  float grille = smoothstep(wide * 0.5 - 0.5, wide * 0.5 - 0.52, ax) * smoothstep(lamps.z, lamps.z - 0.01, abs(p.y - lamps.x + 0.08))
    * step(0.3, n.z) * step(len * 0.5 - 0.45, p.z);
  col = mix(col, vec3(0.02) + 0.09 * step(0.6, fract(p.y * 22.0)), grille * (1.0 - glass));
  float intake = smoothstep(wide * 0.5 - 0.35, wide * 0.5 - 0.37, ax) * smoothstep(0.075, 0.065, abs(p.y - 0.42)) * step(0.3, n.z);
  col = mix(col, vec3(0.015), intake);
  vec2 tail = vec2((ax - wide * 0.5 + 0.17) / 0.16, (p.y - lamps.w) / 0.105);
  float red = smoothstep(1.05, 0.95, max(abs(tail.x), abs(tail.y))) * step(p.z, -len * 0.5 + 0.4) * step(0.05, -n.z + flank);
  vec3 redGlass = mix(vec3(0.5, 0.01, 0.01), vec3(1.6, 0.05, 0.03), brakes.x);
  col = mix(col, mix(redGlass, vec3(0.8, 0.35, 0.1), step(0.6, tail.y)), red);
  rough = mix(rough, 0.1, red);
  float plate = smoothstep(0.166, 0.164, ax) * smoothstep(0.083, 0.081, abs(p.y - plateY)) * step(0.3, abs(n.z)) * step(len * 0.5 - 0.4, abs(p.z));
  // A small line of writing above four large digits.
  float digits = step(0.5, noise3(vec3(p.x * 75.0, p.y * 50.0, 7.0))) * step(0.006, abs(fract(p.x / 0.07) - 0.5) * 0.07)
    * max(step(ax, 0.13) * step(abs(p.y - plateY + 0.02), 0.035), step(ax, 0.07) * step(abs(p.y - plateY - 0.047), 0.014));
  col = mix(col, mix(plateColour, vec3(0.02, 0.22, 0.08), digits), plate); rough = mix(rough, 0.5, plate);

  col = mix(col, vec3(0.025), smoothstep(0.33, 0.28, p.y));
  col = mix(col, col * 0.72 + vec3(0.05, 0.045, 0.035), smoothstep(0.7, 0.25, p.y) * 0.35 * noise3(p * 6.0));
  vec3 through = mix(vec3(0.012, 0.016, 0.018), vec3(0.05, 0.06, 0.065), smoothstep(belt, tall, p.y) * 0.8);
  float seats = smoothstep(0.45, 0.6, noise3(vec3(p.z * 2.2, p.y * 1.4, 1.0))) * step(p.y, belt + 0.35);
  through = mix(through, vec3(0.006), seats * seatShade);
  col = mix(col, through, glass); rough = mix(rough, 0.03, glass); height *= 1.0 - glass;
`;

const wrap = (windows: string) => /* glsl */ `
  float ax = abs(p.x), flank = smoothstep(0.55, 0.8, abs(n.x)), glass = 0.0;
  float belt = size.x, tall = size.y, len = size.z, wide = size.w;
  col = paint; rough = 0.28;
  ${windows}
  ${COMMON}`;

export interface Livery {
  /** CSS colours. */
  paint: string;
  /** Of a bus's stripe and skirt. */
  second: string;
}

/** @returns the material of one vehicle; `brake(on)` lights its brake lamps */
export function liveryMaterial(
  body: MotorBody,
  shape: BodyShape,
  { paint, second }: Livery,
): { material: MeshStandardMaterial; brake: (on: boolean) => void } {
  const tall = shape.cabin === undefined;
  const cabin = shape.cabin ?? [
    [0, 0],
    [0, 0],
    [0, 2],
    [0, 0],
  ];
  const foot = cabin.at(-1)![0];
  const rise = shape.height - shape.belt;
  const slopeFront = shape.cabin ? (foot - cabin.at(-2)![0]) / rise : 0;
  const slopeRear = shape.cabin ? (cabin[2]![0] - cabin[0]![0]) / rise : 0;
  // A vector, because its value must be changed after the material was built.
  const brakes = new Vector2(0, 0);
  const material = paintedMaterial({
    paint: wrap(body === 'bus' ? BUS : body === 'truck' ? TRUCK : CAR),
    uniforms: {
      paint,
      second,
      size: new Vector4(shape.belt, shape.height, shape.length, shape.width),
      screen: new Vector4(foot - 0.1, slopeFront * 0.75, cabin[0]![0] + 0.02, slopeRear),
      pillars: new Vector2(...(shape.pillars ?? [0, 0])),
      lamps: new Vector4(
        tall ? 0.72 : shape.belt - 0.27,
        tall ? 0.1 : 0.09,
        0.1,
        tall ? 0.9 : shape.belt - 0.14,
      ),
      plateY: tall ? 0.6 : 0.62,
      // Japanese plates: yellow for the light class.
      plateColour: new Color().setRGB(0.85, body === 'kei' ? 0.7 : 0.86, body === 'kei' ? 0.05 : 0.84),
      seatShade: tall ? 0.4 : 1,
      brakes,
    },
    physical: { clearcoat: 0.8 },
    roughness: 0.3,
    environment: 1,
  });
  return { material, brake: (on) => brakes.setX(on ? 1 : 0) };
}
