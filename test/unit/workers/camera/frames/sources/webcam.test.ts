import { describe, expect, it, vi } from 'vitest';
import { SensorWebcam } from '../../../../../../workers/camera/frames/sources/webcam.ts';
import type { SensorPicture } from '../../../../../../workers/isolation/sensor-message.ts';
import { listen } from './fakes.ts';

const size = { width: 4, height: 2, fps: 30 };
const { signal } = new AbortController();

/** A grey picture of 4 x 2 pixels as a webcam gives it: 8 bytes of luminance, 2 and 2 of colour. */
const picture = (timestamp: number, part: Partial<SensorPicture> = {}): SensorPicture => ({
  bytes: new Uint8Array([...new Array<number>(8).fill(126), 128, 128, 128, 128]).buffer,
  format: 'I420',
  layout: [
    { offset: 0, stride: 4 },
    { offset: 8, stride: 2 },
    { offset: 10, stride: 2 },
  ],
  width: 4,
  height: 2,
  displayWidth: 4,
  displayHeight: 2,
  rotation: 0,
  flip: false,
  matrix: 'smpte170m',
  fullRange: false,
  timestamp,
  unseen: 0,
  ...part,
});

/** A port on which this test is the sensor. */
function open() {
  const port = { onmessage: null, onmessageerror: null, close: vi.fn() } as unknown as MessagePort;
  const { heard, events } = listen();
  const webcam = new SensorWebcam(port, size, events);
  const post = (data: unknown) => port.onmessage?.({ data } as MessageEvent);
  return { port, heard, events, webcam, post };
}

describe('a webcam behind the sensor', () => {
  it('keeps the newest picture only; time starts with the first', async () => {
    const { heard, webcam, post } = open();
    for (const us of [7_000_000, 7_033_000, 7_066_000]) post({ picture: picture(us) });
    const seen = await webcam.next(signal);
    expect(seen).toMatchObject({ timestampUs: 66_000, width: 4, height: 2 });
    expect(heard).toMatchObject({ unseen: 2, held: 0, heldBytes: 0, heldPeak: 1 });
    await webcam.close();
  });

  it('gives RGBA, and leaves nothing of what came', async () => {
    const { webcam, post } = open();
    const came = picture(0);
    post({ picture: came });
    const pixels = new Uint8ClampedArray(4 * 2 * 4);
    await (await webcam.next(signal))!.copyTo(pixels);
    // (126 - 16) * 255 / 219 = 128.08
    expect([...pixels]).toEqual(Array.from({ length: 8 }, () => [128, 128, 128, 255]).flat());
    expect(new Uint8Array(came.bytes)).toEqual(new Uint8Array(12));
  });

  it('overwrites a picture that nobody looks at', async () => {
    const { heard, port, webcam, post } = open();
    const came = picture(0);
    post({ picture: came });
    await webcam.close();
    expect(new Uint8Array(came.bytes)).toEqual(new Uint8Array(12));
    expect(port.close).toHaveBeenCalledOnce();
    expect(heard).toMatchObject({ unseen: 1, held: 0 });
    expect(await webcam.next(signal)).toBeNull();
  });

  it('counts what the sensor destroyed unseen', () => {
    const { heard, post } = open();
    post({ picture: picture(0, { unseen: 3 }) });
    expect(heard.unseen).toBe(3);
  });

  it('acknowledges every picture, once', () => {
    const { port, events, post } = open();
    post({ picture: picture(0) });
    expect(events.acknowledge).toHaveBeenCalledExactlyOnceWith(port);
    post({ picture: picture(1000) });
    expect(events.acknowledge).toHaveBeenCalledTimes(2);
  });

  it('time never runs backwards, whatever the device says', async () => {
    const { webcam, post } = open();
    const times: number[] = [];
    for (const us of [1000, 900, 900, 5000]) {
      post({ picture: picture(us) });
      times.push((await webcam.next(signal))!.timestampUs);
    }
    expect(times).toEqual([0, 1, 2, 4000]);
  });

  it.each([
    { says: 'the sensor says so', how: ({ post }: ReturnType<typeof open>) => post({ ended: true }) },
    {
      says: 'a picture can not be received',
      how: ({ port }: ReturnType<typeof open>) => port.onmessageerror?.({} as MessageEvent),
    },
  ])('is unplugged when $says; the last picture still comes', async ({ how }) => {
    const camera = open();
    camera.post({ picture: picture(0) });
    how(camera);
    expect(await camera.webcam.next(signal)).not.toBeNull();
    await expect(camera.webcam.next(signal)).rejects.toMatchObject({ code: 'camera-unplugged' });
  });

  it('an aborted wait ends at once', async () => {
    const { webcam } = open();
    const abort = new AbortController();
    const waiting = webcam.next(abort.signal);
    abort.abort();
    expect(await waiting).toBeNull();
  });

  it.each([
    { says: 'a side of 10000 pixels', width: 10_000, height: 10, code: 'source-too-large' },
    { says: 'no pixels', width: 0, height: 0, code: 'source-unreadable' },
  ])('refuses $says', ({ width, height, code }) => {
    expect(() => new SensorWebcam({} as MessagePort, { width, height }, listen().events)).toThrowError(
      expect.objectContaining({ code }),
    );
  });
});
