import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../scenes/rng.ts';
import { cull, mirror, polygonise } from '../../../../scenes/sdf/mesher.ts';
import { noise } from '../../../../scenes/sdf/noise.ts';
import { limb, roundBox, smoothMin, sphere } from '../../../../scenes/sdf/primitives.ts';

const ball = (x: number, y: number, z: number) => sphere(x, y, z, 0, 0, 0, 0.1);
const region = { min: [-0.13, -0.13, -0.13], max: [0.13, 0.13, 0.13], cell: 0.01 } as const;

describe('createRng', () => {
  it('repeats itself for a seed, and forks independent streams', () => {
    const draw = (label: string) => Array.from({ length: 5 }, createRng(4).fork(label));
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });
  it('is uniform enough', () => {
    const rng = createRng(1);
    const mean = Array.from({ length: 20_000 }, rng).reduce((a, b) => a + b) / 20_000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  });
  it('draws by weight and refuses an empty choice', () => {
    const rng = createRng(2);
    const hits = Array.from({ length: 4000 }, () => rng.weighted([['rare', 1], ['common', 3]])); // prettier-ignore
    expect(hits.filter((hit) => hit === 'common').length / 4000).toBeCloseTo(0.75, 1);
    expect(() => rng.pick([])).toThrow(RangeError);
    expect(() => rng.weighted([['never', 0]])).toThrow(RangeError);
  });
});

describe('distance fields', () => {
  it.each([
    { says: 'outside a sphere', is: sphere(0.3, 0, 0, 0, 0, 0, 0.1), expected: 0.2 },
    { says: 'inside a sphere', is: sphere(0, 0, 0, 0, 0, 0, 0.1), expected: -0.1 },
    { says: 'beside a limb', is: limb(0.2, 0.5, 0, [0, 0, 0], [0, 1, 0], 0.1, 0.2), expected: 0.05 },
    { says: 'beside a box', is: roundBox(0.5, 0, 0, [0, 0, 0], [0.2, 0.2, 0.2], 0.05), expected: 0.3 },
    { says: 'far from a fillet', is: smoothMin(1, 5, 0.1), expected: 1 },
    { says: 'in the middle of a fillet', is: smoothMin(1, 1, 0.4), expected: 0.9 },
  ])('measures $says', ({ is, expected }) => expect(is).toBeCloseTo(expected, 6));

  it('has noise within its bounds that never changes', () => {
    const values = Array.from({ length: 500 }, (_, i) => noise(i * 0.37, i * 0.11, -i * 0.23));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(noise(1.5, 2.25, -3.75)).toBe(noise(1.5, 2.25, -3.75));
  });
});

describe('polygonise', () => {
  const surface = polygonise(ball, region);
  it('meshes a closed sphere with outward normals on its surface', () => {
    const edges = new Set<string>();
    for (let i = 0; i < surface.indices.length; i += 3)
      for (let k = 0; k < 3; k++) {
        const a = surface.indices[i + k]!;
        const b = surface.indices[i + ((k + 1) % 3)]!;
        edges.add(a < b ? `${a} ${b}` : `${b} ${a}`);
      }
    const vertices = surface.positions.length / 3;
    expect(vertices - edges.size + surface.indices.length / 3).toBe(2);
    for (let i = 0; i < surface.positions.length; i += 3) {
      const p = surface.positions.subarray(i, i + 3);
      const n = surface.normals.subarray(i, i + 3);
      expect(Math.abs(Math.hypot(...p) - 0.1)).toBeLessThan(0.0005);
      expect((p[0]! * n[0]! + p[1]! * n[1]! + p[2]! * n[2]!) / 0.1).toBeGreaterThan(0.99);
    }
  });
  it('winds triangles counter-clockwise seen from outside: their volume is that of the ball', () => {
    let volume = 0;
    const at = (v: number) => surface.positions.subarray(v * 3, v * 3 + 3);
    for (let i = 0; i < surface.indices.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => at(surface.indices[i + k]!)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      volume +=
        (a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) -
          a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) +
          a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!)) /
        6;
    }
    expect(volume).toBeCloseTo((4 / 3) * Math.PI * 0.001, 4);
  });
  it('mirrors without turning the surface inside out', () => {
    const both = mirror(surface);
    expect(both.occlusion.length).toBe(2 * surface.occlusion.length);
    expect(both.positions[surface.positions.length]).toBeCloseTo(-surface.positions[0]!, 9);
  });
  it('drops hidden triangles and the vertices left over', () => {
    const half = cull(surface, (_x, y) => y < 0);
    expect(half.indices.length).toBeLessThan(surface.indices.length * 0.6);
    expect(Math.max(...half.indices)).toBe(half.occlusion.length - 1);
  });
  it('gives nothing where there is no surface', () => {
    expect(polygonise(() => 1, region).indices.length).toBe(0);
  });
});
