/**
 * This device's position, while the operator requests and allows it. Fixes are kept with the run and destroyed with it.
 */
import type { Fix } from './places.ts';

export type PositionState = 'off' | 'waiting' | 'on' | 'denied' | 'unavailable';

/** Maximum number of fixes: an hour, one a second. */
const MAX = 3600;

export class DevicePosition {
  state = $state<PositionState>('off');
  fixes = $state.raw<readonly Fix[]>([]);
  #watch: number | undefined;
  readonly #startedAt: () => number | undefined;
  readonly #geolocation: Geolocation | undefined;

  /** @param startedAt wall clock from which fixes are counted, milliseconds since 1970 */
  constructor(
    startedAt: () => number | undefined,
    geolocation: Geolocation | undefined = globalThis.navigator?.geolocation,
  ) {
    this.#startedAt = startedAt;
    this.#geolocation = geolocation;
  }

  /** Requests the position; the browser asks for permission. */
  start(): void {
    if (this.#watch !== undefined) return;
    if (!this.#geolocation) {
      this.state = 'unavailable';
      return;
    }
    this.state = 'waiting';
    this.#watch = this.#geolocation.watchPosition(
      ({ coords, timestamp }) => {
        this.state = 'on';
        const { latitude: lat, longitude: lon } = coords;
        const atS = (timestamp - (this.#startedAt() ?? timestamp)) / 1000;
        this.fixes = [...this.fixes, { atS, lat, lon }].slice(-MAX);
      },
      ({ code, PERMISSION_DENIED }) => {
        this.state = code === PERMISSION_DENIED ? 'denied' : 'unavailable';
        this.#end();
      },
      { enableHighAccuracy: true, maximumAge: 1000 },
    );
  }

  /** Stops and deletes all fixes. */
  stop(): void {
    this.#end();
    this.fixes = [];
    this.state = 'off';
  }

  /** Begins another run: deletes the fixes of the last one. */
  begin(): void {
    this.fixes = [];
  }

  #end(): void {
    if (this.#watch !== undefined) this.#geolocation?.clearWatch(this.#watch);
    this.#watch = undefined;
  }
}
