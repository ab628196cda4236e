import { Tracker, type TrackerOptions } from '../../../../../../workers/camera/vision/tracking/tracker.ts';
import { PICTURE, type Actor, type Frame } from '../world.ts';

/** What became of the objects: for each, the ids it was tracked under in turn; and what else was tracked. */
export function follow(frames: readonly Frame[], options: TrackerOptions = {}) {
  const tracker = new Tracker({ picture: PICTURE, ...options });
  const idsOf: number[][] = [];
  const labels = new Map<number, string>();
  for (const { timeS, found, actor } of frames) {
    const tracks = tracker.update(found, timeS).filter((t) => t.confirmed && !t.lost);
    for (const t of tracks) labels.set(t.id, t.label);
    actor.forEach((who, i) => {
      const track = tracks.find((t) => t.observed === found[i]!.box);
      const ids = (idsOf[who] ??= []);
      if (track && ids[ids.length - 1] !== track.id) ids.push(track.id);
    });
  }
  return { idsOf, labels, tracker };
}

export const walker: Actor = {
  width: 30,
  height: 80,
  way: [
    [0, 100, 200],
    [8, 500, 220],
  ],
};
export const car = (speed: number): Actor => ({
  label: 'car',
  width: 120,
  height: 60,
  way: [
    [0, 60, 200],
    [520 / speed, 580, 200],
  ],
});
