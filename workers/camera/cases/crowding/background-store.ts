/**
 * The empty background of case 6 in the camera's memory: the sample's own, or one that the camera took while nobody was
 * there. It is never changed, and destroyed on reset, on stop, and before another is taken.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import type { BackgroundState, BackgroundWait } from '../../../../contract/index.ts';
import { Fault } from '../../isolation/fault.ts';
import { backgroundSize, BackgroundTaker, type BackgroundOptions } from './vision/background.ts';
import { MovedCameraDetector } from './vision/camera-moved.ts';
import type { Box } from '../../vision/geometry/detection.ts';
import type { Raster } from '../../vision/image/raster.ts';

/** What the detector says of a frame. */
export interface BackgroundFrame {
  /** Whether it sees anybody, however faintly. */
  readonly someone: boolean;
  /** Boxes of people, pixels. */
  readonly people: readonly Box[];
  readonly timeS: number;
}

/** Reads a picture of the site in a size. */
export type LoadPicture = (path: string, width: number, height: number) => Promise<Raster>;

export class BackgroundStore {
  readonly #taker: BackgroundTaker;
  #background: Raster | undefined;
  /** Tells when the background is no longer that of what the camera sees. */
  #place: MovedCameraDetector | undefined;
  #state: BackgroundState = 'waiting';
  /** Bytes of the taker's working copies that are in the ledger. */
  #booked = 0;
  /** Whether the sample's background is not, or no longer, wanted: it could not be had, or another was ordered. */
  #takesItself = false;
  /** Grows with every destruction: what was asked for before is not wanted any more. */
  #generation = 0;
  readonly #account: CaseAccount;
  readonly #load: LoadPicture;

  constructor(account: CaseAccount, load: LoadPicture, options: BackgroundOptions = {}) {
    this.#account = account;
    this.#load = load;

    this.#taker = new BackgroundTaker(options);
  }

  get background(): Raster | undefined {
    return this.#background;
  }

  get state(): BackgroundState {
    return this.#state;
  }

  get waitingFor(): BackgroundWait | undefined {
    return this.#state === 'waiting' ? this.#taker.waiting : undefined;
  }

  /**
   * Looks at a frame: for a background where there is none yet, else whether it still is that of this place. A background of
   * another place is destroyed, and a new one taken when nobody is there.
   * @param someone whether the detector sees anybody in it, however faintly
   * @param people boxes in the picture
   * @param sample path of a background below the site, to be used instead of taking one
   * @returns whether the camera was moved
   */
  async look(
    picture: Raster,
    { someone, people, timeS }: BackgroundFrame,
    sample?: string,
  ): Promise<{ moved: boolean }> {
    if (this.#place?.moved(picture, people, timeS)) {
      this.destroy();
      this.#takesItself = true;
      return { moved: true };
    }
    if (!this.#background) await this.#seek(picture, someone, timeS, sample);
    return { moved: false };
  }

  /** @throws {Fault} 'place-not-empty', 'place-moving' when another can not be taken now; the old one stays then */
  retake(someone: boolean): void {
    if (someone) throw new Fault('place-not-empty', 'a background is taken only while nobody is there');
    if (this.waitingFor === 'motion') throw new Fault('place-moving', 'something moves');
    this.destroy();
    this.#takesItself = true;
  }

  /** Overwrites everything. */
  destroy(): void {
    this.#generation++;
    this.#taker.wipe();
    this.#book();
    if (this.#background) {
      this.#background.pixels.fill(0);
      if (this.#state === 'captured') this.#account.cropDestroyed(this.#background.pixels.byteLength);
    }
    this.#background = undefined;
    this.#place?.wipe();
    this.#place = undefined;
    this.#state = 'waiting';
    this.#takesItself = false;
  }

  async #seek(picture: Raster, someone: boolean, timeS: number, sample: string | undefined): Promise<void> {
    if (sample !== undefined && !this.#takesItself) return this.#fetch(sample, picture);
    const taken = this.#taker.update(picture, someone, timeS);
    this.#book();
    if (!taken) return;
    this.#account.cropMade(taken.pixels.byteLength);
    this.#keep(taken, 'captured');
  }

  #keep(background: Raster, state: BackgroundState): void {
    this.#background = background;
    this.#place = new MovedCameraDetector(background);
    this.#state = state;
  }

  async #fetch(path: string, picture: Raster): Promise<void> {
    const generation = this.#generation;
    const { width, height } = backgroundSize(picture);
    try {
      const loaded = await this.#load(path, width, height);
      if (generation !== this.#generation) return;
      this.#keep(loaded, 'sample');
    } catch {
      this.#takesItself = true;
    }
  }

  /** Enters in the ledger what the taker holds on the way. */
  #book(): void {
    const { bytes } = this.#taker;
    if (bytes === this.#booked) return;
    if (this.#booked > 0) this.#account.cropDestroyed(this.#booked);
    if (bytes > 0) this.#account.cropMade(bytes);
    this.#booked = bytes;
  }
}
