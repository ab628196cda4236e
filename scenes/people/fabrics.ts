/** Materials of a dressed body. Paint runs over rest positions, so patterns sit still on the cloth. */
import type { MeshStandardMaterial } from 'three';
import { paintedMaterial } from '../materials/painted.ts';
import type { Cut } from './garments/cut.ts';
import type { Proportions } from './proportions.ts';
import type { BottomSpec, Pattern, PersonSpec, TopSpec } from './spec.ts';

const PATTERNS: Readonly<Record<Pattern, number>> = {
  plain: 0,
  stripes: 1,
  checks: 2,
  pinstripes: 3,
  dots: 4,
  band: 5,
};

/** Base colour, pattern, weave and fine creases, shared by all cloth. */
const CLOTH = /* glsl */ `
vec3 patterned(vec3 p, vec3 base) {
  vec2 q = p.xy * repeats;
  if (pattern == 1.0) return mix(base, second, smoothstep(0.24, 0.26, abs(fract(q.y) - 0.5)));
  if (pattern == 2.0) return mix(base, second, (step(0.5, fract(q.x)) + step(0.5, fract(q.y))) * 0.4);
  if (pattern == 3.0) return mix(base, second, step(0.9, fract(q.x + p.z * repeats * 0.5)) * 0.5);
  if (pattern == 4.0) return mix(base, second, smoothstep(0.24, 0.2, length(fract(q) - 0.5)));
  if (pattern == 5.0) return mix(base, second, smoothstep(0.065, 0.06, abs(p.y - 1.22 * scale)));
  return base;
}
float weave(vec3 p) { return noise3(p * vec3(700.0, 700.0, 700.0)); }
float wrinkle(vec3 p) {
  float slant = p.y + 0.3 * p.x;
  return (fbm(vec3(p.x * 14.0, slant * 30.0, p.z * 14.0)) - 0.47) * 0.0022;
}
`;

const PLAIN = /* glsl */ `
float thread = weave(p);
col = patterned(p, colour) * (0.93 + 0.08 * fbm(p * 12.0) + 0.06 * thread);
height = wrinkle(p) * soft + thread * 0.00006;
rough = nap;
`;

/** Lapels, shirt and tie of a jacket worn open; buttons, pockets, seams. */
const TAILORED = /* glsl */ `
float front = smoothstep(-0.01, 0.03, p.z);
float x = abs(p.x);
float half_ = max(0.0, (p.y - opening) * 0.3);
float inside = open * smoothstep(half_ + 0.0015, half_ - 0.0015, x) * front * step(opening, p.y);
vec3 shirt = second * (0.96 + 0.06 * fbm(p * 16.0));
float placket = smoothstep(0.0025, 0.0, abs(x - 0.016 * scale)) * (1.0 - tie);
shirt *= 1.0 - 0.16 * placket;
float knot = smoothstep(1.405 * scale, 1.39 * scale, p.y);
float width = mix(0.02, 0.016 + 0.022 * smoothstep(1.39, 1.12, p.y / scale), knot) * scale;
float stripe = step(0.72, fract((p.x * 0.8 + p.y) * 34.0));
vec3 cravat = accent * (0.82 + 0.32 * stripe) * (0.9 + 0.2 * thread);
shirt = mix(shirt, cravat, tie * smoothstep(width + 0.001, width - 0.001, x));
shirt *= 1.0 - 0.35 * smoothstep(0.018, 0.0, half_ - x);
col = mix(col, shirt, inside);
float lapel = half_ + 0.052 * scale * smoothstep(opening, opening + 0.2 * scale, p.y);
float above = front * step(opening, p.y) * open;
col *= 1.0 - 0.30 * smoothstep(0.005, 0.001, abs(x - lapel)) * above;
float notch = smoothstep(0.003, 0.0, abs(p.y - 1.345 * scale - (x - lapel) * 0.5)) * step(half_ + 0.02 * scale, x) * step(x, lapel);
col *= 1.0 - 0.3 * notch * above;
float closed = front * (1.0 - inside) * mix(1.0, step(p.y, opening), open);
col *= 1.0 - 0.34 * smoothstep(0.003, 0.001, abs(p.x - 0.014 * scale)) * closed;
vec2 b = vec2(p.x - 0.0, (fract((opening - p.y) * 8.0 / scale) - 0.5) * scale / 8.0);
col = mix(col, accentButton, smoothstep(0.0085, 0.007, length(b)) * closed * step(p.y, mix(1.36 * scale, opening - 0.01, open)) * step(0.9 * scale, p.y) * buttons);
float pocket = smoothstep(0.0035, 0.001, abs(p.y - 0.93 * scale)) * step(0.07 * scale, x) * step(x, 0.135 * scale) * front;
col *= 1.0 - 0.3 * pocket;
`;

