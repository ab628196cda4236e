/** Case 1 at work. */
import { EMPTY, type Drawing } from '../../drawing/drawing.ts';
import type { CaseSpec, SessionOptions } from '../shared/case-spec.ts';
import { CaseSession } from '../shared/session.svelte.ts';
import { SampleFile } from '../shared/source.ts';
import type { AttributesConfig } from '../../../contract/index.ts';
import { AttributesRecords } from './records.svelte.ts';
import { ATTRIBUTES } from './life-cycle.ts';

/** Zones are where faces are looked at; without any, everywhere. */
export const toAttributes = ({ zones }: Drawing): AttributesConfig => ({
  case: 'attributes',
  areas: zones.map(({ id, points }) => ({ id, points })),
});

export const ATTRIBUTES_SPEC: CaseSpec<AttributesRecords, SampleFile> = {
  id: 'attributes',
  liveWorld: 'attributes',
  lifeCycle: ATTRIBUTES,
  sample: SampleFile,
  newKept: () => new AttributesRecords(),
  plain: EMPTY,
  preset: () => EMPTY,
  configOf: toAttributes,
};

export class AttributesSession extends CaseSession<AttributesRecords, SampleFile> {
  constructor(options: SessionOptions = {}) {
    super(ATTRIBUTES_SPEC, options);
  }
}
