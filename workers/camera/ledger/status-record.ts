import type { OutRecordOf } from '../../../contract/index.ts';
import type { FrameSource } from '../frames/source.ts';

export type Status = OutRecordOf<'status'>;

export interface Described {
  readonly glass: Status['glass'];
  readonly source: FrameSource | undefined;
  /** Source time of the frame in work, in seconds. */
  readonly positionS: number;
  readonly engines: Status['engines'];
}

/** The status record: the camera's state, its source and its engines. */
export function statusRecord(
  state: Status['state'],
  { glass, source, positionS, engines }: Described,
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
