/**
 * Case 4, person shape measurement outdoors (人物形状の計測): objects are counted by kind and direction as they cross
 * lines, and by presence in zones. What leaves is numbers only.
 *
 * The pipeline never sees a pixel: it works on detections. Its tracks and their ids never leave and die with it.
 */
import {
  COUNTING_CASE,
  HELD_BACK,
  type CaseConfig,
  type CountingConfig,
  type OutRecord,
  type OutRecordOf,
} from '../../../../contract/index.ts';
import type { OverlayBox } from '../../frames/preview.ts';
import { GroundMeter } from './vision/ground-meter.ts';
import { coverage } from '../../vision/geometry/boxes.ts';
import { Ground } from '../../vision/geometry/ground.ts';
import { kindOf } from '../../vision/tracking/labels.ts';
import { SamplingMeter } from './vision/sampling.ts';
import { LineCounter, type Crossing } from './vision/lines.ts';
import { RiderMerger } from './vision/riders.ts';
import type { PictureSize, TrackedObject } from '../../vision/tracking/track.ts';
import { Tracker } from '../../vision/tracking/tracker.ts';
import { mostTelling, standingOf } from './vision/held-back.ts';
import { ZoneCounter } from './vision/zones.ts';
import { checkCounting } from '../shared/drawing-checks.ts';
import { fits, type Instruments } from '../shared/instruments.ts';
import type { Pipeline, Seen } from '../pipeline.ts';

interface CountingInstruments extends Instruments {
  readonly tracker: Tracker;
  readonly riders: RiderMerger;
  readonly sampling: SamplingMeter;
  lines: LineCounter;
  zones: ZoneCounter;
  /** Only where the ground is calibrated. */
  meter: GroundMeter | undefined;
}

/** What is beyond this was not measured but mistaken, and is left out of the record. */
const MAX_KMH = 300;
const MAX_M = 5;
/** Of a part this share lies within the whole. */
const WITHIN = 0.8;

export class CountingPipeline implements Pipeline {
  readonly case = 'counting';
  readonly needs = COUNTING_CASE.needs;
  #config: CountingConfig;
  #instruments: CountingInstruments | undefined;
  #objects: readonly TrackedObject[] = [];
  #atS = 0;
  /** Counts settled by a change of configuration, to be given out with the next frame. */
  #settled: Crossing[] = [];
  /** The last record of each zone as it left; a zone in which nothing changed says nothing. */
  readonly #zonesSaid = new Map<string, string>();
  #tooFewSaid = false;

  /** @throws {Fault} 'line-too-short', 'zone-too-small', 'calibration-degenerate' */
  constructor(config: CountingConfig) {
    checkCounting(config);
    this.#config = config;
  }

  /** Objects of the last frame, those lost but not given up among them; for the laboratory. */
  get objects(): readonly TrackedObject[] {
    return this.#objects;
  }

  get following(): number {
    return this.#objects.length;
  }

  configure(config: CaseConfig): void {
    if (config.case !== 'counting') return;
    checkCounting(config);
    const before = this.#config;
    this.#config = config;
    const at = this.#instruments;
    if (!at) return;
    const options = { picture: at, anchor: config.anchor };
    if (!same(before.calibration, config.calibration)) at.meter = meterOf(config, at);
    if (before.anchor === config.anchor) {
      at.lines.setLines(config.lines);
      at.zones.setZones(config.zones);
      return;
    }
    // Counts that wait for their kind to settle are not lost with the old anchor.
    this.#settled.push(...at.lines.finish());
    at.lines = new LineCounter(config.lines, options);
    at.zones = new ZoneCounter(config.zones, options);
  }

