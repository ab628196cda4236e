/** Roads, pavements and floors, painted in world metres. */
import type { MeshStandardMaterial } from 'three';
import { paintedMaterial } from '../../materials/painted.ts';

type Area = readonly [number, number, number, number];

/** A road marking. */
export interface Marking {
  /** [x0, z0, x1, z1] */
  area: Area;
  colour: 'white' | 'blue' | 'ochre';
  /** Repeat along x: `period` metres, of which the first `length` are painted. */
  dashes?: { period: number; length: number };
  /** Chevrons along x (the blue bicycle arrows of Japanese roads), pointing to +1 or -1. */
  chevrons?: { period: number; towards: 1 | -1 };
}

const COLOURS = {
  white: 'vec3(0.62, 0.62, 0.60)',
  blue: 'vec3(0.045, 0.14, 0.36)',
  ochre: 'vec3(0.45, 0.30, 0.07)',
};
const f = (x: number) => x.toFixed(4);

function markingCode({ area, colour, dashes, chevrons }: Marking): string {
  const [x0, z0, x1, z1] = area.map(f) as [string, string, string, string];
  let shape = `rectangle(q, vec4(${x0}, ${z0}, ${x1}, ${z1}), soft)`;
  if (dashes) shape += ` * step(fract(p.x / ${f(dashes.period)}) * ${f(dashes.period)}, ${f(dashes.length)})`;
  if (chevrons) {
    const half = (area[3] - area[1]) / 2;
    const along = `(p.x * ${f(chevrons.towards)} + abs(p.z - ${f((area[1] + area[3]) / 2)}) * 1.9)`;
    shape += ` * step(fract(${along} / ${f(chevrons.period)}) * ${f(chevrons.period)}, ${f(half * 1.5)})`;
  }
  return `layer(col, ${COLOURS[colour]}, ${shape} * worn);`;
}

/** Asphalt with stains, hairline cracks, a drain cover now and then, and markings. */
export function asphalt(markings: readonly Marking[] = []): MeshStandardMaterial {
  return paintedMaterial({
    functions: /* glsl */ `
      float rectangle(vec2 q, vec4 r, float soft) {
        vec2 d = max(r.xy - q, q - r.zw);
        return smoothstep(soft, -soft, max(d.x, d.y));
      }
      void layer(inout vec3 base, vec3 colour, float amount) { base = mix(base, colour, amount); }`,
    paint: /* glsl */ `
      float grain = noise3(p * 90.0) * 0.5 + noise3(p * 220.0) * 0.5;
      col = vec3(0.105, 0.105, 0.108) * (0.75 + 0.5 * grain) * (0.85 + 0.3 * fbm(p * 0.6));
      col *= mix(1.0, 0.82, smoothstep(0.45, 0.6, fbm(p * vec3(0.5, 1.0, 2.2) + 9.0)));
      float crack = smoothstep(0.012, 0.0, abs(noise3(p * 1.3) - 0.5)) * smoothstep(0.5, 0.6, fbm(p * 0.35));
      col *= 1.0 - 0.35 * crack;
      vec2 q = p.xz;
      float soft = max(0.004, 0.5 * length(fwidth(q)));
      float worn = (0.78 + 0.3 * noise3(p * 25.0)) * smoothstep(0.12, 0.42, fbm(p * 3.0) + 0.18);
      ${markings.map(markingCode).join('\n')}
      rough = 0.93; height = grain * 0.0012;`,
    environment: 0.35,
    occlusion: false,
  });
}

export interface PavingOptions {
  /** Edges of a slab along x and z, metres. */
  slab: readonly [number, number];
  /** CSS colours between which slabs vary. */
  colours: readonly [string, string];
  /** Rows of tactile paving: lines along x at these z, and warning dots in these areas. */
  guides?: readonly number[];
  dots?: readonly Area[];
}

/** Concrete slabs in running bond, with the yellow tactile paving of Japanese pavements. */
export function paving({ slab, colours, guides = [], dots = [] }: PavingOptions): MeshStandardMaterial {
  const dotted = dots
    .map(
      ([x0, z0, x1, z1]) =>
        `blister = max(blister, step(${f(x0)}, p.x) * step(p.x, ${f(x1)}) * step(${f(z0)}, p.z) * step(p.z, ${f(z1)}));`,
    )
    .join('\n');
  const barred = guides.map((z) => `bars = max(bars, step(abs(p.z - ${f(z)}), 0.15));`).join('\n');
  return paintedMaterial({
    uniforms: { dark: colours[0], light: colours[1] },
    paint: /* glsl */ `
      vec2 size = vec2(${f(slab[0])}, ${f(slab[1])});
      vec2 q = p.xz / size;
      q.x += mod(floor(q.y), 2.0) * 0.5;
      vec2 edge = abs(fract(q) - 0.5);
      vec2 wide = fwidth(q);
      float joint = max(smoothstep(0.485 - wide.x, 0.494, edge.x), smoothstep(0.485 - wide.y, 0.494, edge.y));
      joint *= 1.0 - smoothstep(0.15, 0.5, max(wide.x, wide.y));
      float tone = hash3(vec3(floor(q), 1.0));
      col = mix(dark, light, tone) * (0.8 + 0.35 * fbm(p * 8.0));
      col *= 1.0 - 0.42 * joint;
      col *= 0.85 + 0.25 * fbm(p * 0.7);
      float gum = smoothstep(0.80, 0.83, noise3(p * 5.3)) * smoothstep(0.5, 0.8, noise3(p * 0.9 + 4.0));
      col *= 1.0 - 0.22 * gum;
      rough = 0.86; height = -joint * 0.003 + noise3(p * 120.0) * 0.0006;
      float bars = 0.0, blister = 0.0;
      ${barred}
      ${dotted}
      vec3 yellow = vec3(0.52, 0.37, 0.05) * (0.8 + 0.3 * fbm(p * 9.0)) * (1.0 - 0.3 * joint);
      float knob = smoothstep(0.36, 0.24, length(fract(p.xz / 0.06) - 0.5));
      float rib = smoothstep(0.2, 0.4, abs(fract(p.z * 13.0) - 0.5));
      bars *= 1.0 - blister;
      col = mix(col, yellow * (0.92 + 0.08 * rib), bars);
      col = mix(col, yellow * (0.88 + 0.16 * knob), blister);
      height += bars * 0.004 * rib + blister * 0.004 * knob;`,
    environment: 0.35,
    occlusion: false,
  });
}
