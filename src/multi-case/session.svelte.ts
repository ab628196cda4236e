/**
 * Several cases on one camera (guidebook 5.2, multi-use): they share its pictures and the models' detections, and
 * nothing else. Each has its own account, its own retention, its own notice; switching one off wipes it.
 */
import { models } from '../app/models.svelte.ts';
import {
  needsOf,
  CASES,
  ROLES,
  type CaseConfig,
  type CaseId,
  type OutRecord,
  type Role,
} from '../../contract/index.ts';
import { CaseRecords } from '../cases/shared/records.svelte.ts';
import type { CaseSpec, SessionOptions } from '../cases/shared/case-spec.ts';
import { CaseSession } from '../cases/shared/session.svelte.ts';
import type { SampleFile } from '../cases/shared/source.ts';
import { SPECS } from '../cases/specs.ts';

/** Records of one case that left. */
export interface CaseTally {
  readonly records: number;
  readonly bytes: number;
  readonly last: OutRecord | undefined;
}

const NOTHING: CaseTally = { records: 0, bytes: 0, last: undefined };

/** Keeps the records of each case separately. */
export class TogetherKept extends CaseRecords {
  #tallies = $state.raw<Readonly<Partial<Record<CaseId, CaseTally>>>>({});

  override get empty(): boolean {
    return Object.keys(this.#tallies).length === 0;
  }

  of(id: CaseId): CaseTally {
    return this.#tallies[id] ?? NOTHING;
  }

  override accept(whole: OutRecord, bytes: number): void {
    // The pages of cases 5 and 6 keep pictures and state the retention; this page does not show them.
    const record = whole.type === 'picture' ? { ...whole, base64: '' } : whole;
    super.accept(record, bytes);
    if (!('case' in record)) return;
    const before = this.of(record.case);
    const tally = { records: before.records + 1, bytes: before.bytes + bytes, last: record };
    this.#tallies = { ...this.#tallies, [record.case]: tally };
  }

  /** A case was switched off: its records are deleted. */
  drop(id: CaseId): void {
    const { [id]: _, ...others } = this.#tallies;
    this.#tallies = others;
    this.slips = this.slips.filter(({ record }) => !('case' in record && record.case === id));
  }

  protected override take(): void {}

  protected override forget(): void {
    this.#tallies = {};
  }
}

export class TogetherSession extends CaseSession<TogetherKept, SampleFile> {
  /** The cases that are on, in the guidebook's order. */
  on = $state.raw<readonly CaseId[]>([]);

  /** @param host the case whose sample is shown; it is on at the start */
  constructor(host: CaseId, options: SessionOptions = {}) {
    const spec: CaseSpec<TogetherKept, SampleFile> = { ...SPECS[host], newKept: () => new TogetherKept() };
    super(spec, options);
    this.on = [host];
  }

  override get configs(): CaseConfig[] {
    return this.on.map((id) => {
      if (id === this.spec.id) return this.config;
      // Lines and zones are the host's own; the others begin with theirs, behind the same masks, on the same ground.
      const { masks, ground } = this.layout.current;
      const drawing = { ...SPECS[id].plain, masks, ...(ground && { ground }) };
      return SPECS[id].configOf(drawing, undefined);
    });
  }

  override get roles(): readonly Role[] {
    return ROLES.filter((role) => this.on.some((id) => needsOf(id).includes(role)));
  }

  /** The model with the most classes among those the cases request: it must serve all of them. */
  override modelFor(role: Role): string {
    const wanted = this.on
      .filter((id) => needsOf(id).includes(role))
      .map((id) => SPECS[id].models?.[role] ?? models.defaultFor(role));
    const classes = (id: string) => models.all.find((model) => model.id === id)?.classes.length ?? 0;
    return wanted.toSorted((a, b) => classes(b) - classes(a))[0] ?? models.defaultFor(role);
  }

  /** Switches a case on or off, also while the camera runs. */
  async turn(id: CaseId, on: boolean): Promise<void> {
    if (this.on.includes(id) === on) return;
    const before = this.engines();
    this.on = CASES.filter((each) => (each === id ? on : this.on.includes(each)));
    if (!on) this.kept.drop(id);
    for (const engine of this.engines()) {
      const same = before.some(({ role, model }) => role === engine.role && model === engine.model);
      if (!same) await this.camera.load(engine);
    }
    await this.tellCamera();
  }

  /** Discards the records of every case, here and in the camera. */
  override async reset(): Promise<void> {
    this.kept.reset();
    for (const id of this.on) await this.camera.reset(id);
  }

  /** Cases that are on and use the same model as this one: they share its results. */
  sharing(id: CaseId): readonly CaseId[] {
    const needs = needsOf(id);
    return this.on.filter((other) => other !== id && needsOf(other).some((role) => needs.includes(role)));
  }
}
