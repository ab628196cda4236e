import { afterEach, describe, expect, it, vi } from 'vitest';
import { constraints, listCameras, openCamera, watchCameras } from '../../../../src/camera/devices.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser whose devices are these. */
function browser(mediaDevices: object | undefined) {
  vi.stubGlobal('navigator', { mediaDevices });
}

describe('openCamera', () => {
  it.each([
    { error: 'NotAllowedError', code: 'camera-denied' },
    { error: 'SecurityError', code: 'camera-denied' },
    { error: 'NotFoundError', code: 'camera-absent' },
    { error: 'OverconstrainedError', code: 'camera-absent' },
    { error: 'NotReadableError', code: 'camera-busy' },
    { error: 'AbortError', code: 'camera-busy' },
    { error: 'SomethingNewError', code: 'camera-absent' },
  ])('$error is $code', async ({ error, code }) => {
    browser({ getUserMedia: () => Promise.reject(new DOMException('no', error)) });
    await expect(openCamera()).rejects.toMatchObject({ name: 'DeviceFault', code });
  });

  it('without a secure context there is no camera', async () => {
    browser(undefined);
    await expect(openCamera()).rejects.toMatchObject({ code: 'camera-absent' });
    expect(await listCameras()).toEqual([]);
  });

  it('switches the device off when its frames cannot be handed over', async () => {
    const track = { stop: vi.fn(), getSettings: () => ({}) };
    browser({ getUserMedia: () => Promise.resolve({ getVideoTracks: () => [track] }) });
    vi.stubGlobal(
      'MediaStreamTrackProcessor',
      class {
        constructor() {
          throw new DOMException('taken', 'NotReadableError');
        }
      },
    );
    await expect(openCamera({}, 'stream')).rejects.toMatchObject({ code: 'camera-busy' });
    expect(track.stop).toHaveBeenCalledOnce();
  });

  it.each([
    { says: 'what the device states', settings: { width: 1280, height: 720, frameRate: 25 }, fps: 25 },
    { says: 'VGA where it states nothing', settings: {}, width: 640, height: 480 },
  ])('hands over a stream with $says', async ({ settings, fps, width = 1280, height = 720 }) => {
    const readable = new ReadableStream();
    const processor = vi.fn(function (this: { readable: ReadableStream }) {
      this.readable = readable;
    });
    vi.stubGlobal('MediaStreamTrackProcessor', processor);
    const track = { stop: vi.fn(), getSettings: () => settings };
    browser({ getUserMedia: () => Promise.resolve({ getVideoTracks: () => [track] }) });
    const sensor = { postMessage: vi.fn(), terminate: vi.fn() };
    vi.stubGlobal(
      'Worker',
      vi.fn(function () {
        return sensor;
      }),
    );
    const { spec, transfer, close } = await openCamera();
    expect(spec).toEqual({ kind: 'webcam', port: transfer[0], width, height, ...(fps && { fps }) });
    // The sensor gets the stream, and the port whose other end goes into the camera.
    const [started, given] = sensor.postMessage.mock.calls[0]!;
    expect(started).toEqual({ frames: readable, camera: given[1] });
    expect(given[0]).toBe(readable);
    expect(given[1]).not.toBe(transfer[0]);
    expect(processor).toHaveBeenCalledExactlyOnceWith({ track, maxBufferSize: 1 });
    close();
    expect(track.stop).toHaveBeenCalledOnce();
    // It has a moment to overwrite what it had.
    expect(sensor.postMessage).toHaveBeenLastCalledWith('end');
    await vi.waitFor(() => expect(sensor.terminate).toHaveBeenCalledOnce());
  });
});

describe('constraints', () => {
  it.each([
    {
      says: 'nothing asked: whatever looks outwards',
      settings: {},
      asks: { facingMode: { ideal: 'environment' } },
    },
    {
      says: 'a named device is insisted on',
      settings: { deviceId: 'a1' },
      asks: { deviceId: { exact: 'a1' } },
    },
    {
      says: 'size and rate are wishes',
      settings: { facing: 'user', width: 640, height: 360, fps: 15 } as const,
      asks: {
        facingMode: { ideal: 'user' },
        width: { ideal: 640 },
        height: { ideal: 360 },
        frameRate: { ideal: 15 },
      },
    },
  ])('$says', ({ settings, asks }) => {
    expect(constraints(settings)).toEqual(asks);
  });
});

describe('the list of cameras', () => {
  it('leaves out what is no camera', async () => {
    const devices = [
      { kind: 'audioinput', deviceId: 'm', label: 'Microphone' },
      { kind: 'videoinput', deviceId: 'v', label: 'Webcam' },
    ];
    browser({ enumerateDevices: () => Promise.resolve(devices) });
    expect(await listCameras()).toEqual([{ id: 'v', label: 'Webcam' }]);
  });

  it('tells changes until it is told to stop', () => {
    const mediaDevices = new EventTarget();
    browser(mediaDevices);
    const changed = vi.fn();
    const stop = watchCameras(changed);
    mediaDevices.dispatchEvent(new Event('devicechange'));
    stop();
    mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(changed).toHaveBeenCalledOnce();
  });
});
