import { describe, expect, it } from 'vitest';
import { FramePool } from '../../../../../workers/camera/frames/pool.ts';
import { Gate } from '../../../../../workers/camera/isolation/gate.ts';
import { Ledger } from '../../../../../workers/camera/ledger/ledger.ts';
import { GREY, HEIGHT, sourceFrame, WIDTH } from '../runtime/fakes.ts';

const tally = new Gate(() => {}).tally;

describe('ledger', () => {
  it('balances: acquired = destroyed + alive, in frames and in bytes', () => {
    const ledger = new Ledger(2);
    ledger.frameAcquired();
    ledger.pixelsMade(100);
    ledger.frameAcquired();
    ledger.pixelsMade(50);
    ledger.frameUnseen(30);
    ledger.pixelsDestroyed(100);
    ledger.frameDestroyed(12);
    const { frames, pixelBytes, lifeMs } = ledger.snapshot(tally);
    expect(frames).toEqual({
      acquired: 3,
      destroyed: 2,
      unseen: 1,
      alive: 1,
      alivePeak: 2,
      capacity: 2,
      waiting: 0,
      waitingPeak: 0,
    });
    expect(pixelBytes).toEqual({ acquired: 180, destroyed: 130, alive: 50 });
    expect(lifeMs).toEqual({ p50: 12, p95: 12, max: 12 });
  });

  it('counts frames that are decoded and not yet processed', () => {
    const ledger = new Ledger(4);
    ledger.sourceHolds(2, 60);
    expect(ledger.snapshot(tally)).toMatchObject({
      frames: { acquired: 2, destroyed: 0, alive: 0, waiting: 2 },
      pixelBytes: { acquired: 60, alive: 60 },
    });
    // One is handed out, the other destroyed because a newer one came.
    ledger.sourceHolds(1, 30);
    ledger.frameAcquired();
    ledger.pixelsMade(30);
    ledger.sourceHolds(0, 0);
    ledger.frameUnseen(30);
    expect(ledger.snapshot(tally)).toMatchObject({
      frames: { acquired: 2, destroyed: 1, unseen: 1, alive: 1, alivePeak: 1, waiting: 0, waitingPeak: 2 },
      pixelBytes: { acquired: 60, destroyed: 30, alive: 30 },
    });
  });

  it('refuses to destroy what never was', () => {
    const ledger = new Ledger(1);
    expect(() => ledger.frameDestroyed(1)).toThrowError(/never was acquired/);
    expect(() => ledger.pixelsDestroyed(1)).toThrowError(/more pixel bytes/);
  });

  it('gives rates since the last look', () => {
    let now = 0;
    const ledger = new Ledger(1, () => now);
    for (let i = 0; i < 10; i++) ledger.frameUnseen(8);
    now = 2000;
    expect(ledger.snapshot(tally).perSecond).toMatchObject({ acquired: 5, destroyed: 5, pixelBytesIn: 40 });
    now = 3000;
    expect(ledger.snapshot(tally).perSecond).toMatchObject({ acquired: 0, pixelBytesIn: 0 });
  });
});

describe('pool', () => {
  const bytes = WIDTH * HEIGHT * 4;

  it('zeroes the buffer and closes the source when a frame is destroyed, once', async () => {
    const ledger = new Ledger(1);
    const pool = new FramePool(1, ledger);
    const closed: number[] = [];
    const frame = await pool.acquire(
      sourceFrame(0, (i) => closed.push(i)),
      0,
    );
    expect(closed).toEqual([0]);
    expect(frame.pixels.every((value) => value === GREY)).toBe(true);
    expect(ledger.snapshot(tally).pixelBytes.alive).toBe(bytes);
    frame.destroy();
    frame.destroy();
    expect(frame.pixels.every((value) => value === 0)).toBe(true);
    expect(ledger.snapshot(tally)).toMatchObject({
      frames: { acquired: 1, destroyed: 1, alive: 0 },
      pixelBytes: { alive: 0 },
    });
  });

  it('uses the same memory again', async () => {
    const pool = new FramePool(1, new Ledger(1));
    const first = await pool.acquire(sourceFrame(0), 0);
    first.destroy();
    const second = await pool.acquire(sourceFrame(1), 1);
    expect(second.pixels.buffer).toBe(first.pixels.buffer);
  });

  it('never holds more frames than it has buffers', async () => {
    const pool = new FramePool(2, new Ledger(2));
    await pool.acquire(sourceFrame(0), 0);
    await pool.acquire(sourceFrame(1), 1);
    const closed: number[] = [];
    const third = sourceFrame(2, (i) => closed.push(i));
    await expect(pool.acquire(third, 2)).rejects.toThrowError(/in use/);
    expect(closed).toEqual([2]);
  });

  it('leaves nothing behind when the copy fails', async () => {
    const ledger = new Ledger(1);
    const pool = new FramePool(1, ledger);
    const broken = { ...sourceFrame(0), copyTo: () => Promise.reject(new Error('decoder gone')) };
    await expect(pool.acquire(broken, 0)).rejects.toThrowError('decoder gone');
    expect(ledger.snapshot(tally)).toMatchObject({
      frames: { acquired: 1, alive: 0 },
      pixelBytes: { alive: 0 },
    });
    await expect(pool.acquire(sourceFrame(1), 1)).resolves.toBeDefined();
  });
});
