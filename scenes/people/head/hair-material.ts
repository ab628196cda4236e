import type { MeshStandardMaterial } from 'three';
import { paintedMaterial } from '../../materials/painted.ts';
import type { HairSpec } from '../spec.ts';

/** Strands: fine noise across the flow, stretched along it. Flow is downwards at the sides, front to back on top. */
const STRANDS = /* glsl */ `
float strands(vec3 p) {
  float a = atan(p.x, p.z + 0.012);
  vec3 q = vec3(a * 26.0, p.y * 16.0 + a * 2.0, length(p.xz) * 30.0);
  float side = noise3(q * vec3(2.2, 1.0, 1.0)) * 0.5 + noise3(q * vec3(6.0, 1.6, 1.0) + 9.0) * 0.32
    + noise3(q * vec3(15.0, 2.0, 1.0) + 4.0) * 0.18;
  float over = noise3(vec3(p.x * 420.0 + p.z * 40.0, p.z * 70.0, 3.0)) * 0.6
    + noise3(vec3(p.x * 160.0, p.z * 40.0, 8.0)) * 0.4;
  return mix(side, over, smoothstep(0.07, 0.12, p.y));
}
// A band over the crown from ear to ear, or round the roots of bunches.
float onBand(vec3 p) {
  float crown = step(abs(p.z - 0.012), 0.0075) * step(0.0, p.y);
  float roots = step(abs(p.y - 0.012), 0.007) * step(0.082, abs(p.x));
  return mix(crown, roots, bunches);
}
`;

const HAIR = /* glsl */ `
ao = mix(1.0, max(ao, 0.3), 0.75);
float s = strands(p);
col = colour * (0.5 + 0.85 * s);
// The ring of light on smooth hair, broken by strands.
float ring = exp(-pow((p.y - 0.078 - 0.012 * s) / 0.016, 2.0)) * smoothstep(0.25, 0.8, s) * gloss;
col += (colour * 1.6 + 0.035) * ring * 0.55;
float turned = clamp(grey * 1.7 - 1.0 + s * 1.2 * step(0.02, grey), 0.0, 1.0);
col = mix(col, silver * (0.4 + 0.68 * s), turned);
rough = 0.46 + 0.28 * (1.0 - s);
height = s * 0.0016;
float tied = banded * onBand(p);
col = mix(col, band, tied);
height *= 1.0 - tied;
`;

const FUZZ = /* glsl */ `
float a2 = atan(p.x, p.z + 0.012);
float q1 = noise3(vec3(a2 * 70.0 + p.y * 14.0, p.y * 26.0 + noise3(p * 60.0) * 2.0, length(p.xz) * 60.0));
float q2 = noise3(vec3(a2 * 170.0, p.y * 30.0, length(p.xz) * 90.0));
float q3 = noise3(vec3(p.x * 900.0, p.z * 180.0, 2.0));
float strand = mix(q1 * 0.55 + q2 * 0.45, q3 * 0.6 + q1 * 0.4, smoothstep(0.09, 0.125, p.y));
if (strand < vLayer * 0.62 + 0.16 || tied > 0.0) discard;
col *= 0.8 + 0.45 * vLayer;
`;

const uniformsOf = (hair: HairSpec) => ({
  colour: hair.colour,
  silver: hair.silver,
  grey: hair.grey,
  gloss: hair.style === 'crop' || hair.style === 'bald' ? 0.2 : 1,
  band: hair.band ?? hair.colour,
  banded: hair.band ? 1 : 0,
  bunches: hair.style === 'bunches' ? 1 : 0,
});

export const hairMaterial = (hair: HairSpec): MeshStandardMaterial =>
  paintedMaterial({
    functions: STRANDS,
    paint: HAIR,
    uniforms: uniformsOf(hair),
    environment: 0.7,
    rest: true,
  });

/** For the shells of `shells.ts`: one mesh, its `layer` attribute running from 0 to 1. */
export const fuzzMaterial = (hair: HairSpec, length: number): MeshStandardMaterial =>
  paintedMaterial({
    functions: `varying float vLayer;\n${STRANDS}`,
    paint: HAIR + FUZZ,
    uniforms: uniformsOf(hair),
    environment: 0.7,
    rest: true,
    vertexDeclarations: `attribute float layer; varying float vLayer;\n#define FUZZ ${length.toFixed(5)}`,
    vertex: `vLayer = layer;
      transformed += normal * layer * FUZZ + vec3(0.0, -layer * FUZZ * 0.35, 0.0);`,
  });
