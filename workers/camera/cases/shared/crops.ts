/** The account of what a reader cuts out of the picture. */
import type { CaseAccount } from '../../ledger/case-account.ts';
import type { StageClock } from '../../inference/engine.ts';

/**
 * Does work that cuts something out of the picture. Each cut-out is entered in the case's account when it is made; all are
 * struck out when the work settles, because readers zero them before that.
 * @param reader whose inputs hold the cut-outs; a second cut-out in the same memory adds no bytes
 */
export async function withCrops<T>(
  reader: { readonly inputBytes: number },
  clock: StageClock,
  account: CaseAccount,
  work: (clock: StageClock) => Promise<T>,
): Promise<T> {
  const made: number[] = [];
  let held = 0;
  try {
    return await work({
      prepare: (cut) => {
        const prepared = clock.prepare(cut);
        // Asked for only now: how much lies between picture and input depends on the picture's size.
        const bytes = Math.max(0, reader.inputBytes - held);
        held += bytes;
        account.cropMade(bytes);
        made.push(bytes);
        return prepared;
      },
      infer: clock.infer,
    });
  } finally {
    for (const bytes of made) account.cropDestroyed(bytes);
  }
}
