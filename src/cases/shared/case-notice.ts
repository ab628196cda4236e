/** What a case tells its notices beyond its life cycle: what it does in one phrase, and the pictograms of its data. */
import type { PictogramName } from '../../notices/drawing/pictograms.ts';
import type { Text } from './life-cycle.ts';

export interface CaseNotice {
  /** What is done, as a phrase that the sentences of a notice take in. */
  readonly activity: Text;
  /** Whether the camera hangs at a place or drives through the streets. */
  readonly carrier: 'place' | 'vehicle';
  /** What is done with faces; a notice must name face recognition (PPC's answers on the law, Q1-14). */
  readonly faces: 'none' | 'attributes' | 'recognition';
  /** Whether what is kept is shown to the public, as a station's crowding is. */
  readonly published: boolean;
  /** What is filmed. */
  readonly scene: PictogramName;
  /** One for each item of the life cycle's data, in its order. */
  readonly drawings: readonly PictogramName[];
}
