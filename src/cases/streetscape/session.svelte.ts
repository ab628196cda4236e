/** The session of streetscape. */
import * as v from 'valibot';
import { SENSOR_WIDTHS, type CaseConfig } from '../../../contract/index.ts';
import { EMPTY } from '../../drawing/drawing.ts';
import type { CaseSpec, SessionOptions } from '../shared/case-spec.ts';
import { CaseSession } from '../shared/session.svelte.ts';
import { SampleFile, type SourceChoice } from '../shared/source.ts';
import { StreetscapeRecords } from './records.svelte.ts';
import { clipTime, placeAt, Track, type Fix, type Place } from './places.ts';
import { DevicePosition } from './position.svelte.ts';
import { STREETSCAPE } from './life-cycle.ts';

export const StreetSample = v.looseObject({
  ...SampleFile.entries,
  durationS: v.optional(v.number(), 0),
  track: v.optional(Track),
});
export type StreetSample = v.InferOutput<typeof StreetSample>;

/**
 * With the sample's lens (77 degrees) a face 2 m away is 19 pixels wide: just below the limit for recognition by
 * acquaintances (`face-bound.ts`).
 */
export const DEFAULT_SENSOR_WIDTH = 384;
/** Seconds between two pictures. */
const EVERY_S = 4;

const configOf = (sensorWidth: number): CaseConfig => ({ case: 'streetscape', sensorWidth, everyS: EVERY_S });

export const STREETSCAPE_SPEC: CaseSpec<StreetscapeRecords, StreetSample> = {
  id: 'streetscape',
  liveWorld: 'streetscape',
  lifeCycle: STREETSCAPE,
  sample: StreetSample,
  newKept: () => new StreetscapeRecords(),
  plain: EMPTY,
  preset: () => EMPTY,
  configOf: () => configOf(DEFAULT_SENSOR_WIDTH),
};

export class StreetscapeSession extends CaseSession<StreetscapeRecords, StreetSample> {
  /** Width of the downscaled sensor, pixels. */
  sensorWidth = $state(DEFAULT_SENSOR_WIDTH);
  /** Horizontal angle of the lens, degrees; assumed, since no picture states it. */
  fovDeg = $state(77);
  /** Minimum distance of a face, metres; assumed. */
  nearestM = $state(2);
  readonly position: DevicePosition;

  constructor(options: SessionOptions & { readonly geolocation?: Geolocation } = {}) {
    super(STREETSCAPE_SPEC, options);
    this.position = new DevicePosition(() => this.kept.runs.at(-1)?.startedAt, options.geolocation);
  }

  override get config(): CaseConfig {
    return configOf(this.sensorWidth);
  }

  /** Source of the places; undefined without one. */
  get placesFrom(): 'sample' | 'device' | undefined {
    if (this.choice.kind === 'sample') return this.sample?.track ? 'sample' : undefined;
    return this.choice.kind === 'webcam' && this.position.state === 'on' ? 'device' : undefined;
  }

  /** The route driven or planned, oldest first. */
  get track(): readonly Fix[] {
    if (this.placesFrom === 'sample') return this.sample?.track?.points ?? [];
    return this.placesFrom === 'device' ? this.position.fixes : [];
  }

  /** Present position of the vehicle. */
  get here(): Place | undefined {
    const atS = this.camera.status.positionS;
    return atS === undefined || this.camera.power !== 'on' ? undefined : this.#placeAt(atS);
  }

  override async choose(choice: SourceChoice): Promise<void> {
    if (choice.kind !== 'webcam') this.position.stop();
    await super.choose(choice);
  }

  override async start(): Promise<void> {
    this.position.begin();
    this.kept.locate = (atS) => this.#placeAt(atS);
    await super.start();
  }

  /** Downscales the sensor of a running camera. Values out of range are ignored. */
  async setSensorWidth(pixels: number): Promise<void> {
    if (!(Number.isInteger(pixels) && pixels >= SENSOR_WIDTHS.min && pixels <= SENSOR_WIDTHS.max)) return;
    this.sensorWidth = pixels;
    await this.tellCamera();
  }

  #placeAt(atS: number): Place | undefined {
    return placeAt(
      this.track,
      this.placesFrom === 'sample' ? clipTime(atS, this.sample?.durationS ?? 0) : atS,
    );
  }
}
