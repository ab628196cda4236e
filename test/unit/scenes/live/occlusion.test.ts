import { describe, expect, it } from 'vitest';
import { GRID_HEIGHT, GRID_WIDTH, convexHull, sightings } from '../../../../scenes/live/occlusion.ts';
import type { Vec2 } from '../../../../scenes/truth/camera.ts';

const W = 640;
const H = 360;
const box = (id: string, x0: number, y0: number, x1: number, y1: number, depth: number) => ({
  id,
  depth,
  points: [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
    [(x0 + x1) / 2, (y0 + y1) / 2],
  ] as Vec2[],
});
const look = (...silhouettes: ReturnType<typeof box>[]) =>
  new Map(sightings(silhouettes, W, H).map((sighting) => [sighting.id, sighting]));

describe('the hull', () => {
  it('goes round the outermost points and leaves out the others', () => {
    const hull = convexHull(box('a', 0, 0, 2, 2, 1).points);
    expect(hull).toHaveLength(4);
    expect(hull).not.toContainEqual([1, 1]);
  });

  it.each([
    { says: 'nothing', points: [] },
    { says: 'a point', points: [[1, 1]] },
    {
      says: 'a stroke',
      points: [
        [0, 0],
        [1, 1],
      ],
    },
  ] as { says: string; points: Vec2[] }[])('of $says is what there is', ({ points }) => {
    expect(convexHull(points)).toEqual(points);
  });
});

describe('who is seen', () => {
  it('sees all of a person who stands alone, to the cell', () => {
    const { occlusion, seen, box: whole } = look(box('a', 100, 100, 140, 220, 5)).get('a')!;
    expect(occlusion).toBe(0);
    expect(whole).toEqual([100, 100, 140, 220]);
    seen!.forEach((edge, i) => expect(Math.abs(edge - whole[i]!)).toBeLessThanOrEqual(W / GRID_WIDTH));
  });

  it('hides the farther one behind the nearer, whatever the order they come in', () => {
    const near = box('near', 100, 100, 140, 220, 5);
    const far = box('far', 120, 100, 160, 220, 9);
    for (const found of [look(near, far), look(far, near)]) {
      expect(found.get('near')!.occlusion).toBe(0);
      expect(found.get('far')!.occlusion).toBeCloseTo(0.5, 1);
      expect(found.get('far')!.seen![0]).toBeCloseTo(140, -1);
    }
  });

  it('sees nothing of a person right behind a larger one', () => {
    const found = look(box('near', 90, 90, 150, 230, 5), box('far', 100, 100, 140, 220, 9)).get('far')!;
    expect(found).toMatchObject({ seen: null, occlusion: 1 });
  });

  it('counts only what is inside the picture', () => {
    const found = look(box('edge', -20, 100, 20, 220, 5)).get('edge')!;
    expect(found.box[0]).toBe(-20);
    expect(found.seen![0]).toBe(0);
    expect(found.occlusion).toBe(0);
  });

  it('leaves out who is beside the picture or behind the camera', () => {
    expect(look(box('out', -60, 100, -20, 220, 5), { id: 'behind', depth: -3, points: [] }).size).toBe(0);
  });

  it('sees what is smaller than a cell', () => {
    expect(look(box('tiny', 10.1, 10.1, 10.9, 10.8, 90)).get('tiny')).toMatchObject({ occlusion: 0 });
  });

  it('hides what stands behind the set, and nothing that stands before it', () => {
    const wall = new Float32Array(GRID_WIDTH * GRID_HEIGHT).fill(500);
    // The left half of the picture is a wall six metres away.
    for (let i = 0; i < wall.length; i++) if (i % GRID_WIDTH < GRID_WIDTH / 2) wall[i] = 6;
    const [before, behind] = sightings(
      [box('before', 100, 100, 140, 220, 5), box('behind', 300, 100, 340, 220, 9)],
      W,
      H,
      wall,
    );
    expect(before!.occlusion).toBe(0);
    expect(behind!.occlusion).toBeCloseTo(0.5, 1);
    expect(behind!.seen![0]).toBeGreaterThanOrEqual(W / 2 - 1);
  });
});
