import type { Pace, SourceSpec } from '../../../../contract/index.ts';
import type { FrameSource, SourceEvents } from '../source.ts';
import { openContainer } from './container.ts';
import { FileSource } from './file.ts';
import { addUp } from './frame-queue.ts';
import { recordingsIn } from './joined.ts';
import { asFault } from './limits.ts';
import { PatternSource } from './pattern.ts';
import { RealTimeSource } from './realtime.ts';
import { SceneSource } from './scene.ts';
import { StillsSource } from './stills.ts';
import { Fault } from '../../isolation/fault.ts';
import { supplies } from '../../isolation/supplies.ts';
import { SensorWebcam } from './webcam.ts';

/**
 * Opens whatever gives frames.
 *
 * @param events what the source tells by itself; must not throw
 * @throws {Fault} and nothing else: 'source-unreadable', 'source-not-video', 'source-container-unsupported',
 *   'source-no-index', 'source-no-key-picture', 'source-no-video-track', 'source-codec-unsupported', 'source-truncated', 'source-too-large', 'config-invalid'
 */
export async function openSource(spec: SourceSpec, events: SourceEvents): Promise<FrameSource> {
  const holder = addUp(events);
  const paced = (source: FrameSource, pace: Pace) =>
    pace === 'live' ? new RealTimeSource(source, holder()) : source;
  try {
    switch (spec.kind) {
      case 'file':
        return paced(await openFile('file', spec.file, false, holder()), spec.pace);
      case 'sample':
        return paced(await openFile('sample', await sample(spec.path), spec.loop, holder()), spec.pace);
      case 'stills':
        return paced(await StillsSource.open(spec.files, spec.fps), spec.pace);
      case 'pattern':
        return new PatternSource(spec.width, spec.height, spec.fps);
      case 'webcam':
        return new SensorWebcam(spec.port, spec, events);
      case 'scene':
        return new SceneSource(spec.port, spec, events);
    }
  } catch (error) {
    throw asFault(error, 'source-unreadable', `opening a ${spec.kind}`);
  }
}

async function openFile(kind: 'file' | 'sample', file: Blob, loop: boolean, events: SourceEvents) {
  const parts = await recordingsIn(file);
  return new FileSource(kind, parts, await openContainer(parts[0] ?? file), loop, events);
}

/**
 * Samples were handed in like models.
 * @throws {Fault} 'source-unreadable' where there is none
 */
async function sample(path: string): Promise<Blob> {
  try {
    return new Blob([await supplies().file(path, 'sample')]);
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'model-missing')
      throw new Fault('source-unreadable', `there is no sample ${path}`, { cause });
    throw cause;
  }
}