const SHIRT_FRONT = /* glsl */ `
float front = smoothstep(-0.01, 0.03, p.z);
col *= 1.0 - 0.2 * smoothstep(0.002, 0.0005, abs(abs(p.x) - 0.015 * scale)) * front * step(p.y, 1.42 * scale);
vec2 b = vec2(p.x, (fract(p.y * 11.0 / scale) - 0.5) * scale / 11.0);
col = mix(col, col * 0.55 + 0.12, smoothstep(0.0055, 0.004, length(b)) * front * step(p.y, 1.40 * scale));
float pocket = max(abs(p.x - 0.068 * scale) - 0.042 * scale, abs(p.y - 1.245 * scale) - 0.048 * scale);
col *= 1.0 - 0.16 * smoothstep(0.002, 0.0005, abs(pocket)) * front;
`;

const HOODIE_FRONT = /* glsl */ `
float front = smoothstep(-0.01, 0.03, p.z);
float pouch = max(abs(p.x) - (0.1 + 0.25 * max(0.0, 1.0 * scale - p.y)) * scale, abs(p.y - 0.98 * scale) - 0.075 * scale);
col *= 1.0 - 0.25 * smoothstep(0.004, 0.001, abs(pouch)) * front;
float cord = smoothstep(0.004, 0.002, abs(abs(p.x) - 0.035 * scale)) * front * step(1.24 * scale, p.y) * step(p.y, 1.4 * scale);
col = mix(col, vec3(0.7), cord * 0.8);
float rib = step(p.y, hem + 0.045 * scale);
col *= 1.0 - rib * 0.18 * step(0.5, fract((p.x + p.z) * 160.0));
height += 0.0003 * cord;
`;

const KNIT = /* glsl */ `
float rib = sin((p.x + p.z * 0.6) * 330.0);
col *= 0.95 + 0.05 * rib * (0.6 + 0.4 * sin(p.y * 420.0));
height += 0.00022 * rib;
col *= 1.0 - 0.16 * smoothstep(0.004, 0.0, abs(p.y - hem - 0.05 * scale));
`;

const SEAM = /* glsl */ `
float seam = smoothstep(0.0022, 0.0006, abs(abs(p.x) - shoulder - 0.012 * sin((p.y / scale - 1.3) * 9.0))) * step(1.2 * scale, p.y);
col *= 1.0 - 0.2 * seam;
col *= 1.0 - 0.18 * smoothstep(0.004, 0.001, abs(p.y - hem - 0.022 * scale));
`;

const DENIM = /* glsl */ `
float twill = noise3(vec3((p.x + p.y) * 900.0, (p.y - p.x) * 300.0, p.z * 600.0));
col *= 0.82 + 0.3 * twill;
col = mix(col, col * 1.7 + 0.03, 0.4 * smoothstep(0.35, 0.75, noise3(p * vec3(9.0, 4.0, 9.0))) * smoothstep(0.02, 0.09, p.z));
col *= 1.0 - 0.25 * smoothstep(0.003, 0.001, abs(p.z + 0.005)) * step(0.05, abs(p.x));
`;

const CREASE = /* glsl */ `
col *= 1.0 - 0.1 * smoothstep(0.003, 0.0, abs(p.z + 0.005)) * step(0.05, abs(p.x));
`;

interface ClothOptions {
  colour: string;
  second: string;
  accent: string;
  pattern: Pattern;
  repeats: number;
  extra: string;
  uniforms?: Record<string, number | string>;
  soft: number;
  nap: number;
}

