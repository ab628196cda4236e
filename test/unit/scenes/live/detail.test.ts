import { describe, expect, it } from 'vitest';
import { createPerson, randomPerson } from '../../../../scenes/people/index.ts';
import { LEVELS, type Detail } from '../../../../scenes/people/levels.ts';
import { createRng } from '../../../../scenes/rng.ts';
import { chooseLevels, fits, sum, wantedLevel, type Candidate } from '../../../../scenes/live/detail.ts';
import { costOf, LevelledPerson, meshesOf } from '../../../../scenes/live/levelled.ts';
import { isSoftwareGpu } from '../../../../lib/software-gpu.ts';
import { Governor, TIER_PLANS, allowedHeight } from '../../../../scenes/live/tiers.ts';

const FAR = { triangles: 7_000, draws: 9 };
const MIDDLE = { triangles: 46_000, draws: 14 };
const NEAR = { triangles: 190_000, draws: 14 };
const BUDGET = TIER_PLANS.full.budget;

const person = (id: string, heightPx: number, now: Detail = 'far'): Candidate => ({
  id,
  heightPx,
  now,
  costs: { far: FAR, middle: MIDDLE, near: NEAR },
});
const costOfAll = (candidates: readonly Candidate[], chosen: ReadonlyMap<string, Detail>) =>
  sum(candidates.map(({ id, costs }) => costs[chosen.get(id)!]!));

describe('the level of detail', () => {
  it.each([
    { says: 'small in the picture', px: 40, now: 'far', level: 'far' },
    { says: 'tall enough', px: 100, now: 'far', level: 'middle' },
    { says: 'a face to be looked at', px: 420, now: 'middle', level: 'near' },
    { says: 'a little smaller than when it was raised: it stays', px: 90, now: 'middle', level: 'middle' },
    { says: 'much smaller: it goes', px: 80, now: 'middle', level: 'far' },
  ] as const)('is right for someone $says', ({ px, now, level }) => {
    expect(wantedLevel(px, now)).toBe(level);
  });

  it('goes to the tallest first, as far as the budget does', () => {
    const crowd = Array.from({ length: 16 }, (_, i) => person(`p-${i}`, 300 - i * 10));
    const chosen = chooseLevels(crowd, BUDGET, 'near');
    const raised = crowd.filter(({ id }) => chosen.get(id) === 'middle').map(({ heightPx }) => heightPx);
    expect(raised.length).toBeGreaterThan(2);
    expect(Math.min(...raised)).toBeGreaterThan(300 - raised.length * 10);
    expect(fits(costOfAll(crowd, chosen), BUDGET)).toBe(true);
  });

  it('passes over one who is too dear for a cheaper one', () => {
    const dear = { ...person('dear', 200), costs: { far: FAR, middle: { triangles: 500_000, draws: 9 } } };
    const chosen = chooseLevels([dear, person('cheap', 150)], BUDGET, 'middle');
    expect(chosen).toEqual(
      new Map([
        ['dear', 'far'],
        ['cheap', 'middle'],
      ] as const),
    );
  });

  it('never exceeds a budget that everyone at the coarsest level keeps, whoever is there', () => {
    const rng = createRng(11);
    for (let round = 0; round < 200; round++) {
      const crowd = Array.from({ length: rng.whole(1, 20) }, (_, i) =>
        person(`p-${i}`, rng.range(0, 700), rng.pick(['far', 'middle', 'near'] as const)),
      );
      expect(fits(costOfAll(crowd, chooseLevels(crowd, BUDGET, 'near')), BUDGET)).toBe(true);
    }
  });

  it('is never finer than the tier allows', () => {
    const chosen = chooseLevels([person('a', 700)], BUDGET, 'far');
    expect(chosen.get('a')).toBe('far');
  });
});

