import { describe, expect, it, vi } from 'vitest';
import { SceneSource, type SceneMessage } from '../../../../../../workers/camera/frames/sources/scene.ts';
import { fakeVideoFrame, listen } from './fakes.ts';

const size = { width: 4, height: 2, fps: 15 };
const { signal } = new AbortController();

/** A port as the source uses it, played from the scene's side. */
function rig() {
  const port = { onmessage: null, onmessageerror: null, close: vi.fn() } as unknown as MessagePort;
  const { heard, events } = listen();
  const source = new SceneSource(port, size, events);
  const say = (data: SceneMessage) => port.onmessage?.({ data } as MessageEvent);
  return { port, heard, events, source, say };
}

describe('SceneSource', () => {
  it('asks for the next frame only when one was taken', async () => {
    const { source, say, events } = rig();
    say({ frame: fakeVideoFrame(66_000) });
    expect(events.acknowledge).not.toHaveBeenCalled();
    expect(await source.next(signal)).toMatchObject({ timestampUs: 66_000, width: 4, height: 2 });
    expect(events.acknowledge).toHaveBeenCalledOnce();
  });

  it("keeps the scene's own time, by which its truth is told, and never lets it run backwards", async () => {
    const { source, say } = rig();
    const times: number[] = [];
    for (const us of [5_000_000, 4_000_000, 5_100_000]) {
      say({ frame: fakeVideoFrame(us) });
      times.push((await source.next(signal))!.timestampUs);
    }
    expect(times).toEqual([5_000_000, 5_000_001, 5_100_000]);
  });

  it('follows a change of the picture size from frame to frame', async () => {
    const { source, say } = rig();
    say({ frame: fakeVideoFrame(0) });
    await source.next(signal);
    say({ frame: fakeVideoFrame(1, 8, 4) });
    expect(await source.next(signal)).toMatchObject({ width: 8, height: 4 });
    expect([source.width, source.height]).toEqual([8, 4]);
  });

  it('destroys the older of two frames of a scene that does not wait', () => {
    const { say, heard } = rig();
    const first = fakeVideoFrame(0);
    say({ frame: first });
    say({ frame: fakeVideoFrame(1) });
    expect(first.close).toHaveBeenCalledOnce();
    expect(heard).toMatchObject({ unseen: 1, held: 1, heldPeak: 1 });
  });

  it('gives what it has, then says that the scene is lost', async () => {
    const { source, say } = rig();
    say({ frame: fakeVideoFrame(0) });
    say({ ended: true });
    expect(await source.next(signal)).not.toBeNull();
    await expect(source.next(signal)).rejects.toMatchObject({ code: 'scene-lost' });
  });

  it('closes the port and what waits, once', async () => {
    const { source, say, port, heard } = rig();
    const frame = fakeVideoFrame(0);
    say({ frame });
    await source.close();
    await source.close();
    expect(frame.close).toHaveBeenCalledOnce();
    expect(port.close).toHaveBeenCalledOnce();
    expect(heard).toMatchObject({ unseen: 1, held: 0 });
    expect(await source.next(signal)).toBeNull();
  });

  it('is refused with a size no camera takes', () => {
    const port = { close: vi.fn() } as unknown as MessagePort;
    expect(() => new SceneSource(port, { width: 0, height: 2 }, listen().events)).toThrow(/0 x 2/);
  });
});
