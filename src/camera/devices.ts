/**
 * The page's part of a webcam: asks for it, opens it, hands its frames on to the sensor worker, and lets it go.
 *
 * Nothing here looks at a frame. Where the browser can, the stream of frames itself is handed over and the page has no
 * part in it any more; elsewhere the page passes frames on one at a time, unread.
 */
import type { FaultCode, SourceSpec } from '../../contract/index.ts';
import type { TroubleCode } from './troubles.svelte.ts';

/** A webcam as the browser lists it. Until the user has once allowed a camera both strings may be empty. */
export interface CameraDevice {
  readonly id: string;
  readonly label: string;
}

/** What is asked for; a device that cannot do it exactly gives what comes closest. */
export interface CameraSettings {
  /** One of `listCameras`; absent: the browser's choice. */
  readonly deviceId?: string;
  /** Which way it looks, where no device is named. */
  readonly facing?: 'environment' | 'user';
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
}

export interface OpenedCamera {
  readonly spec: Extract<SourceSpec, { kind: 'webcam' }>;
  /** To be transferred with `spec`. */
  readonly transfer: Transferable[];
  /** Switches the device off. Safe to call twice. */
  close(): void;
}

/** A device that cannot be had, with a code for the message catalogue. */
export class DeviceFault extends Error {
  constructor(
    readonly code: TroubleCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'DeviceFault';
  }
}

/** What `getUserMedia` may say (Media Capture and Streams, 10.6.4), in our codes. */
const CODES: Readonly<Record<string, FaultCode>> = {
  NotAllowedError: 'camera-denied',
  SecurityError: 'camera-denied',
  NotFoundError: 'camera-absent',
  OverconstrainedError: 'camera-absent',
  NotReadableError: 'camera-busy',
  AbortError: 'camera-busy',
};

/** @returns the webcams there are; none where the browser gives no access to any */
export async function listCameras(): Promise<CameraDevice[]> {
  // Some browsers reject where a policy or a setting forbids devices: to the visitor there are none.
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** Calls back whenever a device is plugged in or out. @returns how to stop that */
export function watchCameras(changed: () => void): () => void {
  navigator.mediaDevices?.addEventListener('devicechange', changed);
  return () => navigator.mediaDevices?.removeEventListener('devicechange', changed);
}

/**
 * Opens a webcam, which asks the user if need be, and connects it through the sensor with the camera.
 *
 * @param way how pictures get to the sensor; absent: the better one that the browser has
 * @throws {DeviceFault} 'camera-denied', 'camera-absent', 'camera-busy'
 */
export async function openCamera(
  settings: CameraSettings = {},
  way: 'stream' | 'port' = 'MediaStreamTrackProcessor' in globalThis ? 'stream' : 'port',
): Promise<OpenedCamera> {
  const track = await openTrack(settings);
  try {
    return connect(way === 'stream' ? byStream(track) : await byPort(track));
  } catch (cause) {
    track.stop();
    throw faultOf(cause);
  }
}

/** Pictures of a track, and how to let it go. */
interface Pictures {
  readonly frames: ReadableStream<VideoFrame> | MessagePort;
  readonly size: { readonly width: number; readonly height: number; readonly fps?: number };
  release(): void;
}

/** A sensor needs less to overwrite what it had, in milliseconds. */
const END_MS = 300;

/** A sensor worker between the pictures and the camera: the smallest thing that can copy one. */
function connect({ frames, size, release }: Pictures): OpenedCamera {
  const { port1, port2 } = new MessageChannel();
  const sensor = new Worker(new URL('../../workers/sensor/main.ts', import.meta.url), {
    type: 'module',
    name: 'incam-sensor',
  });
  sensor.postMessage({ frames, camera: port1 }, [frames, port1]);
  return {
    spec: { kind: 'webcam', port: port2, ...size },
    transfer: [port2],
    close: () => {
      release();
      sensor.postMessage('end');
      setTimeout(() => sensor.terminate(), END_MS);
    },
  };
}

async function openTrack(settings: CameraSettings): Promise<MediaStreamVideoTrack> {
  // Without a secure context there is no such interface at all.
  if (!navigator.mediaDevices) throw new DeviceFault('camera-absent');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: constraints(settings) });
    return stream.getVideoTracks()[0] as MediaStreamVideoTrack;
  } catch (cause) {
    throw faultOf(cause);
  }
}

function faultOf(cause: unknown): DeviceFault {
  const code = cause instanceof Error ? CODES[cause.name] : undefined;
  return new DeviceFault(code ?? 'camera-absent', { cause });
}

/** @returns what `getUserMedia` wants; only a named device is insisted on */
export function constraints({ deviceId, facing, width, height, fps }: CameraSettings): MediaTrackConstraints {
  return {
    ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: facing ?? 'environment' } }),
    ...(width !== undefined && { width: { ideal: width } }),
    ...(height !== undefined && { height: { ideal: height } }),
    ...(fps !== undefined && { frameRate: { ideal: fps } }),
  };
}

/** The stream ends when the track does, so the sensor learns by itself that the device is gone. */
function byStream(track: MediaStreamVideoTrack): Pictures {
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 });
  return { frames: readable, size: sizeOf(track.getSettings()), release: () => track.stop() };
}

/** Passes on the newest frame whenever the sensor has said that it may; what comes in between is never taken. */
async function byPort(track: MediaStreamVideoTrack): Promise<Pictures> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  await video.play();

  const { port1: ours, port2: theirs } = new MessageChannel();
  let mayPost = true;
  ours.onmessage = () => {
    mayPost = true;
  };
  let next = 0;
  const onFrame = () => {
    next = video.requestVideoFrameCallback(onFrame);
    if (!mayPost) return;
    mayPost = false;
    const frame = new VideoFrame(video);
    ours.postMessage({ frame }, [frame]);
  };
  next = video.requestVideoFrameCallback(onFrame);

  const release = () => {
    video.cancelVideoFrameCallback(next);
    video.srcObject = null;
    ours.close();
  };
  // Only a device that goes by itself fires this; `stop` does not.
  track.addEventListener('ended', () => {
    ours.postMessage({ ended: true });
    release();
  });
  const size = { width: video.videoWidth, height: video.videoHeight };
  return {
    frames: theirs,
    size: sizeOf({ ...track.getSettings(), ...size }),
    release: () => {
      track.stop();
      release();
    },
  };
}

/** A device that does not state its size is taken as VGA; whatever it then gives is fitted in. */
function sizeOf({ width, height, frameRate }: MediaTrackSettings) {
  return { width: width || 640, height: height || 480, ...(frameRate && { fps: frameRate }) };
}
