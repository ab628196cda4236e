import type { OutRecordOf, PictureShape } from '../../../contract/index.ts';

export type Status = OutRecordOf<'status'>;

/** What is said of a source: its size in pixels, its rate in frames a second and its length in seconds where known. */
type DescribedSource = Pick<NonNullable<Status['source']>, 'kind' | 'width' | 'height'> & {
  readonly fps?: number | undefined;
  readonly durationS?: number | undefined;
};

export interface Described {
  readonly glass: Status['glass'];
  readonly source: DescribedSource | undefined;
  /** Source time of the frame in work, in seconds. */
  readonly positionS: number;
  /** No picture comes, although the camera waits for one. */
  readonly stalled: boolean;
  /** The pictures' shape, where it is another than what is drawn was drawn on. */
  readonly reshaped: Readonly<PictureShape> | undefined;
  /** How often time stamps were bridged, and what is assumed where they are senseless. */
  readonly time: { readonly jumps: number; readonly assumedFps: number | undefined } | undefined;
  readonly engines: Status['engines'];
}

/** The status record: the camera's state, its source and its engines. */
export function statusRecord(
  state: Status['state'],
  { glass, source, positionS, stalled, reshaped, time, engines }: Described,
): Status {
  const status: Status = { type: 'status', state, glass, engines };
  if (source) {
    const { kind, width, height, fps, durationS } = source;
    status.source = { kind, width, height };
    if (fps !== undefined) status.source.fps = fps;
    if (durationS !== undefined) status.source.durationS = durationS;
    if (stalled) status.source.stalled = true;
    if (reshaped) status.source.reshaped = { width: reshaped.width, height: reshaped.height };
    if (time && time.jumps > 0) status.source.timeJumps = time.jumps;
    if (time?.assumedFps !== undefined) status.source.assumedFps = Math.round(time.assumedFps * 10) / 10;
    status.positionS = positionS;
  }
  return status;
}
