/** Opens the source that the visitor has chosen. */
import { missingWalls } from '../../app/isolation.ts';
import { settings } from '../../app/settings.svelte.ts';
import { DeviceFault, openCamera } from '../../camera/devices.ts';
import type { OpenedSource } from '../../camera/setup.ts';
import { samplePath, type SampleFile, type SourceChoice } from './source.ts';

const PATTERN = { kind: 'pattern', width: 640, height: 360, fps: 15 } as const;
/** What a webcam is asked for: enough for the case, and no more (a privacy measure, too). */
const WEBCAM = { width: 640, height: 360, fps: 30 };

/** Opens a webcam; exchanged in tests. */
export type OpenWebcam = (deviceId: string) => Promise<OpenedSource>;

export const openWebcam: OpenWebcam = (deviceId) => openCamera({ ...WEBCAM, ...(deviceId && { deviceId }) });

/** How the sources are opened that the case or its session must help with. */
export interface Openers {
  /** Reads what is known of the sample clip. */
  readonly sample: () => Promise<SampleFile>;
  readonly webcam: OpenWebcam;
  readonly scene: () => Promise<OpenedSource>;
}

/**
 * Pictures of real people come in only behind all walls; what the site brought itself may be seen behind fewer.
 * @throws {DeviceFault} 'walls-missing', 'framed'
 */
function requireWalls(): void {
  const missing = missingWalls();
  if (missing.includes('own-window')) throw new DeviceFault('framed');
  if (missing.length > 0) throw new DeviceFault('walls-missing');
}

/** @throws {DeviceFault} where a wall is missing or the device cannot be had */
export async function openChoice(
  choice: SourceChoice,
  { sample, webcam, scene }: Openers,
): Promise<OpenedSource> {
  const { pace, loop } = settings.current;
  switch (choice.kind) {
    case 'sample':
      return {
        spec: { kind: 'sample', path: samplePath(await sample()), pace, loop: loop && pace === 'live' },
      };
    case 'file':
      requireWalls();
      return { spec: { kind: 'file', file: choice.file, pace } };
    case 'pattern':
      return { spec: PATTERN };
    case 'webcam':
      requireWalls();
      return webcam(choice.deviceId);
    case 'scene':
      return scene();
  }
}
