import { describe, expect, it } from 'vitest';
import { FaceViews } from '../../../../../../../workers/camera/cases/repeat-visits/vision/face-views.ts';

describe('readings of one face', () => {
  /** Each view better than all before, five a second: none is refused for its worth or its time. */
  const read = (times: number) => {
    const views = new FaceViews(() => {});
    for (let i = 0; i < times; i++) {
      expect(views.wants(0.2 + i * 0.01, i / 5)).toBe(true);
      views.add(new Float32Array([1, i]), 0.2 + i * 0.01, i / 5);
    }
    return views;
  };

  it('end after fifteen, however good the next view is', () => {
    expect(read(15).wants(1, 100)).toBe(false);
  });

  it('begin anew when the face is needed once more', () => {
    const views = read(15);
    views.settle();
    views.reopen();
    expect(views.wants(0.5, 100)).toBe(true);
  });
});
