/**
 * The chip that a case's camera simulates, by rate and input size, so that its misses show. It lasts until its end or
 * the end of the page; it is not stored.
 */
import type { CaseId, EngineChoice } from '../../contract/index.ts';

export interface Simulation {
  readonly caseId: CaseId;
  /** The chip's name. */
  readonly chip: string;
  /** Maximum frame rate, pictures a second. */
  readonly fps: number;
  /** Settings of the detector; no size where the model has only one. */
  readonly engine: Pick<EngineChoice, 'model' | 'width' | 'height'>;
}

class SimulationState {
  #current = $state.raw<Simulation | undefined>();
  #begun = false;

  /** @returns the simulation of a case's camera, if there is one */
  of(caseId: CaseId): Simulation | undefined {
    return this.#current?.caseId === caseId ? this.#current : undefined;
  }

  begin(simulation: Simulation): void {
    this.#current = simulation;
    this.#begun = true;
  }

  /** Whether it has begun since the last call: a camera that already runs does not know of it. */
  takeBegun(caseId: CaseId): boolean {
    const begun = this.#begun && this.of(caseId) !== undefined;
    if (begun) this.#begun = false;
    return begun;
  }

  end(): void {
    this.#current = undefined;
  }
}

export const simulation = new SimulationState();
