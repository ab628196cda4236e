/**
 * Data-subject requests (開示・訂正・利用停止): the person before the camera gets the data held about them, has a wrong day
 * removed, or is forgotten. The face itself identifies the requester. So a request needs exactly one face before the
 * camera, and a face at the desk is not a visit.
 *
 * There is no list of people who do not want to be recognised: it would be a list of faces. A forgotten person who
 * returns is a new visitor.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import type { DeskCommand, OutRecordOf } from '../../../../contract/index.ts';
import type { Held, Vault } from './vault/vault.ts';
import { sizeOf } from '../../vision/geometry/boxes.ts';
import type { FaceViews } from './vision/face-views.ts';
import type { FaceTrack } from '../../vision/faces/face-tracks.ts';

type DeskAnswer = OutRecordOf<'desk'>;

export interface RequestContext {
  /** Source time as in records. */
  readonly atS: number;
  /** Exact source time in seconds. */
  readonly timeS: number;
  readonly firstDay: number;
  readonly threshold: number;
}

/** Time for which a request waits for a single face, seconds. */
const PATIENCE_S = 12;
/** Maximum area of a second face, share of the nearest one's: a larger one makes the requester ambiguous. */
const ASIDE = 0.35;

export class SubjectRequests {
  #order: DeskCommand | undefined;
  #sinceS: number | undefined;
  readonly #account: CaseAccount;

  constructor(account: CaseAccount) {
    this.#account = account;
  }

  get busy(): boolean {
    return this.#order !== undefined;
  }

  /** Starts to wait for a face. */
  take(order: DeskCommand): void {
    this.#order = order.do === 'cancel' ? undefined : order;
    this.#sinceS = undefined;
  }

  cancel(): void {
    this.#order = undefined;
  }

  /**
   * @param present faces before the camera
   * @returns the answer, once there is one
   */
  async serve(
    present: readonly FaceTrack<FaceViews>[],
    vault: Vault,
    moment: RequestContext,
  ): Promise<DeskAnswer[]> {
    const order = this.#order;
    if (!order) return [];
    if (this.#sinceS === undefined) for (const { evidence } of present) evidence.reopen();
    this.#sinceS ??= moment.timeS;
    const [nearest, next] = present
      .filter(({ face }) => face !== undefined)
      .sort((a, b) => sizeOf(b.track.box) - sizeOf(a.track.box));
    const several = nearest && next && sizeOf(next.track.box) > ASIDE * sizeOf(nearest.track.box);
    if (nearest?.evidence.settled) nearest.evidence.reopen();
    const ready = nearest && !several && nearest.evidence.enough;
    if (!ready && moment.timeS - this.#sinceS < PATIENCE_S) return [];
    this.#order = undefined;
    const answer = ready
      ? await this.#look(order, nearest.evidence, vault, moment)
      : this.answer(order.do, several ? 'several' : 'nobody', moment);
    for (const { evidence } of present) evidence.settle();
    return [answer];
  }

  answer(
    what: DeskAnswer['do'],
    outcome: DeskAnswer['outcome'],
    { atS }: Pick<RequestContext, 'atS'>,
    more: Pick<DeskAnswer, 'held' | 'destroyed'> = {},
  ): DeskAnswer {
    return { type: 'desk', case: 'repeat-visits', atS, do: what, outcome, ...more };
  }

  async #look(
    order: DeskCommand,
    evidence: FaceViews,
    vault: Vault,
    moment: RequestContext,
  ): Promise<DeskAnswer> {
    const descriptor = evidence.average();
    if (!descriptor) return this.answer(order.do, 'nobody', moment);
    this.#account.vectorMade();
    try {
      return await this.#do(order, descriptor, vault, moment);
    } finally {
      descriptor.fill(0);
      this.#account.vectorDestroyed();
    }
  }

  async #do(
    order: DeskCommand,
    descriptor: Float32Array,
    vault: Vault,
    moment: RequestContext,
  ): Promise<DeskAnswer> {
    const { firstDay, threshold } = moment;
    const told = ({ days, until }: Held) => ({
      today: vault.today - firstDay,
      days: days.map((day) => day - firstDay),
      until: until - firstDay,
    });
    const unknown = () => this.answer(order.do, 'unknown', moment);
    if (order.do === 'delete') {
      const destroyed = await vault.forget(descriptor, threshold);
      return destroyed > 0 ? this.answer('delete', 'found', moment, { destroyed }) : unknown();
    }
    if (order.do === 'correct' && order.day !== undefined) {
      const struck = await vault.strike(descriptor, threshold, firstDay + order.day);
      if (!struck) return unknown();
      const { left, destroyed } = struck;
      return this.answer('correct', 'found', moment, { ...(left && { held: told(left) }), destroyed });
    }
    const held = await vault.find(descriptor, threshold);
    return held ? this.answer('show', 'found', moment, { held: told(held) }) : unknown();
  }
}
