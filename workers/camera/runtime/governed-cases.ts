/** The cases of a camera behind the rules of disclosure: what a case has to say leaves as its source's rules allow. */
import type {
  CaseCommand,
  CaseConfig,
  CaseId,
  OutRecord,
  Role,
  SourceKind,
} from '../../../contract/index.ts';
import type { Pipeline } from '../cases/pipeline.ts';
import { DisclosureControl, type DisclosureOptions } from '../disclosure/control.ts';
import { ActiveCases } from './active-cases.ts';

export class GovernedCases {
  readonly disclosure: DisclosureControl;
  readonly #cases: ActiveCases;
  readonly #send: (record: OutRecord) => void;
  /** As the page set them; what the pipelines run may be coarser. */
  #configs: readonly CaseConfig[] = [];

  /** @param send gives a record to the gate */
  constructor(
    create: (config: CaseConfig) => Pipeline,
    send: (record: OutRecord) => void,
    options?: DisclosureOptions,
  ) {
    this.disclosure = new DisclosureControl(options);
    this.#cases = new ActiveCases(create);
    this.#send = send;
  }

  /** As the page set them. */
  get configs(): readonly CaseConfig[] {
    return this.#configs;
  }

  get pipelines(): Pipeline[] {
    return this.#cases.pipelines;
  }

  /** The roles for which the cases need models. */
  get needs(): ReadonlySet<Role> {
    return this.#cases.needs;
  }

  /** @throws {Fault} when a configuration is invalid, or shows single people; the cases stay as they were */
  async configure(configs: readonly CaseConfig[]): Promise<void> {
    await this.#cases.configure(this.disclosure.configure(configs));
    this.#configs = configs;
    this.#tellPolicies();
  }

  /**
   * Puts the rules of a source in force for the cases that are set.
   * @throws {Fault} 'disclosure-too-fine' where they would show single people
   */
  async open(kind: SourceKind): Promise<void> {
    this.disclosure.open(kind);
    await this.#cases.configure(this.disclosure.configure(this.#configs));
    this.#tellPolicies();
  }

  /** @param timeS position in the source, seconds */
  async command(command: CaseCommand, timeS: number): Promise<void> {
    this.disclosure.take(await this.#cases.command(command), timeS).forEach(this.#send);
  }

  /**
   * Ends the source: counts that were still waiting to be settled are not lost with it.
   * @param timeS position in the source, seconds
   */
  async finish(timeS: number): Promise<void> {
    const records: OutRecord[] = [];
    await this.#cases.finish((record) => records.push(record));
    this.disclosure.finish(records, timeS).forEach(this.#send);
  }

  /** Forgets the state of all cases, for a source that begins. */
  restart(): void {
    this.#cases.reset();
  }

  /** Forgets the state of one case and what waits of it. */
  reset(id: CaseId): void {
    this.#cases.reset(id);
    this.disclosure.forget(id);
  }

  /** Resets all cases and releases their resources. */
  close(): Promise<void> {
    return this.#cases.close();
  }

  #tellPolicies(): void {
    this.disclosure.news().forEach(this.#send);
  }
}
