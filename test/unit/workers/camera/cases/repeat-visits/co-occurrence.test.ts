import { describe, expect, it } from 'vitest';
import { CoOccurrence } from '../../../../../../workers/camera/cases/repeat-visits/co-occurrence.ts';
import { FaceViews } from '../../../../../../workers/camera/cases/repeat-visits/vision/face-views.ts';
import { CaseAccount } from '../../../../../../workers/camera/ledger/case-account.ts';
import type { FaceTrack } from '../../../../../../workers/camera/vision/faces/face-tracks.ts';
import type { Box } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { view } from './vault/faces.ts';

/** A face that was in the picture from one moment to another, seconds, with enough views to be told from others. */
function face(who: number, fromS: number, toS: number, x: number): FaceTrack<FaceViews> {
  const evidence = new FaceViews(() => {});
  for (let i = 0; i < 3; i++) evidence.add(view(who, i), 0.8, fromS + i * 0.1);
  const box: Box = [x, 100, x + 80, 180];
  return {
    evidence,
    track: { box, firstSeenS: fromS } as FaceTrack<FaceViews>['track'],
    face: undefined,
    believed: true,
    firstSeenS: fromS,
    lastSeenS: toS,
  };
}

describe('two faces are two people', () => {
  it.each([
    { says: 'when they were in the picture together for half a second', fromS: 1.5, x: 300, rivals: 1 },
    {
      says: 'not after a fifth of a second: one may be the other, found twice',
      fromS: 1.8,
      x: 300,
      rivals: 0,
    },
    { says: 'not when one left before the other came', fromS: 2.5, x: 300, rivals: 0 },
    { says: 'not when their boxes overlap', fromS: 1, x: 150, rivals: 0 },
  ])('$says', ({ fromS, x, rivals }) => {
    const account = new CaseAccount('repeat-visits', () => {});
    const together = new CoOccurrence(account);
    const here = face(1, 0, 2, 100);
    const other = face(2, fromS, 4, x);
    together.compare(here, [other]);
    expect(together.rivals(here, [other])).toHaveLength(rivals);
    expect(together.strangers.pairs).toBe(rivals);
  });
});
