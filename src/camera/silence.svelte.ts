/**
 * Notices that a camera that runs says nothing any more: a worker that hangs or was ended by the system posts no error.
 * A running camera reports once a second, also while it waits for pictures.
 */

/** How often it is looked at, in milliseconds. Looks are counted and not time, so that a device that slept is not blamed. */
const LOOK_MS = 500;
/** Looks without a word until the page says so: within 3 s. */
const SILENT_LOOKS = 5;
/** Looks until the camera is given up: a slow device may work on one picture for seconds. */
const LOST_LOOKS = 60;

export class Silence {
  /** Whether the camera has been silent for long enough to say so. */
  silent = $state(false);
  #looks = 0;
  #expecting = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** A camera was switched on. @param lost called once, when it is to be given up */
  watch(lost: () => void): void {
    this.end();
    this.#timer = setInterval(() => this.#look(lost), LOOK_MS);
  }

  /** Something came from the camera. */
  heard(): void {
    this.#looks = 0;
    this.silent = false;
  }

  /** Whether the camera is to be heard once a second from now on. */
  expect(running: boolean): void {
    this.#expecting = running;
    this.heard();
  }

  /** The camera is off. */
  end(): void {
    clearInterval(this.#timer);
    this.expect(false);
  }

  #look(lost: () => void): void {
    if (!this.#expecting) return;
    this.#looks++;
    this.silent = this.#looks >= SILENT_LOOKS;
    if (this.#looks < LOST_LOOKS) return;
    this.end();
    lost();
  }
}
