/**
 * Case 3, repeat analysis (リピート分析): faces are followed; the best few views of each give a descriptor, which is compared
 * with those in the vault. Known: one visit more. Not known: enrolled, until the retention period is over.
 *
 * What leaves says which visit of a person it was, and how many days after the last, never whose. The descriptor is
 * compared with the vault and with nothing else, and nothing else of this camera is tied to it (guidebook: no member
 * cards, no third parties).
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import {
  REPEAT_VISITS_CASE,
  thresholdFor,
  type CaseConfig,
  type CaseCommand,
  type FaultCode,
  type OutRecord,
  type OutRecordOf,
  type RepeatVisitsConfig,
} from '../../../../contract/index.ts';
import { Fault } from '../../isolation/fault.ts';
import type { Picture } from '../../frames/frame.ts';
import type { OverlayBox } from '../../frames/preview.ts';
import { DESCRIPTOR_LENGTH } from '../../inference/faces.ts';
import type { OpenStore } from './vault/keeper.ts';
import { RetentionClock } from './vault/clock.ts';
import type { Calendar } from './vault/store.ts';
import { VaultClosed, type Vault } from './vault/vault.ts';
import { FaceViews } from './vision/face-views.ts';
import { FaceTracks, type FaceTrack } from '../../vision/faces/face-tracks.ts';
import { CoOccurrence } from './co-occurrence.ts';
import { SubjectRequests } from './subject-requests.ts';
import { readBestFace } from '../shared/face-reading.ts';
import type { PictureSize } from '../../vision/tracking/track.ts';
import { fits, type Instruments } from '../shared/instruments.ts';
import type { Pipeline, ReadingTools, Seen } from '../pipeline.ts';
import { VaultSession } from './vault-session.ts';

interface RepeatVisitsInstruments extends Instruments {
  readonly passages: FaceTracks<FaceViews>;
}

type Face = FaceTrack<FaceViews>;

/** How often the state of the vault is told where nothing has changed, seconds of source time. */
const TELL_S = 1;

export class RepeatVisitsPipeline implements Pipeline {
  readonly case = 'repeat-visits';
  readonly needs = REPEAT_VISITS_CASE.needs;
  #config: RepeatVisitsConfig;
  #clock: RetentionClock;
  readonly #guard: VaultSession;
  readonly #desk: SubjectRequests;
  #company: CoOccurrence;
  #instruments: RepeatVisitsInstruments | undefined;
  /** Passages that are over and not yet told. */
  #over: Face[] = [];
  #records: OutRecord[] = [];
  #atS = 0;
  #told = { atS: -Infinity, state: '' };

  /** @throws {Fault} 'config-invalid' when simulated days are to be kept on the device */
  constructor(
    config: RepeatVisitsConfig,
    readonly account: CaseAccount,
    openStore: OpenStore,
  ) {
    check(config);
    this.#config = config;
    this.#clock = new RetentionClock(config.days);
    this.#guard = new VaultSession(openStore, account, DESCRIPTOR_LENGTH);
    this.#desk = new SubjectRequests(account);
    this.#company = new CoOccurrence(account);
  }

  get following(): number {
    return this.#instruments?.passages.present.length ?? 0;
  }

  memories(): ArrayBufferLike[] {
    return this.#guard.memories;
  }

  configure(config: CaseConfig): void {
    if (config.case !== 'repeat-visits') return;
    check(config);
    const before = this.#config;
    this.#config = config;
    if (before.keep !== config.keep || JSON.stringify(before.days) !== JSON.stringify(config.days)) {
      // Days of one kind mean nothing in the other: the vault is left, and another one opened with the next frame.
      this.#clock = new RetentionClock(config.days);
      this.#guard.leave();
    }
  }

  track(seen: Seen): void {
    const { passages } = this.#fit(seen);
    const tomorrow = this.#clock.cuts && this.#clock.at(seen.timeS).day > this.#clock.at(this.#atS).day;
    if (tomorrow) this.#over.push(...passages.finish());
    this.#over.push(...passages.update(seen.faces, seen.timeS));
    this.#atS = seen.timeS;
  }

