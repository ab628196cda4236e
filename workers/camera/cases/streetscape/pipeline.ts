/**
 * Case 5, street scenes with incidental people (写り込みが発生し得る風景画像の取得): a moving vehicle's camera, downscaled before any
 * other stage. Signs, signals and the traffic leave as facts, and every few seconds a picture in which icons replace
 * people. The camera does not know the vehicle's position: the page joins place and time.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import {
  STREETSCAPE_CASE,
  VEHICLES,
  type CaseConfig,
  type OutRecord,
  type RoadRecord,
  type StreetscapeConfig,
  type VehicleKind,
} from '../../../../contract/index.ts';
import type { Picture } from '../../frames/frame.ts';
import type { OverlayBox } from '../../frames/preview.ts';
import { kindOf } from '../../vision/tracking/labels.ts';
import { RoadMeter } from './vision/road.ts';
import { Stillness } from './vision/stillness.ts';
import type { PictureSize, Track } from '../../vision/tracking/track.ts';
import { Tracker } from '../../vision/tracking/tracker.ts';
import { withCrops } from '../shared/crops.ts';
import { fits, type Instruments } from '../shared/instruments.ts';
import type { Pipeline, ReadingTools, Seen } from '../pipeline.ts';
import { StreetPictures, type Encode, type Released, type Witness } from './street-pictures.ts';
import { StreetSigns, type PassedSign, type SignsInView } from './street-signs.ts';
import { seesUncoveredPerson } from './witness.ts';

interface StreetscapeInstruments extends Instruments {
  readonly traffic: Tracker;
  readonly signs: StreetSigns;
  readonly road: RoadMeter;
}

/** Maximum interval of traffic records, seconds; a change is reported at once. */
const ROAD_EVERY_S = 5;

export class StreetscapePipeline implements Pipeline {
  readonly case = 'streetscape';
  readonly needs = STREETSCAPE_CASE.needs;
  readonly #pictures: StreetPictures;
  readonly #stillness = new Stillness();
  #config: StreetscapeConfig;
  #instruments: StreetscapeInstruments | undefined;
  #tracks: readonly Track[] = [];
  #passed: PassedSign[] = [];
  #said: RoadRecord | undefined;

  constructor(
    config: StreetscapeConfig,
    readonly account: CaseAccount,
    encode: Encode,
  ) {
    this.#config = config;
    this.#pictures = new StreetPictures(account, encode);
  }

  get sensorWidth(): number {
    return this.#config.sensorWidth;
  }

  get following(): number {
    return this.#tracks.length;
  }

  /** Boxes covered in the last picture that left; for the laboratory. */
  get released(): Released | undefined {
    return this.#pictures.released;
  }

  configure(config: CaseConfig): void {
    if (config.case === 'streetscape') this.#config = config;
  }

  track(seen: Seen): void {
    const { traffic } = this.#fit(seen);
    const counted = seen.objects.filter(({ label }) => kindOf(label) !== undefined);
    this.#tracks = traffic.update(counted, seen.timeS);
    this.#pictures.see(seen.objects, seen.timeS, seen);
  }

  async read(picture: Picture, seen: Seen, tools?: ReadingTools): Promise<void> {
    const { signs, road } = this.#fit(seen);
    const { brightness, standing } = this.#stillness.look(picture, seen.timeS);
    const inView = await this.#lookForSigns(picture, tools);
    this.#passed.push(...signs.update(picture, seen.objects, inView, seen.timeS));
    road.update(this.#vehicles.filter(believed), standing, seen.timeS);
    await this.#pictures.look(
      picture,
      {
        timeS: seen.timeS,
        objects: seen.objects,
        people: this.#tracks.filter(({ label }) => label === 'person'),
        vehicles: this.#vehicles,
        brightness,
      },
      this.#config.everyS,
      this.#witness(picture, tools),
    );
  }

  /** Without a detector no picture leaves. */
  #witness(picture: Picture, tools: ReadingTools | undefined): Witness {
    return async (covers) => {
      if (!tools?.objects) return true;
      const { objects, clock } = tools;
      return seesUncoveredPerson(picture, covers, { objects, clock }, this.account);
    };
  }

  async #lookForSigns(picture: Picture, tools: ReadingTools | undefined): Promise<SignsInView> {
    if (!tools?.signs) return { kinds: [], sightings: [] };
    const { signs, clock } = tools;
    const sightings = await withCrops(signs, clock, this.account, (booked) => signs.read(picture, booked));
    return { kinds: signs.kinds, sightings };
  }

  extract(seen: Seen): OutRecord[] {
    return [...this.#signRecords(), ...this.#roadRecords(seen), ...this.#pictures.take()];
  }

  finish(): OutRecord[] {
    this.#passed.push(...(this.#instruments?.signs.finish() ?? []));
    return [...this.#signRecords(), ...this.#pictures.take()];
  }

  marks(): readonly OverlayBox[] {
    const traffic = this.#tracks
      .filter(({ confirmed }) => confirmed)
      .map(({ box, label, lost }) => ({ box, kind: kindOf(label), seen: !lost }));
    const signs = this.#instruments?.signs.boxes ?? [];
    return [...traffic, ...signs.map((box) => ({ box }))];
  }

  reset(): void {
    this.#instruments = undefined;
    this.#tracks = [];
    this.#passed = [];
    this.#said = undefined;
    this.#stillness.reset();
    this.#pictures.reset();
  }

  async close(): Promise<void> {
    await this.#pictures.close();
    this.reset();
  }

  get #vehicles(): readonly Track[] {
    return this.#tracks.filter(({ label }) => label !== 'person');
  }

  #fit({ width, height }: PictureSize): StreetscapeInstruments {
    const picture = { width, height };
    const at = this.#instruments;
    if (at && fits(at, picture)) return at;
    // Held boxes belong to pictures of another size.
    this.#pictures.reset();
    return (this.#instruments = {
      ...picture,
      // What moves past a moving camera is followed as faintly as it is seen: it is covered, not counted.
      traffic: new Tracker({ picture, restScore: 0 }),
      signs: new StreetSigns(picture),
      road: new RoadMeter(picture),
    });
  }

  #signRecords(): OutRecord[] {
    return this.#passed.splice(0).map(({ kind, lamp, lastSeenS }) => ({
      type: 'sign',
      case: 'streetscape',
      kind,
      ...(lamp && { lamp }),
      atS: tenths(lastSeenS),
    }));
  }

  #roadRecords({ timeS }: Seen): OutRecord[] {
    const state = this.#instruments?.road.state ?? 'free';
    const atS = tenths(timeS);
    const sinceS = this.#said ? atS - this.#said.atS : Infinity;
    if (state === this.#said?.state && sinceS >= 0 && sinceS < ROAD_EVERY_S) return [];
    const vehicles: Partial<Record<VehicleKind, number>> = {};
    for (const { label } of this.#vehicles.filter(believed)) {
      const kind = VEHICLES.find((name) => name === label);
      if (kind) vehicles[kind] = (vehicles[kind] ?? 0) + 1;
    }
    return [(this.#said = { type: 'road', case: 'streetscape', state, vehicles, atS })];
  }
}

const believed = ({ confirmed, lost }: Track) => confirmed && !lost;
const tenths = (seconds: number) => Math.round(Math.max(0, seconds) * 10) / 10;
