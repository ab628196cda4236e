/** What a proof came to: whether the made-up pattern was found while it was inside, and whether it was found again. */
import type { OutRecordOf } from '../../contract/index.ts';

export interface ProofVerdict {
  /** `blind`: it was not found even while it was inside, so that nothing is proved. */
  readonly is: 'gone' | 'left' | 'blind';
  /** Bytes of memory that were searched. */
  readonly searched: number;
  /** Milliseconds from the making of the pattern to the last search. */
  readonly ms: number;
}

/** @returns nothing before the last search was told */
export function verdictOf(proofs: readonly OutRecordOf<'proof'>[]): ProofVerdict | undefined {
  const of = (step: OutRecordOf<'proof'>['step']) => proofs.find((proof) => proof.step === step);
  const [inside, wiped] = [of('inside'), of('wiped')];
  if (!inside || !wiped) return undefined;
  const wasFound = inside.places.some(({ found }) => found);
  const isLeft = wiped.places.some(({ found }) => found);
  return {
    is: !wasFound ? 'blind' : isLeft ? 'left' : 'gone',
    searched: inside.places.reduce((sum, { bytes }) => sum + bytes, 0),
    ms: wiped.ms,
  };
}
