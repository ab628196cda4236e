/** Keeps the screen on as long as the show runs, where the browser can. */
class WakeLock {
  held = $state(false);
  #lock: WakeLockSentinel | undefined;
  #wanted = false;

  /** To be called again whenever the page becomes visible: the browser lets go when it is hidden. */
  async hold(): Promise<void> {
    this.#wanted = true;
    if (this.#lock && !this.#lock.released) return;
    try {
      const lock = await navigator.wakeLock?.request('screen');
      if (!lock) return;
      if (!this.#wanted) return void (await lock.release());
      this.#lock = lock;
      this.held = true;
      lock.addEventListener('release', () => (this.held = false));
    } catch {
      // A low battery, or a browser that does not allow it: the sheet says that the screen may sleep.
      this.held = false;
    }
  }

  async release(): Promise<void> {
    this.#wanted = false;
    await this.#lock?.release();
    this.#lock = undefined;
  }
}

export const wakeLock = new WakeLock();
