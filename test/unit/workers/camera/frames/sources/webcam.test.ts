import { describe, expect, it, vi } from 'vitest';
import { PortWebcam, StreamWebcam } from '../../../../../../workers/camera/frames/sources/webcam.ts';
import { fakeVideoFrame, listen } from './fakes.ts';

const size = { width: 4, height: 2, fps: 30 };
const { signal } = new AbortController();
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A stream like the one the page hands over. */
function stream() {
  let controller!: ReadableStreamDefaultController<VideoFrame>;
  const cancel = vi.fn();
  const readable = new ReadableStream<VideoFrame>({ start: (c) => void (controller = c), cancel });
  return { readable, cancel, push: (frame: VideoFrame) => controller.enqueue(frame), controller };
}

describe('StreamWebcam', () => {
  it('keeps the newest frame only; time starts with the first', async () => {
    const { readable, push } = stream();
    const { heard, events } = listen();
    const webcam = new StreamWebcam(readable, size, events);
    const frames = [7_000_000, 7_033_000, 7_066_000].map((us) => fakeVideoFrame(us));
    frames.forEach(push);
    await turn();
    const seen = await webcam.next(signal);
    expect(seen).toMatchObject({ timestampUs: 66_000, width: 4, height: 2, bytes: 12 });
    expect(heard).toEqual({ unseen: 2, unseenBytes: 24, held: 0, heldBytes: 0, heldPeak: 1 });
    seen!.close();
    for (const frame of frames) expect(frame.close).toHaveBeenCalledOnce();
    await webcam.close();
  });

  it('time never runs backwards, whatever the device says', async () => {
    const { readable, push } = stream();
    const webcam = new StreamWebcam(readable, size, listen().events);
    const times: number[] = [];
    for (const us of [1000, 900, 900, 5000]) {
      push(fakeVideoFrame(us));
      times.push((await webcam.next(signal))!.timestampUs);
    }
    expect(times).toEqual([0, 1, 2, 4000]);
    await webcam.close();
  });

  it.each([
    { says: 'ends', how: (s: ReturnType<typeof stream>) => s.controller.close() },
    { says: 'breaks', how: (s: ReturnType<typeof stream>) => s.controller.error(new Error('gone')) },
  ])('is unplugged when the stream $says; the last frame still comes', async ({ how }) => {
    const source = stream();
    const webcam = new StreamWebcam(source.readable, size, listen().events);
    source.push(fakeVideoFrame(0));
    await turn();
    how(source);
    await turn();
    expect(await webcam.next(signal)).not.toBeNull();
    await expect(webcam.next(signal)).rejects.toMatchObject({ code: 'camera-unplugged' });
    await webcam.close();
    expect(await webcam.next(signal)).toBeNull();
  });

  it('gives the stream back when it is closed, and destroys what still comes', async () => {
    const { readable, push, cancel } = stream();
    const { heard, events } = listen();
    const webcam = new StreamWebcam(readable, size, events);
    const frame = fakeVideoFrame(0);
    push(frame);
    await turn();
    const waiting = webcam.next(signal);
    await waiting;
    const second = webcam.next(signal);
    await webcam.close();
    await webcam.close();
    expect(await second).toBeNull();
    expect(cancel).toHaveBeenCalledOnce();
    expect(heard.held).toBe(0);
  });

  it('an aborted wait ends at once', async () => {
    const webcam = new StreamWebcam(stream().readable, size, listen().events);
    const abort = new AbortController();
    const waiting = webcam.next(abort.signal);
    abort.abort();
    expect(await waiting).toBeNull();
    await webcam.close();
  });

  it.each([
    { says: 'a side of 10000 pixels', width: 10_000, height: 10, code: 'source-too-large' },
    { says: 'no pixels', width: 0, height: 0, code: 'source-unreadable' },
  ])('refuses $says', ({ width, height, code }) => {
    expect(() => new StreamWebcam(stream().readable, { width, height }, listen().events)).toThrowError(
      expect.objectContaining({ code }),
    );
  });
});

describe('PortWebcam', () => {
  /** A port on which this test is the page. */
  function open() {
    const port = { onmessage: null, onmessageerror: null, close: vi.fn() } as unknown as MessagePort;
    const { heard, events } = listen();
    const webcam = new PortWebcam(port, size, events);
    const post = (data: unknown) => port.onmessage?.({ data } as MessageEvent);
    return { port, heard, events, webcam, post };
  }

  it('acknowledges every frame, once', async () => {
    const { port, events, webcam, post } = open();
    post({ frame: fakeVideoFrame(0) });
    expect(events.acknowledge).toHaveBeenCalledExactlyOnceWith(port);
    expect((await webcam.next(signal))?.timestampUs).toBe(0);
    post({ frame: fakeVideoFrame(50_000) });
    post({ frame: fakeVideoFrame(90_000) });
    expect(events.acknowledge).toHaveBeenCalledTimes(3);
    expect((await webcam.next(signal))?.timestampUs).toBe(90_000);
  });

  it.each([
    { says: 'the page says so', how: ({ post }: ReturnType<typeof open>) => post({ ended: true }) },
    {
      says: 'a frame can not be received',
      how: ({ port }: ReturnType<typeof open>) => port.onmessageerror?.({} as MessageEvent),
    },
  ])('is unplugged when $says', async ({ how }) => {
    const camera = open();
    const waiting = camera.webcam.next(signal);
    how(camera);
    await expect(waiting).rejects.toMatchObject({ code: 'camera-unplugged' });
  });

  it('closes its port and destroys what it kept', async () => {
    const { port, heard, webcam, post } = open();
    const frame = fakeVideoFrame(0);
    post({ frame });
    await webcam.close();
    expect(frame.close).toHaveBeenCalledOnce();
    expect(port.close).toHaveBeenCalledOnce();
    expect(heard).toMatchObject({ unseen: 1, held: 0 });
  });
});
