/** What a tracker says of what it follows: its name, whether it is believed, where it is. */
import { describe, expect, it } from 'vitest';
import { centreOf, iou } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Box } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import type { Track } from '../../../../../../workers/camera/vision/tracking/track.ts';
import { Tracker, type TrackerOptions } from '../../../../../../workers/camera/vision/tracking/tracker.ts';
import { car, follow, walker } from './followed.ts';
import { film, PICTURE, type Actor, type Frame } from '../world.ts';

describe('what an object is called', () => {
  const place: Box = [200, 200, 320, 260];
  /** A car drives by; `labels` says what it is called in each frame. */
  const drive = (labels: readonly (readonly [string, number][])[]): Frame[] =>
    labels.map((calls, n) => ({
      timeS: n / 10,
      found: calls.map(([label, score]) => ({
        label,
        score,
        box: [place[0] + 6 * n, place[1], place[2] + 6 * n, place[3]],
      })),
      actor: calls.map(() => 0),
    }));

  it.each<{ says: string; frames: Frame[]; labels: string[] }>([
    {
      says: 'car, truck and bus by turns are one vehicle, called what is said most',
      frames: drive([0, 1, 2, 0, 1, 0, 2, 0, 0, 1].map((k) => [[['car', 'truck', 'bus'][k]!, 0.6]])),
      labels: ['car'],
    },
    {
      says: 'one loud mistake does not outweigh many quiet truths',
      frames: drive(
        [['bus', 0.9], ...Array.from({ length: 9 }, () => ['car', 0.5] as [string, number])].map((c) => [
          c as [string, number],
        ]),
      ),
      labels: ['car'],
    },
    {
      says: 'a car and a truck in one place are one vehicle',
      frames: drive(
        Array.from({ length: 8 }, () => [
          ['car', 0.6],
          ['truck', 0.5],
        ]),
      ),
      labels: ['car'],
    },
    {
      says: 'a sure person where a car was is another object',
      frames: drive(Array.from({ length: 12 }, (_, n) => [[n < 6 ? 'car' : 'person', 0.7]])),
      labels: ['car', 'person'],
    },
    {
      says: 'a faint person where a car must be is the car',
      frames: drive(
        Array.from({ length: 16 }, (_, n) => [
          [n < 6 || n > 10 ? 'car' : 'person', n < 6 || n > 10 ? 0.6 : 0.15],
        ]),
      ),
      labels: ['car'],
    },
    {
      says: 'what faint calls begin as a person and go on as a car is a car',
      frames: drive(Array.from({ length: 30 }, (_, n) => [[n < 6 ? 'person' : 'car', n < 6 ? 0.12 : 0.3]])),
      labels: ['car'],
    },
  ])('$says', ({ frames, labels }) => {
    const { labels: found } = follow(frames);
    expect([...found.values()].sort()).toEqual([...labels].sort());
  });
});

describe('what is believed', () => {
  const confirmedOf = (frames: readonly Frame[], options?: TrackerOptions) =>
    follow(frames, options).labels.size;

  it.each<{ says: string; frames: Frame[]; confirmed: number }>([
    {
      says: 'not a single detection',
      frames: film([
        {
          ...walker,
          way: [
            [0, 100, 200],
            [0.1, 101, 200],
          ],
        },
      ]).slice(0, 1),
      confirmed: 0,
    },
    {
      says: 'not two',
      frames: film([
        {
          ...walker,
          way: [
            [0, 100, 200],
            [0.1, 105, 200],
          ],
        },
      ]),
      confirmed: 0,
    },
    {
      says: 'three sure ones',
      frames: film([
        {
          ...walker,
          way: [
            [0, 100, 200],
            [0.2, 110, 200],
          ],
        },
      ]),
      confirmed: 1,
    },
    {
      says: 'not a faint thing that stays where it is, however long',
      frames: film(
        [
          {
            ...walker,
            score: 0.25,
            way: [
              [0, 300, 200],
              [20, 300, 200],
            ],
          },
        ],
        { jitter: 0.05 },
      ),
      confirmed: 0,
    },
    {
      says: 'a faint thing that travels',
      frames: film([{ ...walker, score: 0.2 }], { jitter: 0.04 }),
      confirmed: 1,
    },
    { says: 'nothing below the least score', frames: film([{ ...walker, score: 0.09 }]), confirmed: 0 },
    {
      says: 'not a faint part of something sure that moves with it',
      frames: film([
        walker,
        {
          ...walker,
          score: 0.2,
          width: 24,
          height: 30,
          way: walker.way.map(([t, x, y]) => [t, x, y + 20] as const),
        },
      ]),
      confirmed: 1,
    },
  ])('$says', ({ frames, confirmed }) => {
    expect(confirmedOf(frames)).toBe(confirmed);
  });

  it('faint detections keep an object that was sure', () => {
    const frames = film([walker]).map((frame) => ({
      ...frame,
      found: frame.found.map((d) => ({ ...d, score: frame.timeS > 2 && frame.timeS < 6 ? 0.15 : 0.8 })),
    }));
    const { idsOf, tracker } = follow(frames);
    expect(idsOf[0]).toHaveLength(1);
    expect(tracker.update([], 8.1)[0]).toMatchObject({ hits: 81, lost: true });
  });
});

