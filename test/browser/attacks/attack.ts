/** An attack on the built site: what an attacker tries, from where, and which wall is to stop it. */

/**
 * Where the attacker's code runs: in the camera's worker and in a thread of the runtime (a compromised library), in the
 * frame's main thread (if the first wall had fallen), in the page (as by cross-site scripting).
 */
export type Place = 'camera' | 'frame' | 'page';

export interface Attack {
  readonly attack: string;
  /** What stops it. */
  readonly wall: string;
  readonly place: Place;
  /**
   * Body of an async function of `foreign` and `own` (addresses with a path that is this attack's own), `secret` (a text that
   * must not arrive anywhere) and `wait` (milliseconds). It returns something true when it got what it wanted; it may throw.
   * Whether a request arrived at either server is looked up there.
   */
  readonly code: string;
}

/** One attack's outcome on one host. */
export interface Outcome {
  readonly attack: string;
  readonly wall: string;
  readonly place: Place | 'host';
  readonly host: string;
  readonly stopped: boolean;
  /** What it got, where it was not stopped. */
  readonly got?: string;
}