  track(seen: Seen): void {
    const { tracker, riders, sampling, meter } = this.#fit(seen);
    const counted = seen.objects.filter(({ label }) => kindOf(label) !== undefined);
    const tracks = tracker.update(counted, seen.timeS);
    sampling.update(tracks, tracker.ended(), seen.timeS);
    this.#objects = riders.update(tracks);
    meter?.update(this.#objects, seen.timeS);
    this.#atS = seen.timeS;
  }

  extract(seen: Seen): OutRecord[] {
    const { lines, zones, meter, sampling } = this.#fit(seen);
    const crossings = [...this.#settled.splice(0), ...lines.update(this.#objects, seen.timeS)];
    zones.update(this.#objects, seen.timeS);
    const counts = crossings.map((crossing) => countRecord(crossing, meter, sampling.tooFew));
    return [...this.#samplingFault(sampling), ...counts, ...this.#zoneRecords(zones)];
  }

  finish(): OutRecord[] {
    const at = this.#instruments;
    if (!at) return [];
    const crossings = [...this.#settled.splice(0), ...at.lines.finish()];
    at.zones.finish();
    const counts = crossings.map((crossing) => countRecord(crossing, at.meter, at.sampling.tooFew));
    return [...counts, ...this.#zoneRecords(at.zones)];
  }

  marks(): readonly OverlayBox[] {
    if (this.#config.explain) return this.#objects.flatMap((object) => this.#explained(object));
    return this.#objects.filter(isSeen).map(markOf);
  }

  reset(): void {
    this.#instruments = undefined;
    this.#objects = [];
    this.#settled = [];
    this.#zonesSaid.clear();
    this.#tooFewSaid = false;
  }

  /** With the number of the rule that holds it back, where a line or a zone is near. It is painted in the glass, and nowhere told. */
  #explained(object: TrackedObject): OverlayBox[] {
    if (!object.confirmed && (object.lost || this.#isWithinAnother(object))) return [];
    const at = this.#instruments;
    const near = at && mostTelling([at.lines.standing(object.id), at.zones.standing(object)]);
    const standing = at && standingOf(object, near, at);
    if (!standing) return isSeen(object) ? [markOf(object)] : [];
    const note = standing === 'counted' ? '✓' : String(HELD_BACK.indexOf(standing) + 1);
    return [{ ...markOf(object), seen: !object.lost, note }];
  }

  /** A head, a bag, a wheel: what is seen faintly in a known object is a part of it, and needs no mark of its own. */
  #isWithinAnother({ box }: TrackedObject): boolean {
    return this.#objects.some((other) => other.confirmed && coverage(box, other.box) >= WITHIN);
  }

  #fit({ width, height }: PictureSize): CountingInstruments {
    const picture = { width, height };
    const at = this.#instruments;
    if (at && fits(at, picture)) return at;
    const { lines, zones, anchor } = this.#config;
    return (this.#instruments = {
      ...picture,
      tracker: new Tracker({ picture }),
      riders: new RiderMerger(),
      sampling: new SamplingMeter(),
      lines: new LineCounter(lines, { picture, anchor }),
      zones: new ZoneCounter(zones, { picture, anchor }),
      meter: meterOf(this.#config, picture),
    });
  }

  /** Said once, when it shows. */
  #samplingFault({ tooFew }: SamplingMeter): OutRecord[] {
    if (!tooFew || this.#tooFewSaid) return [];
    this.#tooFewSaid = true;
    return [{ type: 'fault', code: 'too-few-pictures', severity: 'warning' }];
  }

  #zoneRecords(zones: ZoneCounter): OutRecord[] {
    return zones.state().flatMap(({ zone, present, entered }) => {
      const said = JSON.stringify([present, entered]);
      if (this.#zonesSaid.get(zone) === said) return [];
      this.#zonesSaid.set(zone, said);
      const record: OutRecordOf<'zone'> = {
        type: 'zone',
        case: 'counting',
        zone,
        atS: tenths(this.#atS),
        present,
        entered,
      };
      return [record];
    });
  }
}

/** Speed in whole km/h and the height of pedestrians to 0.1 m: coarse enough not to single a person out. */
function countRecord(
  { line, kind, direction, atS, objectId }: Crossing,
  meter: GroundMeter | undefined,
  sparse: boolean,
): OutRecord {
  const record: OutRecordOf<'count'> = {
    type: 'count',
    case: 'counting',
    line,
    kind,
    direction,
    atS: tenths(atS),
    ...(sparse && { quality: 'sparse' }),
  };
  const speedKmh = Math.round((meter?.speedOf(objectId, atS) ?? NaN) * 3.6);
  if (speedKmh <= MAX_KMH) record.speedKmh = speedKmh;
  const heightM = kind === 'pedestrian' ? tenths(meter?.heightOf(objectId) ?? NaN) : NaN;
  if (heightM > 0 && heightM <= MAX_M) record.heightM = heightM;
  return record;
}

function meterOf({ calibration }: CountingConfig, { width, height }: { width: number; height: number }) {
  if (!calibration) return undefined;
  const { points, widthM, depthM } = calibration;
  const [a, b, c, d] = points.map(([x, y]) => [x * width, y * height] as const);
  const ground = Ground.fromRectangle([a!, b!, c!, d!], widthM, depthM, { width, height });
  return ground && new GroundMeter(ground);
}

const isSeen = ({ confirmed, lost }: TrackedObject) => confirmed && !lost;
const markOf = ({ box, label }: TrackedObject): OverlayBox => ({ box, kind: kindOf(label) });

const tenths = (seconds: number) => Math.round(Math.max(0, seconds) * 10) / 10;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