describe('the budgets', () => {
  it.each([
    { tier: 'full', people: 18 },
    { tier: 'reduced', people: 12 },
    { tier: 'lean', people: 5 },
  ] as const)('have room for $people people at the coarsest level at least: $tier', ({ tier, people }) => {
    const { triangles, draws } = LEVELS.far.budget;
    const crowd = { triangles: triangles * people, draws: draws * people };
    expect(fits(crowd, TIER_PLANS[tier].budget)).toBe(true);
  });

  it('are counted as a person really costs, and follow its levels', () => {
    const spec = randomPerson(3);
    const far = createPerson(spec, { detail: 'far' });
    const levelled = new LevelledPerson(far);
    expect(levelled.costs.far).toEqual(costOf(meshesOf(far.root)));
    expect(levelled.costs.far.triangles).toBeLessThan(LEVELS.far.budget.triangles);
    expect(levelled.showUpTo('middle')).toBe(false);
    expect(levelled.detail).toBe('far');
    levelled.add(createPerson(spec, { detail: 'middle' }));
    expect(levelled.showUpTo('near')).toBe(false);
    expect(levelled.detail).toBe('middle');
    expect(levelled.showUpTo('far')).toBe(true);
    expect(levelled.root.children).toEqual([far.root]);
  });
});

describe('the governor', () => {
  const feed = (governor: Governor, ms: number, fps: number, pictures = 20) =>
    Array.from({ length: pictures }, () => governor.drew(ms, fps)).filter(Boolean).length;

  it.each([
    {
      renderer: 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)',
      software: true,
    },
    { renderer: 'Mesa/X.org, llvmpipe (LLVM 15.0.7, 256 bits)', software: true },
    { renderer: 'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', software: true },
    { renderer: 'ANGLE (Intel, Intel(R) Iris(R) Xe Graphics Direct3D11)', software: false },
    { renderer: 'Apple GPU', software: false },
  ])('knows what draws: $renderer', ({ renderer, software }) => {
    expect(isSoftwareGpu(renderer)).toBe(software);
    expect(new Governor(software).tier).toBe(software ? 'lean' : 'full');
  });

  it.each([
    { says: 'keeps the promise of 15', ms: 60, fps: 15, tier: 'full' },
    { says: 'is too slow for 30, which nobody promised', ms: 60, fps: 30, tier: 'full' },
    { says: 'misses the promise', ms: 70, fps: 15, tier: 'reduced' },
    { says: 'is slow, but nobody asks for more', ms: 150, fps: 5, tier: 'full' },
  ] as const)('judges a machine that $says', ({ ms, fps, tier }) => {
    const governor = new Governor(false);
    feed(governor, ms, fps);
    expect(governor.tier).toBe(tier);
  });

  it('goes down one tier at a time, looks again, and stops at the last', () => {
    const governor = new Governor(false);
    expect(feed(governor, 500, 15, 20)).toBe(1);
    expect(governor.tier).toBe('reduced');
    expect(feed(governor, 500, 15, 19)).toBe(0);
    expect(feed(governor, 500, 15, 1)).toBe(1);
    expect(feed(governor, 500, 15, 100)).toBe(0);
    expect(governor.tier).toBe('lean');
  });

  it('takes no notice of a single hitch, or of what was drawn before the size was changed', () => {
    const governor = new Governor(false);
    feed(governor, 9000, 15, 1);
    feed(governor, 20, 15, 30);
    expect(governor.tier).toBe('full');
    feed(governor, 500, 15, 9);
    governor.restart();
    feed(governor, 20, 15, 20);
    expect(governor.tier).toBe('full');
  });

  it.each([
    { tier: 'full', asked: 720, drawn: 720 },
    { tier: 'reduced', asked: 720, drawn: 360 },
    { tier: 'lean', asked: 540, drawn: 180 },
    { tier: 'reduced', asked: 180, drawn: 180 },
  ] as const)('draws $drawn lines where $asked are asked for: $tier', ({ tier, asked, drawn }) => {
    expect(allowedHeight(tier, asked)).toBe(drawn);
  });
});
