/**
 * The account of one case: face crops and feature vectors made and destroyed. Several cases may run on one camera; each
 * has its own account (guidebook 5.2, multi-use).
 */
import type { CaseTally } from '../isolation/gate.ts';
import type { CaseId, OutRecordOf } from '../../../contract/index.ts';

type Row = OutRecordOf<'ledger'>['cases'][number];

export class CaseAccount {
  readonly #crops = { made: 0, destroyed: 0 };
  readonly #vectors = { made: 0, destroyed: 0, held: 0 };
  readonly #pixels: (bytes: number) => void;

  /** @param pixels receives every byte of picture made (positive) and destroyed (negative), for the camera's balance */
  constructor(
    readonly caseId: CaseId,
    pixels: (bytes: number) => void = () => {},
  ) {
    this.#pixels = pixels;
  }

  /** Enters a new copy of part of the picture, in bytes. */
  cropMade(bytes: number): void {
    this.#crops.made++;
    this.#pixels(bytes);
  }

  /** @throws {Error} when there is none left that could be destroyed */
  cropDestroyed(bytes: number): void {
    if (this.#crops.destroyed === this.#crops.made) throw new Error('account: a crop was destroyed twice');
    this.#crops.destroyed++;
    this.#pixels(-bytes);
  }

  vectorMade(count = 1): void {
    this.#vectors.made += count;
  }

  /** @throws {Error} when there is none left that could be destroyed */
  vectorDestroyed(count = 1): void {
    if (this.#vectors.destroyed + count > this.#vectors.made)
      throw new Error('account: a feature vector was destroyed twice');
    this.#vectors.destroyed += count;
  }

  /** How many feature vectors are kept beyond the frame they came from (case 3 only). */
  vectorsHeld(count: number): void {
    this.#vectors.held = count;
  }

  row(tally: CaseTally): Row {
    return { case: this.caseId, ...tally, crops: { ...this.#crops }, vectors: { ...this.#vectors } };
  }
}
