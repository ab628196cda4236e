/** The cells of a plan: case x model x engine x input size, without impossible ones. */
import type { RegistryEntry } from '../../models/registry.ts';
import type { CaseId } from '../../contract/index.ts';
import type { Cell, Plan } from './report.ts';

/** The facts of a model that a plan needs. */
export type Candidate = Pick<RegistryEntry, 'id' | 'engine' | 'input'>;

/** The models for a plan, by case: the case's own model first. */
export type AvailableModels = Readonly<Partial<Record<CaseId, readonly Candidate[]>>>;

/** `wasm-0`: the fastest number of threads, as measured. */
export type EngineKey = `wasm-${number}` | 'webgpu';

export interface PlanChoices {
  readonly cases: readonly CaseId[];
  /** Ids of models; none: each case's own only. */
  readonly models: readonly string[];
  readonly engines: readonly EngineKey[];
  /** Longer sides in pixels; 0: the case's own. */
  readonly longSides: readonly number[];
}

/**
 * All combinations that are possible. A model of MediaPipe has its own engine, and a model of a fixed input size has no
 * other size, so each gives one cell where others give several.
 */
export function cellsOf(wishes: PlanChoices, offer: AvailableModels): Cell[] {
  const cells: Cell[] = [];
  for (const id of wishes.cases) {
    const candidates = offer[id] ?? [];
    const asked = candidates.filter(({ id: model }) => wishes.models.includes(model));
    for (const model of asked.length > 0 ? asked : candidates.slice(0, 1)) {
      const engines =
        model.engine === 'mediapipe'
          ? [{ backend: 'mediapipe', threads: 1 } as const]
          : wishes.engines.map(engineOf);
      const sides = model.input.multipleOf === undefined ? [0] : wishes.longSides;
      for (const engine of engines) {
        for (const side of sides)
          cells.push({ case: id, model: model.id, ...engine, ...(side > 0 && { longSide: side }) });
      }
    }
  }
  return cells;
}

export function engineOf(key: EngineKey): Pick<Cell, 'backend' | 'threads'> {
  return key === 'webgpu'
    ? { backend: 'webgpu', threads: 1 }
    : { backend: 'wasm', threads: Number(key.slice('wasm-'.length)) };
}

/** Numbers of threads worth comparing: one, half of the cores, all but one. */
export function threadChoices(cores: number, isolated: boolean): number[] {
  if (!isolated) return [1];
  return [...new Set([1, Math.ceil(cores / 2), Math.min(8, cores - 1)])]
    .filter((n) => n >= 1)
    .sort((a, b) => a - b);
}

export interface Surroundings {
  readonly cores: number;
  readonly isolated: boolean;
  /** The adapter of WebGPU; `software` gives right results on the processor, but too slowly for the ready plans. */
  readonly gpu: 'hardware' | 'software' | 'none';
}

/** The ready plans. `quick` takes a minute or two, `full` runs whole clips. */
export function readyPlan(
  name: 'quick' | 'full',
  offer: AvailableModels,
  { cores, isolated, gpu }: Surroundings,
): Plan {
  const threads = threadChoices(cores, isolated);
  const webgpu: readonly EngineKey[] = gpu === 'hardware' ? ['webgpu'] : [];
  const there = (ids: readonly CaseId[]) => ids.filter((id) => offer[id]);
  if (name === 'quick') {
    const engines: EngineKey[] = [`wasm-${threads.at(-1)!}`, ...webgpu];
    const wishes = { cases: there(['counting', 'attributes']), models: [], engines, longSides: [0] };
    return { name, frames: 40, rounds: 2, cells: cellsOf(wishes, offer) };
  }
  const engines: EngineKey[] = [...threads.map((n): EngineKey => `wasm-${n}`), ...webgpu];
  const cases = there(['attributes', 'trajectories', 'counting', 'crowding']);
  const own = cellsOf({ cases, models: [], engines, longSides: [0] }, offer);
  return { name, frames: 0, rounds: 3, cells: [...own, ...mediapipeCells(cases, offer)] };
}

/** MediaPipe beside the case's own models, wherever it has a model for the role: the third engine. */
function mediapipeCells(cases: readonly CaseId[], offer: AvailableModels): Cell[] {
  const models = (id: CaseId) => (offer[id] ?? []).slice(1).filter(({ engine }) => engine === 'mediapipe');
  return cases.flatMap((id) => {
    const [first] = models(id);
    return first ? cellsOf({ cases: [id], models: [first.id], engines: [], longSides: [0] }, offer) : [];
  });
}

/**
 * Order of the cells of a round: each round begins one cell further, so that a machine that warms up, or is busy for a
 * while, does not always affect the same cells.
 */
export function orderOfRound(cells: number, round: number): number[] {
  return Array.from({ length: cells }, (_, i) => (i + round) % cells);
}
