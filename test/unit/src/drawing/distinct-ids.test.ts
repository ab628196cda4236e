import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withDistinctIds } from '../../../../src/drawing/distinct-ids.ts';
import { EMPTY, type Drawing } from '../../../../src/drawing/drawing.ts';

const line = (id: string) =>
  ({ id, name: '', a: [0, 0], b: [1, 1], minAngleDeg: 15 }) as Drawing['lines'][number];
const polygon = (id: string) => ({ id, name: '', points: [[0, 0], [1, 0], [1, 1]] }) as Drawing['masks'][number]; // prettier-ignore
const idsOf = ({ lines, zones, masks }: Drawing) => [...lines, ...zones, ...masks].map(({ id }) => id);

it('gives every shape an id of its own; the first of a name keeps it', () => {
  const drawing: Drawing = {
    ...EMPTY,
    lines: [line('l1'), line('l1'), line('l2')],
    zones: [polygon('z3'), polygon('l1')],
    masks: [polygon('m4'), polygon('m4')],
    next: 2,
  };
  const mended = withDistinctIds(drawing);
  expect(new Set(idsOf(mended)).size).toBe(7);
  expect(mended.lines.map(({ id }) => id)).toEqual(['l1', 'l3', 'l2']);
  expect(mended.next).toBeGreaterThan(3);
});

it('changes nothing but ids, and nothing at all where they are distinct', () => {
  const id = fc.constantFrom('l1', 'l2', 'z1', 'z2', 'm1', 'm9', 'x');
  const shapes = fc.array(id, { maxLength: 8 });
  fc.assert(
    fc.property(shapes, shapes, shapes, fc.integer({ min: 1, max: 12 }), (lines, zones, masks, next) => {
      const drawing: Drawing = {
        ...EMPTY,
        lines: lines.map(line),
        zones: zones.map(polygon),
        masks: masks.map(polygon),
        next,
      };
      const mended = withDistinctIds(drawing);
      const ids = idsOf(mended);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((each) => /^[a-z0-9-]{1,16}$/.test(each))).toBe(true);
      const before = idsOf(drawing);
      if (new Set(before).size === before.length) expect(mended).toBe(drawing);
      else
        ids.forEach(
          (each, i) =>
            before.indexOf(before[i]!) === i &&
            !ids.slice(0, i).includes(before[i]!) &&
            expect(each).toBe(before[i]),
        );
    }),
  );
});