  async read(picture: Picture, seen: Seen, { descriptor, clock }: ReadingTools): Promise<void> {
    await this.#withVault(async (vault) => {
      // A visitor who has gone came on the day that was, not on the one that has just begun.
      for (const passage of this.#over.splice(0)) await this.#tell(passage, vault);
      const { day } = this.#clock.at(seen.timeS);
      this.#guard.expired(await vault.advance(day, this.#clock.moment));
    });
    const { present: faces } = this.#fit(seen).passages;
    const best = descriptor && (await readBestFace(descriptor, faces, picture, seen, clock, this.account));
    if (best) {
      this.account.vectorMade();
      best.passage.evidence.add(best.read.descriptor, best.weight, seen.timeS);
    }
    await this.#withVault(async (vault) => {
      const present = this.#fit(seen).passages.present;
      if (this.#desk.busy) {
        const answers = await this.#desk.serve(present, vault, this.#moment(vault));
        for (const { destroyed = 0 } of answers) this.#guard.requested(destroyed);
        this.#records.push(...answers);
      } else {
        for (const passage of present) {
          if (passage.evidence.sureAt(seen.timeS)) await this.#tell(passage, vault);
        }
      }
      this.#tellVault(vault);
    });
  }

  extract(): OutRecord[] {
    return this.#records.splice(0);
  }

  async command(order: CaseCommand): Promise<OutRecord[]> {
    if (order.case !== 'repeat-visits') return [];
    if (order.do !== 'delete-all') {
      this.#desk.take(order);
      return [];
    }
    await this.#withVault(async (vault) => {
      const destroyed = await vault.forgetAll();
      this.#guard.requested(destroyed);
      this.#records.push(this.#desk.answer('delete-all', 'done', this.#moment(vault), { destroyed }));
      this.#tellVault(vault);
    });
    return this.extract();
  }

  async finish(): Promise<OutRecord[]> {
    this.#over.push(...(this.#instruments?.passages.finish() ?? []));
    await this.#withVault(async (vault) => {
      for (const passage of this.#over.splice(0)) await this.#tell(passage, vault);
      this.#tellVault(vault);
    });
    return this.extract();
  }

  marks(): readonly OverlayBox[] {
    const present = this.#instruments?.passages.present ?? [];
    return present.map(({ track, face }) => ({ box: track.box, seen: face !== undefined }));
  }

  reset(): void {
    for (const { evidence } of [...this.#over, ...(this.#instruments?.passages.finish() ?? [])])
      evidence.wipe();
    this.#over = [];
    this.#records = [];
    this.#instruments = undefined;
    this.#desk.cancel();
    this.#guard.leave();
    this.#clock = new RetentionClock(this.#config.days);
    this.#company = new CoOccurrence(this.account);
    this.#atS = 0;
    this.#told = { atS: -Infinity, state: '' };
  }

  async close(): Promise<void> {
    this.reset();
    await this.#guard.left();
  }

  #fit({ width, height }: PictureSize): RepeatVisitsInstruments {
    const picture = { width, height };
    const at = this.#instruments;
    if (at && fits(at, picture)) return at;
    // Another picture: the visitors of the old one have passed.
    if (at) this.#over.push(...at.passages.finish());
    const newViews = () => new FaceViews((count) => this.account.vectorDestroyed(count));
    return (this.#instruments = { ...picture, passages: new FaceTracks(picture, newViews) });
  }

  /** Compares a face with the vault and says which visit it was. After it, nothing of the face is left but there. */
  async #tell(passage: Face, vault: Vault): Promise<void> {
    const { evidence, lastSeenS } = passage;
    const { quality } = evidence;
    const present = this.#instruments?.passages.present ?? [];
    this.#company.compare(passage, present);
    const descriptor = evidence.fit ? evidence.average() : undefined;
    evidence.settle();
    if (!descriptor) return;
    this.account.vectorMade();
    const rivals = this.#company.rivals(passage, present);
    let enrolled = false;
    try {
      const { visit, daysSinceLast } = await vault.visit(descriptor, this.#threshold(vault), rivals);
      enrolled = daysSinceLast === undefined;
      this.#records.push({
        type: 'visit',
        case: 'repeat-visits',
        atS: tenths(lastSeenS),
        day: vault.today - vault.firstDay,
        visit,
        ...(daysSinceLast !== undefined && { daysSinceLast }),
        quality: tenths(quality),
      });
    } finally {
      for (const vector of [descriptor, ...rivals]) vector.fill(0);
      this.account.vectorDestroyed(rivals.length);
      // A visitor who was enrolled goes on as a vector in the vault; the average of a known one is gone.
      if (!enrolled) this.account.vectorDestroyed();
    }
  }

  #threshold(vault: Vault): number {
    return this.#company.strangers.adapt(thresholdFor(vault.held, this.#config.mistakenShare));
  }

  #moment(vault: Vault) {
    return {
      atS: tenths(this.#atS),
      timeS: this.#atS,
      firstDay: vault.firstDay,
      threshold: this.#threshold(vault),
    };
  }

  /** Tells the state of the vault where it has changed, and every second. */
  #tellVault(vault: Vault): void {
    const { firstDay: first } = vault;
    const { share, dayS } = this.#clock.at(this.#atS);
    const { expired, onRequest } = this.#guard.destroyed;
    this.account.vectorsHeld(vault.held);
    const record: OutRecordOf<'vault'> = {
      type: 'vault',
      case: 'repeat-visits',
      atS: tenths(this.#atS),
      day: vault.today - first,
      dayShare: Math.round(share * 1000) / 1000,
      dayS,
      keep: vault.keep,
      keys: vault.days.map(({ day, until, held }) => ({ day: day - first, until: until - first, held })),
      destroyed: { expired, onRequest },
      opened: { times: vault.opened.times, ms: Math.round(vault.opened.ms * 10) / 10 },
      threshold: Math.round(this.#threshold(vault) * 1000) / 1000,
      strangers: this.#company.strangers.pairs,
    };
    const state = JSON.stringify([record.day, record.keys, record.destroyed, record.threshold]);
    if (state === this.#told.state && this.#atS - this.#told.atS < TELL_S) return;
    this.#told = { atS: this.#atS, state };
    this.#records.push(record);
  }

  /** What goes wrong with the vault is told, and the camera goes on: with what is left, or with a vault in memory. */
  async #withVault(work: (vault: Vault) => Promise<void>): Promise<void> {
    const { retentionDays, keep } = this.#config;
    const today = (known: Calendar | undefined) => {
      if (known?.moment) this.#clock.resume(known.moment);
      return this.#clock.at(this.#atS).day;
    };
    try {
      await this.#guard.use({ keep, retentionDays, today }, (vault, isNew) => {
        if (isNew) {
          this.#clock.notBefore(vault.today);
          if (vault.outdated > 0) this.#records.push(warning('vault-outdated'));
        }
        return work(vault);
      });
      if (this.#guard.damaged() > 0) this.#records.push(warning('vault-damaged'));
    } catch (error) {
      // Wiped from outside in the middle of it: what was to be done is void.
      if (error instanceof VaultClosed) return;
      if (!(error instanceof Fault)) throw error;
      this.#records.push(warning(error.code));
    }
  }
}

/** @throws {Fault} 'config-invalid' */
function check({ keep, days }: RepeatVisitsConfig): void {
  if (keep === 'device' && days.kind !== 'calendar')
    throw new Fault('config-invalid', 'simulated days are not kept on the device');
  if (days.kind === 'clip' && days.startsS.some((start, i) => start >= (days.startsS[i + 1] ?? days.lengthS)))
    throw new Fault('config-invalid', 'the days of the clip are not in order');
}

const warning = (code: FaultCode): OutRecordOf<'fault'> => ({ type: 'fault', code, severity: 'warning' });

const tenths = (value: number) => Math.round(Math.max(0, value) * 10) / 10;
