import { Box3, Mesh, Vector3 } from 'three';
import { afterEach, describe, expect, it } from 'vitest';
import type { Constraints, Detail, Person } from '../../../../scenes/people/index.ts';
import { createPerson, LEVELS, randomPerson } from '../../../../scenes/people/index.ts';
import { proportionsOf } from '../../../../scenes/people/proportions.ts';
import { heightShare } from '../../../../scenes/people/random.ts';
import { triangles } from '../../../../scenes/sdf/geometry.ts';

describe('randomPerson', () => {
  it('gives the same person for the same seed and another for another', () => {
    expect(randomPerson(7)).toEqual(randomPerson(7));
    expect(randomPerson(7)).not.toEqual(randomPerson(8));
  });

  it('keeps the face when only the clothes are overridden', () => {
    const plain = randomPerson(3, { age: 30 });
    const dressed = randomPerson(3, { age: 30, override: { legwear: '#222222' } });
    expect(dressed.face).toEqual(plain.face);
    expect(dressed.hair).toEqual(plain.hair);
  });

  it.each<{
    says: string;
    constraints: Constraints;
    holds: (spec: ReturnType<typeof randomPerson>) => boolean;
  }>([
    { says: 'an exact age', constraints: { age: 9 }, holds: (p) => p.age === 9 },
    { says: 'a range of ages', constraints: { age: [60, 80] }, holds: (p) => p.age >= 60 && p.age <= 80 },
    { says: 'a sex', constraints: { sex: 'female' }, holds: (p) => p.sex === 'female' },
    { says: 'no bag', constraints: { bag: false }, holds: (p) => p.bag === null },
    {
      says: 'trousers',
      constraints: { trousers: true },
      holds: (p) => p.bottom.kind !== 'skirt' && p.top.kind !== 'dress' && p.top.kind !== 'coat',
    },
  ])('honours $says for many seeds', ({ constraints, holds }) => {
    for (let seed = 0; seed < 60; seed++) expect(holds(randomPerson(seed, constraints))).toBe(true);
  });

  it.each([
    { says: 'six-year-olds', age: 6, low: 1.0, high: 1.3 },
    { says: 'twelve-year-olds', age: 12, low: 1.3, high: 1.65 },
    { says: 'adults', age: 35, low: 1.42, high: 1.88 },
    { says: 'the old', age: 80, low: 1.38, high: 1.85 },
  ])('draws believable heights for $says', ({ age, low, high }) => {
    for (let seed = 0; seed < 100; seed++) {
      const { height } = randomPerson(seed, { age });
      expect(height).toBeGreaterThan(low);
      expect(height).toBeLessThan(high);
    }
  });

  it('grows children and shrinks the old a little', () => {
    const shares = [5, 8, 11, 14, 18].map((age) => heightShare(age, 'male'));
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(heightShare(80, 'female')).toBeLessThan(1);
    expect(heightShare(80, 'female')).toBeGreaterThan(0.95);
  });

  it('gives children larger heads for their height than adults', () => {
    const heads = (age: number, height: number) => {
      const d = proportionsOf({ age, sex: 'male', height, build: 0.3 });
      return height / (0.235 * d.headScale);
    };
    expect(heads(6, 1.15)).toBeLessThan(5.8);
    expect(heads(30, 1.72)).toBeGreaterThan(7);
  });
});

