/** `npm run scenes -- sheet faces|people|gait|ages|hair`: contact sheets to look at, written to scenes/.out. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Sheet, SheetOptions, Subject } from './sheet-page.ts';
import { withPage } from './browser.ts';

const picture = { width: 1280, height: 720 } as const;
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));

const AGES = [6, 10, 14, 18, 25, 35, 45, 55, 65, 72, 80] as const;

const SHEETS: Readonly<Record<string, (seed: number, count: number) => SheetOptions>> = {
  faces: (seed, count) => ({
    ...picture,
    kind: 'faces',
    detail: 'near',
    columns: Math.min(6, count),
    subjects: many(count, (i) => ({ seed: seed + i, yaw: ((i % 3) - 1) * 0.3 })),
  }),
  /** Women above, men below, from children to old age. */
  ages: (seed) => ({
    ...picture,
    kind: 'faces',
    detail: 'near',
    columns: 6,
    subjects: (['female', 'male'] as const).flatMap((sex, row) =>
      many(6, (i): Subject => ({ seed: seed + i + row * 50, sex, age: AGES[i * 2]!, yaw: 0.15 })),
    ),
  }),
  people: (seed, count) => ({
    ...picture,
    kind: 'people',
    detail: 'middle',
    columns: Math.min(6, count),
    subjects: many(count, (i) => ({
      seed: seed + i,
      yaw: [0.5, -0.5, 0, 2.6][i % 4]!,
      pose: i % 3 ? 'walk' : 'stand',
      phase: i * 0.17,
    })),
  }),
  /** The same at the level of close-ups. */
  clothes: (seed, count) => ({
    ...picture,
    kind: 'people',
    detail: 'near',
    columns: count,
    subjects: many(count, (i) => ({
      seed: seed + i,
      yaw: [0.4, -0.5, 0.1, 2.7][i % 4]!,
      pose: i % 2 ? 'walk' : 'stand',
      phase: i * 0.23,
    })),
  }),
  /** One walker, seen from the side, through a cycle. */
  gait: (seed, count) => ({
    width: 1280,
    height: 340,
    kind: 'people',
    detail: 'middle',
    columns: count,
    eye: 1.1,
    subjects: many(count, (i) => ({ seed, yaw: Math.PI / 2, pose: 'walk', phase: i / count, bag: false })),
  }),
  poses: (seed) => ({
    ...picture,
    kind: 'people',
    detail: 'middle',
    columns: 6,
    subjects: (['bicycle', 'bicycle', 'motorcycle', 'sit', 'reach', 'walk'] as const).map((pose, i) => ({
      seed: seed + i,
      yaw: i % 2 ? 1.2 : -1.2,
      pose,
      phase: i * 0.3,
      trousers: i < 3,
      age: 30 + i * 5,
    })),
  }),
  levels: (seed) => ({
    ...picture,
    kind: 'people',
    detail: 'far',
    columns: 6,
    subjects: many(6, (i) => ({ seed: seed + i, yaw: 0.4, pose: 'walk', phase: i * 0.2 })),
  }),
};

export async function renderSheet(name: string, seed = 1, count = 12): Promise<void> {
  const make = SHEETS[name];
  if (!make) throw new Error(`No sheet "${name}"; there are: ${Object.keys(SHEETS).join(', ')}.`);
  const options = make(seed, count);
  const result = await withPage('./sheet-page.ts', (page) =>
    page.evaluate(
      (o) => (globalThis as unknown as { page: { sheet(o: SheetOptions): Sheet } }).page.sheet(o),
      options,
    ),
  );
  const folder = new URL('../.out/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const file = new URL(`${name}-${seed}.png`, folder);
  writeFileSync(file, Buffer.from(result.image, 'base64'));
  console.log(
    `${file.pathname}: built in ${Math.round(result.buildMs)} ms, rendered in ${Math.round(result.renderMs)} ms, ` +
      `${Math.round(result.triangles)} triangles and ${result.draws.toFixed(1)} draw calls a person`,
  );
}
