/** What cases 1 and 3 share: which face of a frame is read, and the account of its cut-out. */
import type { CaseAccount } from '../../ledger/case-account.ts';
import type { Picture } from '../../frames/frame.ts';
import type { StageClock } from '../../inference/engine.ts';
import type { FaceReader } from '../../inference/faces.ts';
import type { Detection } from '../../vision/geometry/detection.ts';
import { clarityOf, passes, viewOf, worthOf, type Face } from '../../vision/faces/faces.ts';
import type { Evidence, FaceTrack } from '../../vision/faces/face-tracks.ts';
import type { Seen } from '../pipeline.ts';
import { withCrops } from './crops.ts';

/** Evidence that grows with readings and knows when it has enough. */
export interface ReadEvidence extends Evidence {
  /** Readings so far. */
  readonly readings: number;
  /** Whether a view of this worth, 0..1, would add to it. */
  wants(worth: number, atS: number): boolean;
}

/** A view that is worth a reading. */
interface Choice<E extends ReadEvidence> {
  readonly passage: FaceTrack<E>;
  readonly face: Detection;
  /** 0..1 */
  readonly worth: number;
}

/** The face most in need of a reading: the one with the fewest, of these the best view. */
function chooseFace<E extends ReadEvidence>(
  present: readonly FaceTrack<E>[],
  seen: Seen,
): Choice<E> | undefined {
  const choices = present.flatMap((passage): Choice<E>[] => {
    const { face, evidence } = passage;
    if (!face) return [];
    const view = viewOf(face, seen);
    const worth = worthOf(view) * face.score;
    return passes(view) && evidence.wants(worth, seen.timeS) ? [{ passage, face, worth }] : [];
  });
  const readings = ({ passage }: Choice<E>) => passage.evidence.readings;
  return choices.sort((a, b) => readings(a) - readings(b) || b.worth - a.worth)[0];
}

/** What was read of the face that needed it most. */
export interface BestReading<E extends ReadEvidence, T> {
  readonly passage: FaceTrack<E>;
  readonly face: Face;
  readonly read: T;
  /** What the reading is worth as evidence, 0..1: the view's worth times its clarity. */
  readonly weight: number;
}

/**
 * Reads one face of a frame at most, so that the frame rate does not depend on how many are in the picture. The cut-out is
 * entered in the case's account, and is zeroed before this settles.
 * @returns undefined where no face needs a reading
 */
export async function readBestFace<E extends ReadEvidence, T extends { readonly sharpness: number }>(
  reader: FaceReader<T>,
  present: readonly FaceTrack<E>[],
  picture: Picture,
  seen: Seen,
  clock: StageClock,
  account: CaseAccount,
): Promise<BestReading<E, T> | undefined> {
  const choice = chooseFace(present, seen);
  if (!choice) return undefined;
  const { passage, face, worth } = choice;
  const read = await readFace(reader, picture, face, clock, account);
  return { passage, face, read, weight: worth * clarityOf(read.sharpness, reader.width) };
}

/** Reads a face; the cut-out is entered in the case's account, and is zeroed before this settles. */
export async function readFace<T>(
  reader: FaceReader<T>,
  picture: Picture,
  face: Face,
  clock: StageClock,
  account: CaseAccount,
): Promise<T> {
  return withCrops(reader, clock, account, (booked) => reader.read(picture, face, booked));
}
