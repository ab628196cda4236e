import type { OutRecordOf } from '../../../contract/index.ts';

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
