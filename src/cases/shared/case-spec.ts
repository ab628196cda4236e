/** What a session must know of its case, and what tests exchange. */
import type * as v from 'valibot';
import type { CaseConfig, CaseId, Role } from '../../../contract/index.ts';
import type { LiveWorldId } from '../../../scenes/live/contract.ts';
import type { CameraOptions } from '../../camera/client.svelte.ts';
import type { Drawing } from '../../drawing/drawing.ts';
import type { LifeCycle } from './life-cycle.ts';
import type { OpenWebcam } from './open-choice.ts';
import type { CaseRecords } from './records.svelte.ts';
import type { SampleFile } from './source.ts';

export interface CaseSpec<K extends CaseRecords, S extends SampleFile> {
  readonly id: CaseId;
  /** What the case does with data over their whole life. */
  readonly lifeCycle: LifeCycle;
  /** Where the registry's default for a role is not what the case wants. */
  readonly models?: Partial<Readonly<Record<Role, string>>>;
  /** Describes the sample clip, `public/samples/<id>.json`. */
  readonly sample: v.GenericSchema<unknown, S>;
  newKept(): K;
  /** The world that the live scene draws for this case. */
  readonly liveWorld: LiveWorldId;
  /** What is drawn where nothing is known of the source. */
  readonly plain: Drawing;
  /** What is drawn on the sample until the visitor draws something else. */
  preset(sample: S): Drawing;
  /** What the camera is told of a drawing; `sample` is known only while the sample is the source. */
  configOf(drawing: Drawing, sample: S | undefined): CaseConfig;
}

export type SessionOptions = Omit<CameraOptions, 'onRecord' | 'onOff'> & {
  readonly openWebcam?: OpenWebcam;
  /** Whether reports and notices tell of this session; a demonstration beside the case's own page does not count. */
  readonly announced?: boolean;
};
