import { describe, expect, it, vi } from 'vitest';
import { Sensor } from '../../../../workers/sensor/sensor.ts';

/** A frame whose planes are the byte 9. */
function frame(timestamp: number) {
  const buffers: Uint8Array[] = [];
  const made = {
    format: 'I420',
    timestamp,
    visibleRect: { width: 4, height: 2 },
    displayWidth: 4,
    displayHeight: 2,
    colorSpace: { matrix: 'bt709', fullRange: false },
    allocationSize: () => 12,
    copyTo: vi.fn((buffer: Uint8Array) => {
      buffers.push(buffer);
      buffer.fill(9);
      return Promise.resolve([{ offset: 0, stride: 4 }]);
    }),
    close: vi.fn(),
  };
  return { frame: made as unknown as VideoFrame, close: made.close, copyTo: made.copyTo, buffers };
}

function rig() {
  const posted: { picture?: { bytes: ArrayBuffer; unseen: number }; ended?: true }[] = [];
  const port = {
    onmessage: undefined as (() => void) | undefined,
    // What is handed over is the sensor's no more.
    postMessage: (message: object, transfer: Transferable[] = []) =>
      void posted.push(structuredClone(message, { transfer })),
  };
  return { posted, sensor: new Sensor(port as unknown as MessagePort), next: () => port.onmessage!() };
}

describe('the sensor', () => {
  it('copies a picture, hands the copy itself over and closes the frame', async () => {
    const { posted, sensor } = rig();
    const given = frame(0);
    await sensor.take(given.frame);
    expect([...new Uint8Array(posted[0]!.picture!.bytes)]).toEqual(new Array(12).fill(9));
    // By value the message would hold a second one until garbage is collected.
    expect(given.buffers[0]!.byteLength).toBe(0);
    expect(given.close).toHaveBeenCalledOnce();
  });

  it('takes none that the camera has not asked for, and tells how many', async () => {
    const { posted, sensor, next } = rig();
    await sensor.take(frame(0).frame);
    const [second, third] = [frame(1), frame(2)];
    await sensor.take(second.frame);
    await sensor.take(third.frame);
    for (const { copyTo, close } of [second, third]) {
      expect(copyTo).not.toHaveBeenCalled();
      expect(close).toHaveBeenCalledOnce();
    }
    next();
    await sensor.take(frame(3).frame);
    expect(posted.map(({ picture }) => picture!.unseen)).toEqual([0, 2]);
  });

  it('closes and overwrites also when a picture cannot be read', async () => {
    const { posted, sensor } = rig();
    const broken = frame(0);
    const half: Uint8Array[] = [];
    broken.copyTo.mockImplementationOnce((buffer) => {
      half.push(buffer.fill(9));
      return Promise.reject(new Error('closed'));
    });
    await sensor.take(broken.frame);
    expect(broken.close).toHaveBeenCalledOnce();
    expect([...half[0]!]).toEqual(new Array(12).fill(0));
    await sensor.take(frame(1).frame);
    expect(posted).toHaveLength(1);
  });

  it('takes none after it was told that it is over', async () => {
    const { posted, sensor } = rig();
    sensor.end();
    const late = frame(0);
    await sensor.take(late.frame);
    expect(late.copyTo).not.toHaveBeenCalled();
    expect(late.close).toHaveBeenCalledOnce();
    expect(posted).toEqual([]);
  });

  it('hands over none that it is copying when it is told that it is over', async () => {
    const { posted, sensor } = rig();
    const given = frame(0);
    const taken = sensor.take(given.frame);
    sensor.end();
    await taken;
    expect(posted).toEqual([]);
    expect([...given.buffers[0]!]).toEqual(new Array(12).fill(0));
  });

  it.each([
    { says: 'ends', how: (c: ReadableStreamDefaultController<VideoFrame>) => c.close() },
    { says: 'breaks', how: (c: ReadableStreamDefaultController<VideoFrame>) => c.error(new Error('gone')) },
  ])('tells the camera when the stream $says', async ({ how }) => {
    const { posted, sensor } = rig();
    await sensor.run(new ReadableStream<VideoFrame>({ start: how }));
    expect(posted).toEqual([{ ended: true }]);
  });
});
