import type { OutRecordOf } from './contract.ts';
import type { FrameSource } from './frames/source.ts';

export type Status = OutRecordOf<'status'>;

/** What the camera says of itself: its state, its source and the engines at work. */
export function statusRecord(
  state: Status['state'],
  glass: Status['glass'],
  source: FrameSource | undefined,
  positionS: number,
  engines: Status['engines'],
): Status {
  const status: Status = { type: 'status', state, glass, engines };
  if (source) {
    const { kind, width, height, fps, durationS } = source;
    status.source = { kind, width, height };
    if (fps !== undefined) status.source.fps = fps;
    if (durationS !== undefined) status.source.durationS = durationS;
    status.positionS = positionS;
  }
  return status;
}
