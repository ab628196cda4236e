import type { OutRecordOf } from './contract.ts';
import type { FrameSource } from './frames/source.ts';
import type { LoadedDetector } from './parts.ts';

export type Status = OutRecordOf<'status'>;

/** What the camera says of itself: its state, its source and the engine at work. */
export function statusRecord(
  state: Status['state'],
  glass: Status['glass'],
  source: FrameSource | undefined,
  positionS: number,
  loaded: LoadedDetector | undefined,
): Status {
  const status: Status = { type: 'status', state, glass };
  if (source) {
    const { kind, width, height, fps, durationS } = source;
    status.source = { kind, width, height };
    if (fps !== undefined) status.source.fps = fps;
    if (durationS !== undefined) status.source.durationS = durationS;
    status.positionS = positionS;
  }
  if (loaded) {
    const { model, backend, threads, width, height } = loaded.detector;
    status.engine = { model, backend, threads, width, height };
    if (loaded.fallback) status.engine.fallback = loaded.fallback;
  }
  return status;
}
