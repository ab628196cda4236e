import type { CaseAccount } from '../account.ts';
import type { Picture } from '../frames/frame.ts';
import type { StageClock } from '../inference/engine.ts';
import type { FaceReader } from '../inference/faces.ts';
import type { Face } from '../vision/faces.ts';

/** Reads a face; the cut-out is entered in the case's account, and is zeroed before this settles. */
export async function readFace<T>(
  reader: FaceReader<T>,
  picture: Picture,
  face: Face,
  clock: StageClock,
  account: CaseAccount,
): Promise<T> {
  let held: number | undefined;
  try {
    return await reader.read(picture, face, {
      prepare: (work) => {
        const prepared = clock.prepare(work);
        // Asked for only now: how much lies between picture and input depends on the picture's size.
        held = reader.inputBytes;
        account.cropMade(held);
        return prepared;
      },
      infer: clock.infer,
    });
  } finally {
    if (held !== undefined) account.cropDestroyed(held);
  }
}
