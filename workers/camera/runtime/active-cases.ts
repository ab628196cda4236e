/** The cases that share this camera. Each has data of its own (guidebook 5.2); one that is switched off is wiped. */
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
   * From now on these cases run and no others; one that runs already keeps what it knows.
   * @throws {Fault} when a configuration makes no sense
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

  /** Does something once, at the page's wish. @returns what there is to say */
  async command(command: CaseCommand): Promise<OutRecord[]> {
    return (await this.#pipelines.get(command.case)?.command?.(command)) ?? [];
  }

  /** The source has ended: what was still waiting to be settled is given out, case by case. */
  async finish(give: (record: OutRecord) => void): Promise<void> {
    for (const pipeline of this.pipelines) (await pipeline.finish()).forEach(give);
  }

  /** One case, or all, forget everything. */
  reset(id?: CaseId): void {
    for (const pipeline of this.pipelines) if (id === undefined || pipeline.case === id) pipeline.reset();
  }

  /** Likewise, and they let go of what they hold open. */
  async close(): Promise<void> {
    for (const pipeline of this.pipelines) {
      pipeline.reset();
      await pipeline.close?.();
    }
  }
}
