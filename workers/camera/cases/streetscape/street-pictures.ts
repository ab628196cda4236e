/**
 * The pictures of case 5: one every few seconds, with icons in place of people, if no part of it is doubtful. The
 * camera keeps none: a picture is composed at once, encoded while the next frames run, and zeroed.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import { MAX_BASE64, type OutRecord } from '../../../../contract/index.ts';
import type { EncodedFile } from '../../frames/encode.ts';
import { ICON_COLOURS } from '../../../../contract/palette.ts';
import { groundPointOf, heightOf } from '../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../vision/geometry/detection.ts';
import type { Raster } from '../../vision/image/raster.ts';
import { coverPeople, pictureRecord, type IconisedRaster } from '../../vision/anonymize/iconise.ts';
import { HOLD_S, PersonMasks, plateArea } from './vision/person-masks.ts';
import { doubtOf } from './vision/release-check.ts';
import type { PictureSize, Track } from '../../vision/tracking/track.ts';

/** Encodes pixels as a file; replaced in tests. */
export type Encode = (picture: Raster, mostBase64: number) => Promise<EncodedFile>;

/** Looks at the picture once more, in another way. @returns whether a person is left outside of the covers */
export type Witness = (covers: readonly Box[]) => Promise<boolean>;

/**
 * A witness that objects to so many of so many looks distrusts the camera's position, not the moment: where a camera is
 * turned, people stand uncovered in the pictures in between, too. On the sample turned by 90 degrees it objects to 23 of 26
 * looks, on upright roads to about one in five.
 */
const LOOKS = 5;
const MAX_OBJECTIONS = 2;

/** The detections and tracks of one frame. */
export interface StreetSight {
  readonly timeS: number;
  /** All detections, faint ones too. */
  readonly objects: readonly Detection[];
  /** Tracks of people and of vehicles, lost ones among them. */
  readonly people: readonly Track[];
  readonly vehicles: readonly Track[];
  /** Mean luminance, 0..255. */
  readonly brightness: number;
}

const VEHICLES = ['car', 'bus', 'truck', 'motorcycle', 'train'];
/** Minimum width of a vehicle whose plate is covered, pixels; on a smaller one the plate is not visible. */
const MIN_VEHICLE = 10;

/** Boxes covered in the last picture that left; for the laboratory. */
export interface Released {
  readonly atS: number;
  readonly covers: readonly Box[];
}

export class StreetPictures {
  readonly #covers = new PersonMasks();
  #dueS = -Infinity;
  #beganS: number | undefined;
  #lastS = -Infinity;
  #encoding: Promise<void> | undefined;
  #finished: OutRecord[] = [];
  /** Grows with every reset: pictures begun before it are dropped. */
  #generation = 0;
  #released: Released | undefined;
  /** Of the last looks of the witness, whether it objected. */
  #objections: boolean[] = [];
  readonly #account: CaseAccount;
  readonly #encode: Encode;

  constructor(account: CaseAccount, encode: Encode) {
    this.#account = account;
    this.#encode = encode;
  }

  get released(): Released | undefined {
    return this.#released;
  }

  /** Updates the held boxes of people; call it with every frame. */
  see(objects: readonly Detection[], timeS: number, picture: PictureSize): void {
    if (timeS < this.#lastS) {
      this.#dueS = -Infinity;
      this.#beganS = undefined;
    }
    this.#lastS = timeS;
    this.#covers.see(objects, timeS, picture);
  }

  /**
   * Makes the picture that is due, if it may leave.
   * @param witness has the last word: whether a person is in the picture outside of these boxes
   */
  async look(picture: Raster, sight: StreetSight, everyS: number, witness: Witness): Promise<void> {
    const { timeS } = sight;
    this.#beganS ??= timeS;
    if (timeS < this.#dueS || this.#encoding) return;
    // Without preceding frames the temporal hold has nothing to hold.
    const isSteady = this.#covers.steadyS >= HOLD_S;
    if (!isSteady && timeS - this.#beganS < everyS) return;
    this.#dueS = timeS + everyS;
    const people = sight.people.filter(({ confirmed }) => confirmed);
    const covers = this.#covers.covers(sight.people, picture);
    const { brightness, objects } = sight;
    const atS = tenths(timeS);
    const generation = this.#generation;
    const doubt = isSteady ? doubtOf({ picture, brightness, detections: objects, people, covers }) : 'gap';
    const reason = doubt ?? ((await this.#objects(witness, covers)) ? 'witness' : undefined);
    if (generation !== this.#generation) return;
    if (reason) {
      this.#finished.push({ type: 'withheld', case: 'streetscape', reason, atS });
      return;
    }
    const icons = people
      .filter(({ lost }) => !lost)
      .map(({ box }) => ({ foot: groundPointOf(box), height: heightOf(box), colour: ICON_COLOURS.standing }));
    const made = coverPeople(picture, { covers: [...covers, ...platesOf(sight)], icons });
    this.#account.cropMade(made.pixels.byteLength);
    this.#released = { atS, covers };
    this.#encoding = this.#send(made, atS, icons.length).finally(() => (this.#encoding = undefined));
  }

  async #objects(witness: Witness, covers: readonly Box[]): Promise<boolean> {
    const generation = this.#generation;
    const objects = await witness(covers);
    if (generation === this.#generation) this.#objections = [...this.#objections, objects].slice(-LOOKS);
    return objects || this.#objections.filter(Boolean).length > MAX_OBJECTIONS;
  }

  /** Pictures and decisions since the last call. */
  take(): OutRecord[] {
    return this.#finished.splice(0);
  }

  reset(): void {
    this.#generation++;
    this.#covers.reset();
    this.#dueS = this.#lastS = -Infinity;
    this.#beganS = undefined;
    this.#finished = [];
    this.#objections = [];
    this.#released = undefined;
  }

  async close(): Promise<void> {
    await this.#encoding;
    this.reset();
  }

  async #send(made: IconisedRaster, atS: number, icons: number): Promise<void> {
    const generation = this.#generation;
    try {
      const facts = { case: 'streetscape', atS, icons } as const;
      const record = await pictureRecord(made, facts, (pixels) => this.#encode(pixels, MAX_BASE64));
      if (generation === this.#generation) this.#finished.push(record);
    } catch {
      // This picture is left out; the next is tried again.
    } finally {
      made.pixels.fill(0);
      this.#account.cropDestroyed(made.pixels.byteLength);
    }
  }
}

/** Boxes of plates: of detected vehicles and of tracked ones. */
function platesOf({ objects, vehicles }: StreetSight): Box[] {
  const seen = objects.filter(({ label }) => VEHICLES.includes(label)).map(({ box }) => box);
  return [...seen, ...vehicles.map(({ box }) => box)]
    .filter((box) => box[2] - box[0] >= MIN_VEHICLE)
    .map(plateArea);
}

const tenths = (seconds: number) => Math.round(Math.max(0, seconds) * 10) / 10;
