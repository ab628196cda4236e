/** Case 6 at work. */
import * as v from 'valibot';
import {
  GroundCalibration,
  Polygon,
  type CaseConfig,
  type CrowdPalette,
  type CrowdStyle,
  type CrowdingConfig,
  type Facility,
} from '../../../contract/index.ts';
import { EMPTY, type Drawing } from '../../drawing/drawing.ts';
import type { CaseSpec, SessionOptions } from '../shared/case-spec.ts';
import { CaseSession } from '../shared/session.svelte.ts';
import { SampleFile } from '../shared/source.ts';
import { CrowdingRecords } from './records.svelte.ts';
import { CROWDING } from './life-cycle.ts';

export const CrowdingSample = v.looseObject({
  ...SampleFile.entries,
  zones: v.optional(v.array(Polygon), []),
  calibration: v.optional(GroundCalibration),
  /** A file beside the clip. */
  background: v.optional(v.string()),
});
export type CrowdingSample = v.InferOutput<typeof CrowdingSample>;

/** Seconds between two pictures that can be chosen; once a minute is what railways publish. */
export const EVERY_S = [3, 60] as const;
export type EveryS = (typeof EVERY_S)[number];

/** The first zone is the area in which people are counted; without one it is the whole picture. */
export function toCrowding({ zones, ground }: Drawing, sample?: CrowdingSample): CrowdingConfig {
  const [area] = zones;
  return {
    case: 'crowding',
    everyS: EVERY_S[0],
    facility: 'walkway',
    style: 'figures',
    palette: 'calm',
    ...(area && { area: { id: area.id, points: area.points } }),
    ...(ground && { calibration: ground }),
    ...(sample?.background && { background: `samples/${sample.background}` }),
  };
}

export const CROWDING_SPEC: CaseSpec<CrowdingRecords, CrowdingSample> = {
  id: 'crowding',
  liveWorld: 'crowding',
  lifeCycle: CROWDING,
  // Only people are of interest, and looking for one class only leaves time for closer looks.
  models: { objects: 'centernet-person' },
  sample: CrowdingSample,
  newKept: () => new CrowdingRecords(),
  plain: EMPTY,
  preset: ({ zones, calibration }) => ({
    ...EMPTY,
    zones: zones.map(({ id, points }) => ({ id, name: '', points })),
    ...(calibration && { ground: calibration }),
  }),
  configOf: toCrowding,
};

export class CrowdingSession extends CaseSession<CrowdingRecords, CrowdingSample> {
  /** What the floor is for. */
  facility = $state<Facility>('walkway');
  /** People from which entry is to be restricted; undefined: where level E begins. */
  limit = $state<number | undefined>();
  /** How the picture shows people, in which colours, and how often. */
  style = $state<CrowdStyle>('figures');
  palette = $state<CrowdPalette>('calm');
  everyS = $state<EveryS>(EVERY_S[0]);

  constructor(options: SessionOptions = {}) {
    super(CROWDING_SPEC, options);
  }

  override get config(): CaseConfig {
    const config = super.config;
    if (config.case !== 'crowding') return config;
    const { facility, limit, style, palette, everyS } = this;
    return { ...config, facility, style, palette, everyS, ...(limit !== undefined && { limit }) };
  }

  /** Changes how the picture looks; the next one shows it. */
  async show(part: { style?: CrowdStyle; palette?: CrowdPalette; everyS?: EveryS }): Promise<void> {
    this.style = part.style ?? this.style;
    this.palette = part.palette ?? this.palette;
    this.everyS = part.everyS ?? this.everyS;
    await this.tellCamera();
  }

  async setFacility(facility: Facility): Promise<void> {
    this.facility = facility;
    await this.tellCamera();
  }

  /** @param limit undefined for the level's own; ignored unless a positive integer */
  async setLimit(limit: number | undefined): Promise<void> {
    if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= MAX_PEOPLE)) return;
    this.limit = limit;
    await this.tellCamera();
  }

  /** Destroys the background and has the camera take another; it refuses while a person is there. */
  async retakeBackground(): Promise<void> {
    await this.camera.command({ case: 'crowding', do: 'capture-background' });
  }
}

/** The contract admits no larger limit. */
export const MAX_PEOPLE = 10_000;