describe('what a track tells', () => {
  it('its times, hits and velocity in pixels a second', () => {
    const tracker = new Tracker({ picture: PICTURE });
    let tracks: readonly Track[] = [];
    for (const { timeS, found } of film([walker], { fps: 10 })) tracks = tracker.update(found, timeS);
    const [track] = tracks;
    expect(track).toMatchObject({
      label: 'person',
      hits: 81,
      firstSeenS: 0,
      lastSeenS: 8,
      ageS: 8,
      lost: false,
      score: 0.8,
    });
    expect(track!.velocity[0]).toBeCloseTo(50, 0);
    expect(track!.velocity[1]).toBeCloseTo(2.5, 0);
    expect(iou(track!.box, track!.observed)).toBeGreaterThan(0.95);
  });

  it('it goes on, lost, where it should be, and ends after its time', () => {
    const tracker = new Tracker({ picture: PICTURE, lostForS: 1 });
    for (const { timeS, found } of film([walker]).slice(0, 41)) tracker.update(found, timeS);
    const [track] = tracker.update([], 4.5);
    expect(track).toMatchObject({ lost: true, lastSeenS: 4, named: true });
    expect(centreOf(track!.box)[0]).toBeCloseTo(100 + 50 * 4.5, -1);
    expect(tracker.update([], 5)).toHaveLength(1);
    expect(tracker.update([], 5.1)).toHaveLength(0);
    expect(tracker.ended().map((t) => t.id)).toEqual([track!.id]);
    tracker.update([], 5.2);
    expect(tracker.ended()).toHaveLength(0);
  });

  it('the border is not its end: a leaving box goes on beyond it with its size', () => {
    const leaving: Actor = {
      ...car(200),
      way: [
        [0, 320, 200],
        [2.2, 760, 200],
      ],
    };
    const tracker = new Tracker({ picture: PICTURE });
    let last: Track | undefined;
    for (const { timeS, found } of film([leaving])) {
      const [track] = tracker.update(found, timeS);
      if (!track || track.lost) break;
      last = {
        ...track,
        box: track.box,
        observed: track.observed,
        velocity: track.velocity,
        cut: track.cut,
      } as Track;
      if (timeS < 1) continue;
      expect(track.box[2] - track.box[0]).toBeCloseTo(120, -1);
      expect(track.velocity[0]).toBeCloseTo(200, -1);
    }
    expect(last!.cut).toEqual({ left: false, top: false, right: true, bottom: false });
    expect(last!.box[2]).toBeGreaterThan(PICTURE.width + 60);
    expect(last!.observed[2]).toBe(PICTURE.width);
  });

  it('an entering box moves at its full speed from the beginning, although it only grows', () => {
    const entering: Actor = {
      ...car(200),
      way: [
        [0, -60, 200],
        [3, 540, 200],
      ],
    };
    const tracker = new Tracker({ picture: PICTURE });
    for (const { timeS, found } of film([entering])) {
      const [track] = tracker.update(found, timeS);
      if (timeS > 0.35 && timeS < 0.6) {
        expect(track!.cut.left).toBe(true);
        expect(track!.velocity[0]).toBeGreaterThan(140);
      }
    }
  });

  it('ends as soon as it has left the picture', () => {
    const tracker = new Tracker({ picture: PICTURE });
    const leaving: Actor = {
      ...car(400),
      way: [
        [0, 300, 200],
        [1.2, 780, 200],
      ],
    };
    const frames = film([leaving]);
    for (const { timeS, found } of frames) tracker.update(found, timeS);
    expect(tracker.update([], 1.3)).toHaveLength(0);
  });
});

describe('what looks like something for a while', () => {
  const box: Box = [300, 100, 330, 180];
  /** Shares of the frames in which it is told, of ten seconds each, by the score at each frame. */
  const told = (score: (frame: number) => number | undefined, at: (frame: number) => Box = () => box) => {
    const tracker = new Tracker({ picture: PICTURE });
    let seen = 0;
    for (let frame = 0; frame < 200; frame++) {
      const s = score(frame);
      const found = s === undefined ? [] : [{ label: 'person', score: s, box: at(frame) }];
      const tracks = tracker.update(found, frame / 10);
      if (tracks.some(({ confirmed, lost }) => confirmed && !lost)) seen++;
    }
    return seen / 200;
  };

  it('a plant that was sure for a moment is soon nothing, however long it is seen faintly', () => {
    expect(told((frame) => (frame < 4 ? 0.5 : 0.2))).toBeLessThan(0.05);
    expect(told((frame) => (frame < 4 ? 0.5 : 0.3))).toBeLessThan(0.3);
  });

  it('a faint thing one of whose edges trembles never is anything', () => {
    expect(
      told(
        () => 0.15,
        (frame) => [300, 100, 330, frame % 3 ? 150 : 180],
      ),
    ).toBe(0);
  });

  it('a person who stands and is sure now and then stays', () => {
    expect(told((frame) => (frame < 4 || frame % 30 === 0 ? 0.5 : 0.3))).toBeGreaterThan(0.95);
  });

  it('a faint one who walks is followed', () => {
    const walks = (frame: number): Box => [100 + 3 * frame, 100, 130 + 3 * frame, 180];
    expect(told((frame) => (frame < 4 ? 0.5 : 0.15), walks)).toBeGreaterThan(0.8);
  });
});
