/** Builds people's shapes in workers, which exist only while there is a shape to build. */
import type { Detail } from '../people/levels.ts';
import { buildShape, type PersonShape } from '../people/shape.ts';
import type { PersonSpec } from '../people/spec.ts';
import { unpackShape, type BuildRequest, type Built } from './geometry-transfer.ts';

interface Job extends BuildRequest {
  done(shape: PersonShape): void;
}

export class ShapeWorkers {
  readonly #busy = new Map<Worker, Job>();
  #hands: number;
  #jobs: Job[] = [];
  readonly #create: (() => Worker) | undefined;

  /** @param hands maximum number of workers; without any, the caller's thread does the work */
  constructor(hands: number, create?: () => Worker) {
    this.#create = create;
    this.#hands = hands;
  }

  build(spec: PersonSpec, detail: Detail): Promise<PersonShape> {
    if (this.#hands === 0 || !this.#create) return Promise.resolve(buildShape(spec, detail));
    return new Promise((done) => {
      this.#jobs.push({ spec, detail, done });
      if (this.#busy.size < this.#hands) this.#next(this.#hire());
    });
  }

  #hire(): Worker {
    const worker = this.#create!();
    worker.onmessage = ({ data }: MessageEvent<Built>) => {
      const job = this.#busy.get(worker);
      this.#next(worker);
      job?.done(unpackShape(data));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#broken(worker);
    };
    return worker;
  }

  /** Gives a worker the next request, or ends it. */
  #next(worker: Worker): void {
    this.#busy.delete(worker);
    const job = this.#jobs.shift();
    if (!job) return worker.terminate();
    this.#busy.set(worker, job);
    const { spec, detail } = job;
    worker.postMessage({ spec, detail } satisfies BuildRequest);
  }

  /** A worker that fails reduces the pool by one; another worker, or this thread, takes its request. */
  #broken(worker: Worker): void {
    worker.terminate();
    const lost = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#hands--;
    if (lost) this.#jobs.unshift(lost);
    if (this.#busy.size > 0) return;
    if (this.#hands > 0 && this.#jobs.length > 0) return this.#next(this.#hire());
    for (const { spec, detail, done } of this.#jobs) done(buildShape(spec, detail));
    this.#jobs = [];
  }
}
