/** The cases that share this camera. Each has its own data (guidebook 5.2); a case that is switched off is wiped. */
import type { CaseConfig, CaseId, CaseCommand, OutRecord, Role } from '../../../contract/index.ts';
import type { Pipeline } from '../cases/pipeline.ts';

export class ActiveCases {
  readonly #pipelines = new Map<CaseId, Pipeline>();
  readonly #create: (config: CaseConfig) => Pipeline;

  constructor(create: (config: CaseConfig) => Pipeline) {
    this.#create = create;
  }

  get pipelines(): Pipeline[] {
    return [...this.#pipelines.values()];
  }

  /** The roles for which the cases on this camera need models. */
  get needs(): ReadonlySet<Role> {
    return new Set(this.pipelines.flatMap(({ needs }) => [...needs]));
  }

  /**
   * Sets the running cases; a case that already runs keeps its state.
   * @throws {Fault} when a configuration is invalid
   */
  async configure(configs: readonly CaseConfig[]): Promise<void> {
    const created = configs.filter((config) => !this.#pipelines.has(config.case)).map(this.#create);
    for (const config of configs) this.#pipelines.get(config.case)?.configure(config);
    for (const pipeline of created) this.#pipelines.set(pipeline.case, pipeline);
    for (const [id, pipeline] of this.#pipelines) {
      if (configs.some((config) => config.case === id)) continue;
      pipeline.reset();
      await pipeline.close?.();
      this.#pipelines.delete(id);
    }
  }

  /** Runs a one-off command. @returns records to send */
  async command(command: CaseCommand): Promise<OutRecord[]> {
    return (await this.#pipelines.get(command.case)?.command?.(command)) ?? [];
  }

  /** Ends the source: returns the pending records, case by case. */
  async finish(give: (record: OutRecord) => void): Promise<void> {
    for (const pipeline of this.pipelines) (await pipeline.finish()).forEach(give);
  }

  /** Resets one case, or all. */
  reset(id?: CaseId): void {
    for (const pipeline of this.pipelines) if (id === undefined || pipeline.case === id) pipeline.reset();
  }

  /** Resets all cases and releases their resources. */
  async close(): Promise<void> {
    for (const pipeline of this.pipelines) {
      pipeline.reset();
      await pipeline.close?.();
    }
  }
}
