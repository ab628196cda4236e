import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GeometryGuard } from '../../../../../workers/camera/runtime/geometry-guard.ts';

const wide = { width: 480, height: 270 };
const tall = { width: 270, height: 480 };

describe('a drawing belongs to pictures of one shape', () => {
  it('the first picture of a file is what is drawn on', () => {
    const guard = new GeometryGuard();
    guard.reset();
    expect(guard.see(tall)).toBe(false);
    expect(guard.reshaped).toBeUndefined();
  });

  it('a device that gives another shape than it announced is told at once', () => {
    const guard = new GeometryGuard();
    guard.reset(wide);
    expect(guard.see(tall)).toBe(true);
    expect(guard.reshaped).toEqual(tall);
  });

  it('is not valid for another shape, and is again when the shape comes back', () => {
    const guard = new GeometryGuard();
    guard.reset();
    guard.see(wide);
    expect([guard.see(tall), guard.reshaped]).toEqual([true, tall]);
    expect([guard.see(tall), guard.reshaped]).toEqual([false, tall]);
    expect([guard.see(wide), guard.reshaped]).toEqual([true, undefined]);
  });

  it('is valid again when it was made anew, for the shape that is there', () => {
    const guard = new GeometryGuard();
    guard.reset();
    guard.see(wide);
    guard.see(tall);
    // A drawing that was on its way when the shape changed, and one that says nothing.
    guard.drawn(wide);
    guard.drawn(undefined);
    expect(guard.reshaped).toEqual(tall);
    guard.drawn({ width: 540, height: 960 });
    expect(guard.reshaped).toBeUndefined();
    expect([guard.see(wide), guard.reshaped]).toEqual([true, wide]);
  });

  it.each([
    { says: 'half the size', shape: { width: 240, height: 135 } },
    { says: 'sides rounded to whole blocks', shape: { width: 480, height: 272 } },
  ])('stays valid for $says', ({ shape }) => {
    const guard = new GeometryGuard();
    guard.reset(wide);
    expect([guard.see(shape), guard.reshaped]).toEqual([false, undefined]);
  });

  it('whatever comes: pictures are uncovered only in a shape that was drawn on', () => {
    const side = fc.integer({ min: 16, max: 4000 });
    const shape = fc.record({ width: side, height: side });
    const event = fc.oneof(
      fc.record({ see: fc.oneof(shape, fc.constantFrom(wide, tall)) }),
      fc.record({ draw: fc.oneof(shape, fc.constantFrom(wide, tall), fc.constant(undefined)) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const guard = new GeometryGuard();
        guard.reset(wide);
        let drawn = wide;
        let seen: typeof wide | undefined;
        const alike = (a: typeof wide, b: typeof wide) =>
          Math.abs((a.width * b.height) / (a.height * b.width) - 1) < 0.02;
        for (const each of events) {
          if ('see' in each) guard.see((seen = each.see));
          else {
            if (each.draw && seen && alike(each.draw, seen)) drawn = seen;
            guard.drawn(each.draw);
          }
          if (seen) expect(guard.reshaped).toEqual(alike(seen, drawn) ? undefined : seen);
        }
      }),
    );
  });
});