function cloth(d: Proportions, o: ClothOptions): MeshStandardMaterial {
  return paintedMaterial({
    functions: CLOTH,
    paint: PLAIN + o.extra,
    uniforms: {
      colour: o.colour,
      second: o.second,
      accent: o.accent,
      pattern: PATTERNS[o.pattern],
      repeats: o.repeats,
      scale: d.scale,
      soft: o.soft,
      nap: o.nap,
      ...o.uniforms,
    },
    environment: 0.5,
  });
}

const TAILORED_KINDS = new Set<TopSpec['kind']>(['jacket', 'suit', 'coat', 'uniform']);

function topExtra(top: TopSpec): string {
  if (TAILORED_KINDS.has(top.kind)) return TAILORED;
  if (top.kind === 'shirt') return SHIRT_FRONT + SEAM;
  if (top.kind === 'hoodie') return HOODIE_FRONT + SEAM;
  if (top.kind === 'knit') return KNIT + SEAM;
  return SEAM;
}

export function topMaterial(d: Proportions, top: TopSpec, cut: Cut): MeshStandardMaterial {
  return cloth(d, {
    ...top,
    extra: topExtra(top),
    uniforms: {
      hem: cut.hem * d.scale,
      shoulder: d.shoulderHalf * 0.98,
      open: top.open ? 1 : 0,
      opening: cut.opening * d.scale,
      tie: top.kind === 'suit' || top.kind === 'uniform' ? 1 : 0,
      buttons: top.kind === 'coat' || top.kind === 'suit' || top.kind === 'uniform' || top.open ? 1 : 0,
      accentButton: top.kind === 'uniform' ? '#b59a4a' : '#1d1b1a',
    },
    soft: cut.fold,
    nap: cut.roughness,
  });
}

export function bottomMaterial(d: Proportions, bottom: BottomSpec): MeshStandardMaterial {
  const denim = bottom.kind === 'jeans';
  return cloth(d, {
    ...bottom,
    accent: bottom.second,
    extra: denim ? DENIM : bottom.kind === 'trousers' ? CREASE : '',
    soft: 0.9,
    nap: denim ? 0.92 : 0.85,
  });
}

export function skinMaterial(colour: string): MeshStandardMaterial {
  return paintedMaterial({
    paint: /* glsl */ `
      col = colour * (0.95 + 0.1 * fbm(p * 40.0));
      height = noise3(p * 300.0) * 0.00012;`,
    uniforms: { colour },
    roughness: 0.56,
    environment: 0.5,
  });
}

export function legwearMaterial(colour: string): MeshStandardMaterial {
  return paintedMaterial({ paint: 'col = colour;', uniforms: { colour }, roughness: 0.7, environment: 0.4 });
}

export function shoeMaterial(d: Proportions, shoes: PersonSpec['shoes']): MeshStandardMaterial {
  return paintedMaterial({
    paint: /* glsl */ `
      col = mix(colour, sole, step(p.y, 0.021 * scale)) * (0.92 + 0.14 * noise3(p * 90.0));
      float lace = sneaker * step(0.0, fract(p.z * 55.0) - 0.5) * step(0.05 * scale, p.y) * step(abs(abs(p.x) - ankle), 0.014 * scale) * step(0.03 * scale, p.z);
      col = mix(col, sole, lace * 0.8);
      rough = shine;`,
    uniforms: {
      colour: shoes.colour,
      sole: shoes.sole,
      scale: d.scale,
      ankle: d.ankle[0],
      sneaker: shoes.kind === 'sneakers' ? 1 : 0,
      shine: shoes.kind === 'sneakers' ? 0.75 : 0.38,
    },
    environment: 0.5,
  });
}

export function leatherMaterial(colour: string, roughness: number): MeshStandardMaterial {
  return paintedMaterial({
    paint: /* glsl */ `
      col = colour * (0.9 + 0.18 * fbm(p * 30.0));
      col *= 1.0 - 0.4 * smoothstep(0.003, 0.001, abs(p.y - 0.03));
      height = fbm(p * 60.0) * 0.0008;`,
    uniforms: { colour },
    roughness,
    environment: 0.6,
  });
}
