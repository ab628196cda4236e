/** Has people's shapes built by workers of its own, the most wanted first. */
import type { Detail } from '../people/levels.ts';
import { buildShape, type PersonShape } from '../people/shape.ts';
import type { PersonSpec } from '../people/spec.ts';
import type { BuildOrder, Built } from './builder.ts';
import { unpackShape } from './parcel.ts';

interface Job extends BuildOrder {
  done(shape: PersonShape): void;
}

const createBuilder = (): Worker =>
  new Worker(new URL('./builder.ts', import.meta.url), { type: 'module', name: 'incam-scene-builder' });

export class Workshop {
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job>();
  #jobs: Job[] = [];

  /** @param hands workers; where none can be had, the caller's own thread does the work when it is asked */
  constructor(hands: number, create: () => Worker = createBuilder) {
    for (let i = 0; i < hands; i++) {
      const worker = create();
      worker.onmessage = ({ data }: MessageEvent<Built>) => this.#finished(worker, unpackShape(data));
      worker.onerror = (event) => {
        event.preventDefault();
        this.#broken(worker);
      };
      this.#idle.push(worker);
    }
  }

  /** Orders that nobody has begun yet. */
  get waiting(): number {
    return this.#jobs.length;
  }

  build(spec: PersonSpec, detail: Detail): Promise<PersonShape> {
    if (this.#idle.length + this.#busy.size === 0) return Promise.resolve(buildShape(spec, detail));
    return new Promise((done) => {
      this.#jobs.push({ spec, detail, done });
      this.#next();
    });
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#jobs.length > 0) {
      const worker = this.#idle.pop()!;
      const job = this.#jobs.shift()!;
      this.#busy.set(worker, job);
      const { spec, detail } = job;
      worker.postMessage({ spec, detail } satisfies BuildOrder);
    }
  }

  #finished(worker: Worker, shape: PersonShape): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#idle.push(worker);
    job?.done(shape);
    this.#next();
  }

  /** A worker that does not come up, or dies, is not asked again; what it had is done by another, or here. */
  #broken(worker: Worker): void {
    worker.terminate();
    const lost = this.#busy.get(worker);
    this.#busy.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    if (lost) this.#jobs.unshift(lost);
    if (this.#idle.length + this.#busy.size > 0) return this.#next();
    for (const { spec, detail, done } of this.#jobs) done(buildShape(spec, detail));
    this.#jobs = [];
  }
}