describe('createPerson', () => {
  const made: Person[] = [];
  const make = (seed: number, detail: Detail, constraints: Constraints = {}) => {
    const person = createPerson(randomPerson(seed, constraints), { detail });
    made.push(person);
    return person;
  };
  afterEach(() => {
    for (const person of made.splice(0)) person.dispose();
  });
  const meshes = (person: Person) => {
    const list: Mesh[] = [];
    person.root.traverse((o) => {
      if (o instanceof Mesh) list.push(o);
    });
    return list;
  };

  const longHair = {
    style: 'long',
    colour: '#111111',
    grey: 0,
    silver: '#aaaaaa',
    band: null,
    hairline: 0,
    fringe: true,
    volume: 1,
    parting: 0,
    length: 1,
  } as const;

  it.each<{ says: string; detail: Detail; seeds: number }>([
    { says: 'close-up', detail: 'near', seeds: 1 },
    { says: 'whole person', detail: 'middle', seeds: 3 },
    { says: 'distant person', detail: 'far', seeds: 8 },
  ])('keeps the budget of a $says, long hair included', ({ detail, seeds }) => {
    const { budget } = LEVELS[detail];
    for (let seed = 0; seed < seeds; seed++) {
      const list = meshes(make(seed, detail, { override: { hair: longHair } }));
      const count = list.reduce((sum, mesh) => sum + triangles(mesh.geometry), 0);
      expect(count).toBeGreaterThan(1000);
      expect(count).toBeLessThanOrEqual(budget.triangles);
      expect(list.length).toBeLessThanOrEqual(budget.draws);
    }
  });

  it('has finite vertices and skin weights that sum to one, whatever is worn', () => {
    for (let seed = 0; seed < 12; seed++) {
      for (const mesh of meshes(make(seed, 'far'))) {
        for (const name of ['position', 'normal']) {
          const array = mesh.geometry.getAttribute(name).array;
          expect(array.every(Number.isFinite), `${mesh.name} ${name} of seed ${seed}`).toBe(true);
        }
        const weights = mesh.geometry.getAttribute('skinWeight');
        if (!weights) continue;
        for (let v = 0; v < weights.count; v += 17) {
          const sum = weights.getX(v) + weights.getY(v) + weights.getZ(v) + weights.getW(v);
          expect(sum).toBeCloseTo(1, 4);
        }
      }
    }
  });

  it.each([
    { says: 'a small child', age: 5 },
    { says: 'a grown woman', age: 33 },
    { says: 'a man of seventy', age: 70 },
  ])('stands $says on the ground and as tall as the spec says', ({ age }) => {
    const person = make(21, 'far', { age, sex: age === 33 ? 'female' : 'male' });
    person.stand({ time: 0 });
    const box = new Box3().setFromArray(Array.from(person.sampleVertices(1)));
    expect(box.min.y).toBeGreaterThan(-0.02);
    expect(box.min.y).toBeLessThan(0.03);
    // Hair adds, a stoop takes.
    expect(box.max.y).toBeGreaterThan(person.height * 0.93);
    expect(box.max.y).toBeLessThan(person.height + 0.06);
  });

  it('gives the same geometry to two people of one spec and frees it with the last', () => {
    const first = make(5, 'far');
    const second = make(5, 'far');
    const geometry = (p: Person) => meshes(p).find((mesh) => mesh.name === 'top')!.geometry;
    expect(geometry(first)).toBe(geometry(second));
    let freed = 0;
    geometry(first).addEventListener('dispose', () => freed++);
    first.dispose();
    expect(freed).toBe(0);
    second.dispose();
    expect(freed).toBe(1);
  });

  it('turns the head where it is told to look', () => {
    const person = make(9, 'far', { age: 30 });
    const facing = () => {
      person.root.updateMatrixWorld(true);
      return new Vector3(0, 0, 1).transformDirection(person.head.matrixWorld);
    };
    person.stand({ time: 0, look: { yaw: 0.6, pitch: 0 } });
    expect(facing().x).toBeGreaterThan(0.4);
    person.stand({ time: 0, look: { yaw: 0, pitch: 0.4 } });
    expect(facing().y).toBeLessThan(-0.2);
  });

  it('holds the face inside its corners', () => {
    const person = make(13, 'far', { age: 28 });
    const xs = person.faceCorners.map(([x]) => x);
    const ys = person.faceCorners.map(([, y]) => y);
    expect(person.faceCorners).toHaveLength(8);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.12);
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(0.14);
  });
});
