/**
 * The empty background of case 6 in the camera's memory: the sample's own, or one that the camera took while the place
 * was empty. It never changes. It is destroyed on reset, on stop, and before another one is taken.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import type { BackgroundState, BackgroundWait } from '../../../../contract/index.ts';
import { Fault } from '../../isolation/fault.ts';
import { backgroundSize, BackgroundTaker, type BackgroundOptions } from './vision/background.ts';
import { MovedCameraDetector } from './vision/camera-moved.ts';
import type { Box } from '../../vision/geometry/detection.ts';
import type { Raster } from '../../vision/image/raster.ts';

/** The detector's result for a frame. */
export interface BackgroundFrame {
  /** Whether it detects a person at any score. */
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
  /** Detects when the background is not that of the present view any more. */
  #place: MovedCameraDetector | undefined;
  #state: BackgroundState = 'waiting';
  /** Bytes of the taker's working copies that are in the ledger. */
  #booked = 0;
  /** Whether the sample's background is dropped: it was not available, or a command asked for another one. */
  #takesItself = false;
  /** Grows with every destruction: earlier requests are then void. */
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
   * Processes a frame: takes a background where there is none yet, else checks that it is still that of the view. A
   * background of another view is destroyed, and a new one taken when the place is empty.
   * @param someone whether the detector finds a person in it, at any score
   * @param people boxes in the picture
   * @param sample path of a background below the site, used in place of a taken one
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

  /** @throws {Fault} 'place-not-empty', 'place-moving' when another one cannot be taken now; the old one stays */
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

  /** Enters the taker's working copies in the ledger. */
  #book(): void {
    const { bytes } = this.#taker;
    if (bytes === this.#booked) return;
    if (this.#booked > 0) this.#account.cropDestroyed(this.#booked);
    if (bytes > 0) this.#account.cropMade(bytes);
    this.#booked = bytes;
  }
}
