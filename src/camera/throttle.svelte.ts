/**
 * A chip that a case's camera pretends to be: its rate and its input size, so that what it would miss is seen.
 * Until it is ended or the page is closed; it is not remembered.
 */
import type { CaseId, EngineChoice } from '../../contract/index.ts';

export interface Simulation {
  readonly caseId: CaseId;
  /** The chip's name, as people know it. */
  readonly chip: string;
  /** Pictures a second at most. */
  readonly fps: number;
  /** What the detector is changed to; no size where the model has only one. */
  readonly engine: Pick<EngineChoice, 'model' | 'width' | 'height'>;
}

class SimulationState {
  #current = $state.raw<Simulation | undefined>();
  #begun = false;

  /** @returns what a case's camera has to pretend, if anything */
  of(caseId: CaseId): Simulation | undefined {
    return this.#current?.caseId === caseId ? this.#current : undefined;
  }

  begin(simulation: Simulation): void {
    this.#current = simulation;
    this.#begun = true;
  }

  /** Whether it has begun since this was last asked: a camera that runs already knows nothing of it. */
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
