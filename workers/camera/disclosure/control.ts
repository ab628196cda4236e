/**
 * Disclosure control: stands between the pipelines and the gate. On real sources it holds records back until the policy of
 * their case (`contract/disclosure.ts`) lets them leave; on synthetic sources, which show no person, it lets them pass and
 * marks them. Each case has its own releases; they share neither records nor, for case 3, a clock.
 */
import {
  CASE_RECORDS,
  isTooFine,
  policyOf,
  type CaseConfig,
  type CaseId,
  type OutRecord,
  type OutRecordOf,
  type Policy,
  type SourceKind,
} from '../../../contract/index.ts';
import { Fault } from '../isolation/fault.ts';
import { AttributeRelease } from './attribute-release.ts';
import { CountRelease } from './count-release.ts';
import { requireCoarse } from './guard.ts';
import { drawSecurely } from './noise.ts';
import { grouped, type Draw, type Release } from './release.ts';
import { VisitRelease } from './visit-release.ts';

type Told = OutRecordOf<'disclosure'>;

/** Records whose schema has the mark: they tell of people one by one or at a moment. On synthetic sources they carry it. */
const MARKED: ReadonlySet<string> = new Set(
  CASE_RECORDS.filter(({ entries }) => 'relaxed' in entries).map(({ entries }) => entries.type.literal),
);

/** How the records of each case are held back on real sources. A case of the contract that is missing here does not compile. */
const RELEASES: {
  readonly [Id in CaseId]: ((k: number, binS: number, draw: Draw) => Release) | undefined;
} = {
  attributes: (k, binS) => new AttributeRelease(k, binS),
  // Adds up in its pipeline, because only there a person is known as one.
  trajectories: undefined,
  'repeat-visits': (k, binS, draw) => new VisitRelease(k, binS, draw(binS)),
  counting: (k, binS, draw) => new CountRelease(k, binS, draw),
  // These tell of no single person.
  streetscape: undefined,
  crowding: undefined,
};

export interface DisclosureOptions {
  readonly draw?: Draw;
  /** For the laboratory, which measures against truth: every source counts as synthetic. The site's camera sets no such thing. */
  readonly relaxed?: boolean;
}

interface Rule {
  readonly policy: Policy;
  /** Absent: records are not held back here. */
  readonly release: Release | undefined;
}

export class DisclosureControl {
  readonly #draw: Draw;
  readonly #relaxed: boolean;
  /** Until a source is open, the strict rules hold. */
  #kind: SourceKind | undefined;
  readonly #rules = new Map<CaseId, Rule>();
  readonly #told = new Map<CaseId, string>();

  constructor({ draw = drawSecurely, relaxed = false }: DisclosureOptions = {}) {
    this.#draw = draw;
    this.#relaxed = relaxed;
  }

  /** A source is open: what was held of another one is discarded, and its own rules are in force from here on. */
  open(kind: SourceKind): void {
    this.#kind = this.#relaxed ? 'pattern' : kind;
    this.#rules.clear();
    this.#told.clear();
  }

  /**
   * Sets the running cases. A rule that changes discards what was held under the old one: those people were promised it.
   * @returns the configurations as the pipelines are to run them
   * @throws {Fault} 'disclosure-too-fine' where single people of a real source would show; nothing has changed then
   */
  configure(configs: readonly CaseConfig[]): CaseConfig[] {
    const policies = configs.map((config) => policyOf(config, this.#kind));
    // Until a source is open it is not known whether it is real; then these are checked again.
    if (this.#kind !== undefined && policies.some(isTooFine))
      throw new Fault('disclosure-too-fine', 'k is too small for real footage');
    for (const id of this.#rules.keys()) {
      if (!policies.some((policy) => policy.case === id)) this.#drop(id);
    }
    policies.forEach((policy) => {
      const before = this.#rules.get(policy.case)?.policy;
      if (JSON.stringify(before) === JSON.stringify(policy)) return;
      this.#rules.set(policy.case, { policy, release: this.#releaseOf(policy) });
    });
    return configs.map((config, i) => withPolicy(config, policies[i]!));
  }

  /**
   * Takes the records of one frame, or the answers to a command.
   * @param timeS source time, seconds
   * @returns what may leave now
   * @throws {Fault} 'gate-refused' where a record tells more finely than the policy
   */
  take(records: readonly OutRecord[], timeS: number): OutRecord[] {
    const byCase = grouped(records, (record) => ('case' in record ? record.case : ''));
    const out = [...(byCase.get('') ?? [])];
    for (const [id, { policy, release }] of this.#rules) {
      const own = byCase.get(id) ?? [];
      out.push(...this.#checked(release ? release.take(own, timeS) : own, policy));
      byCase.delete(id);
    }
    byCase.delete('');
    if (byCase.size > 0) throw new Fault('gate-refused', `no policy for ${[...byCase.keys()].join(', ')}`);
    return out;
  }

  /** The source has ended. @returns what may still leave; all else is discarded */
  finish(records: readonly OutRecord[], timeS: number): OutRecord[] {
    const out = this.take(records, timeS);
    for (const { policy, release } of this.#rules.values()) {
      out.push(...this.#checked(release?.finish() ?? [], policy));
      release?.clear();
    }
    return out;
  }

  /** Discards what is held of one case, or of all. */
  forget(id?: CaseId): void {
    for (const [each, { release }] of this.#rules) if (id === undefined || each === id) release?.clear();
  }

  /** What is in force and has not been told yet. */
  news(): Told[] {
    return [...this.#rules.values()].flatMap(({ policy: { case: about, ...policy }, release }) => {
      const nextS = release?.nextS;
      const told: Told = { type: 'disclosure', about, ...policy, ...(nextS !== undefined && { nextS }) };
      const text = JSON.stringify(told);
      if (this.#told.get(about) === text) return [];
      this.#told.set(about, text);
      return [told];
    });
  }

  #checked(records: readonly OutRecord[], policy: Policy): OutRecord[] {
    if (policy.mode === 'enforced') {
      for (const record of records) requireCoarse(record, policy);
      return [...records];
    }
    return records.map((record) =>
      MARKED.has(record.type) ? { ...record, relaxed: true } : record,
    ) as OutRecord[];
  }

  #releaseOf({ case: id, mode, k, binS }: Policy): Release | undefined {
    if (mode === 'relaxed' || k === undefined || binS === undefined) return undefined;
    return RELEASES[id]?.(k, binS, this.#draw);
  }

  #drop(id: CaseId): void {
    this.#rules.get(id)?.release?.clear();
    this.#rules.delete(id);
    this.#told.delete(id);
  }
}

/** The configuration with what the policy overrides: the schedule of case 2, and that it is silent on what it holds back. */
function withPolicy(config: CaseConfig, { binS, mode }: Policy): CaseConfig {
  if (config.case !== 'trajectories') return config;
  const { tellHeld, ...rest } = config;
  return {
    ...rest,
    ...(binS !== undefined && { everyS: binS }),
    ...(tellHeld && mode === 'relaxed' && { tellHeld }),
  };
}
