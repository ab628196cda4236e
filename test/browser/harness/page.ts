/** The page of the harness: makes films, starts workers, and opens cameras, all on the test's order. */
import * as Comlink from 'comlink';
import { canEncodeVideo } from 'mediabunny';
import { listCameras, openCamera, type OpenedCamera } from '../../../src/camera/devices.ts';
import * as media from './media.ts';
import type { HarnessWorker } from './worker.ts';

let current: Worker | undefined;

const harness = {
  ...media,
  canEncodeVideo,
  listCameras,
  openCamera,
  transfer: Comlink.transfer,
  /** A fresh worker; the one before is let go. */
  worker(): Comlink.Remote<HarnessWorker> {
    current?.terminate();
    current = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    return Comlink.wrap<HarnessWorker>(current);
  },
  /** The track that `openCamera` opened last. */
  lastTrack: undefined as MediaStreamTrack | undefined,
};

const { mediaDevices } = navigator;
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
mediaDevices.getUserMedia = async (constraints) => {
  const stream = await getUserMedia(constraints);
  harness.lastTrack = stream.getVideoTracks()[0];
  return stream;
};

declare global {
  interface Window {
    harness: typeof harness;
    /** What a test keeps from one call to the next. */
    camera: Comlink.Remote<HarnessWorker>;
    device: OpenedCamera;
  }
}
window.harness = harness;
