/** Puts the camera together from its real parts. */
import { CameraDevice } from './device.ts';
import { encodePicture } from '../frames/encode.ts';
import { PrivacyMasks } from '../frames/masks.ts';
import { Preview } from '../frames/preview.ts';
import { readSitePicture } from '../frames/still.ts';
import { openSource } from '../frames/sources/open.ts';
import type { Gate } from '../isolation/gate.ts';
import { supplies } from '../isolation/supplies.ts';
import {
  loadAgeReader,
  loadDescriptorReader,
  loadDetector,
  loadSexReader,
  loadSignReader,
  prepareRuntime,
} from '../inference/index.ts';
import type { DeviceDeps } from './device-deps.ts';
import { createPipeline } from '../cases/index.ts';

/**
 * Trackers look at doubtful detections as well: one that continues a known track is worth keeping, although it would
 * not be believed on its own (ByteTrack, Zhang et al. 2022, takes everything from 0.1).
 */
const MIN_SCORE = 0.1;

/** @param exchanged parts the evaluation build replaces; the site's camera replaces none */
export function createDevice(gate: Gate, exchanged: Partial<DeviceDeps> = {}): CameraDevice {
  const tools = {
    encode: encodePicture,
    loadPicture: async (path: string, width: number, height: number) =>
      readSitePicture(await supplies().file(path, 'background'), width, height),
  };
  return new CameraDevice({
    gate,
    prepareRuntime,
    openSource,
    loadDetector: (choice, aspect, progress, file) =>
      loadDetector(choice, aspect, progress, file, { minScore: MIN_SCORE }),
    loadAgeReader,
    loadSexReader,
    loadDescriptorReader,
    loadSignReader,
    createMasks: (polygons) => new PrivacyMasks(polygons),
    preview: new Preview(),
    createPipeline: (config, account) => createPipeline(config, { ...tools, account }),
    ...exchanged,
  });
}
