import { describe, expect, it, vi } from 'vitest';
import { Fault } from '../../../../../../workers/camera/isolation/fault.ts';
import { Condition } from '../../../../../../workers/camera/frames/sources/condition.ts';
import { SourceClock } from '../../../../../../workers/camera/frames/sources/clock.ts';
import { addUp, FrameQueue } from '../../../../../../workers/camera/frames/sources/frame-queue.ts';
import { asFault, checkSize } from '../../../../../../workers/camera/frames/sources/limits.ts';
import {
  allocation,
  PictureReader,
  UPRIGHT,
  type PictureFacts,
} from '../../../../../../workers/camera/frames/sources/picture.ts';
import { fakeFrame, fakeVideoFrame, listen } from './fakes.ts';

describe('Bell', () => {
  it('wakes everybody who waits, and nobody who comes later', async () => {
    const bell = new Condition();
    const order: string[] = [];
    const first = bell.wait().then(() => order.push('first'));
    const second = bell.wait().then(() => order.push('second'));
    bell.ring();
    await Promise.all([first, second]);
    const third = bell.wait(undefined, 10).then(() => order.push('third'));
    await Promise.resolve();
    expect(order).toEqual(['first', 'second']);
    await third;
  });

  it('leaves no listener on a signal that outlives the wait', async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    const bell = new Condition();
    const waiting = bell.wait(signal, 1000);
    bell.ring();
    await waiting;
    expect(add).toHaveBeenCalledTimes(1);
    expect(remove).toHaveBeenCalledTimes(1);
  });

  it('does not wait on a signal that is aborted already', async () => {
    await new Condition().wait(AbortSignal.abort());
  });
});

describe('SourceClock', () => {
  it('stands, runs, stands and goes where it is told', () => {
    let now = 1000;
    const clock = new SourceClock(() => now);
    now += 50;
    expect([clock.running, clock.positionMs]).toEqual([false, 0]);
    clock.run();
    clock.run();
    now += 30;
    expect([clock.running, clock.positionMs]).toEqual([true, 30]);
    clock.stand();
    clock.stand();
    now += 500;
    expect(clock.positionMs).toBe(30);
    clock.seek(200);
    clock.run();
    now += 1;
    expect(clock.positionMs).toBe(201);
    clock.seek(5);
    now += 2;
    expect(clock.positionMs).toBe(7);
  });
});

describe('Holding', () => {
  it('tells every change, and destroys the oldest first', () => {
    const { heard, events } = listen();
    const holding = new FrameQueue(events);
    const [a, b, c] = [fakeFrame(1, 10), fakeFrame(2, 20), fakeFrame(3, 30)];
    [a, b, c].forEach((frame) => holding.push(frame));
    expect(heard).toMatchObject({ held: 3, heldBytes: 60, unseen: 0 });
    holding.drop(1);
    expect([a.closed, b.closed, c.closed]).toEqual([1, 0, 0]);
    expect(heard).toMatchObject({ held: 2, heldBytes: 50, unseen: 1, unseenBytes: 10 });
    expect([holding.at(0), holding.at(1), holding.at(2)]).toEqual([b, c, undefined]);
    expect(holding.take()).toBe(b);
    expect(b.closed).toBe(0);
    holding.drop();
    holding.drop();
    expect(heard).toMatchObject({ held: 0, heldBytes: 0, unseen: 2, heldPeak: 3 });
    expect(holding.take()).toBeUndefined();
  });
});

describe('addUp', () => {
  it('gives the camera the sum of what all holders keep', () => {
    const { heard, events } = listen();
    const holder = addUp(events);
    const [inner, outer] = [new FrameQueue(holder()), new FrameQueue(holder())];
    [1, 2].forEach((us) => inner.push(fakeFrame(us, 10)));
    outer.push(inner.take()!);
    inner.push(fakeFrame(3, 10));
    expect(heard).toMatchObject({ held: 3, heldBytes: 30 });
    outer.drop();
    inner.drop();
    expect(heard).toMatchObject({ held: 0, heldBytes: 0, unseen: 3, heldPeak: 3 });
  });
});

describe('checkSize', () => {
  it.each([
    { says: '8K UHD', size: [7680, 4320], code: undefined },
    { says: 'one pixel', size: [1, 1], code: undefined },
    { says: 'a side too long', size: [8193, 10], code: 'source-too-large' },
    { says: 'too many pixels', size: [8192, 8192], code: 'source-too-large' },
    { says: 'no pixel', size: [0, 10], code: 'source-unreadable' },
    { says: 'no number', size: [NaN, 10], code: 'source-unreadable' },
  ] as const)('$says: $code', ({ size, code }) => {
    const check = () => checkSize(size[0], size[1]);
    if (code) expect(check).toThrowError(expect.objectContaining({ code }));
    else expect(check).not.toThrow();
  });
});

describe('asFault', () => {
  it('lets a fault pass and wraps everything else', () => {
    const fault = new Fault('camera-busy', 'taken');
    expect(asFault(fault, 'internal', 'x')).toBe(fault);
    const cause = new TypeError('oops');
    expect(asFault(cause, 'source-unreadable', 'reading')).toMatchObject({
      code: 'source-unreadable',
      message: 'reading: oops',
      cause,
    });
    expect(asFault('text', 'internal', 'x').message).toBe('x: text');
  });
});

describe('bytes of a picture', () => {
  const facts = (width: number, height: number): PictureFacts => ({
    ...{ format: 'I420', width, height, displayWidth: width, displayHeight: height },
    ...UPRIGHT,
  });

  it('counts what the decoder took, the planes and pixels made of it, and the copies of one that must be redrawn', () => {
    const reader = new PictureReader(4, 2);
    // The decoder's own, its planes here, and RGBA.
    expect(reader.bytes(12, facts(4, 2))).toBe(12 + 12 + 32);
    // Another size than the source's: a picture at its own size, drawn on a canvas, copied from there.
    expect(reader.bytes(48, facts(8, 4))).toBe(48 + 48 + 128 + 128 + 3 * 32);
    // Turned: a picture as it lies, and one that is upright.
    expect(new PictureReader(2, 4, { rotation: 90, flip: false }).bytes(12, facts(4, 2))).toBe(
      12 + 12 + 32 + 2 * 32,
    );
  });

  it('takes a picture on a GPU, and one that is closed already, as RGBA', () => {
    expect(allocation({ ...fakeVideoFrame(0, 4, 2), format: null } as VideoFrame)).toBe(32);
    const closed = { ...fakeVideoFrame(0, 4, 2), allocationSize: () => { throw new Error('closed'); } }; // prettier-ignore
    expect(allocation(closed as unknown as VideoFrame)).toBe(32);
  });
});
