/** Waits for a sign of life. */

const SECOND = 1000;

/**
 * Counted in ticks, not by the clock: while a machine sleeps or a tab stands in the background nothing is heard either,
 * and no patience is lost.
 */
export class Patience {
  #lost;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  #left = 0;

  /** @param {() => void} lost called once it is at an end */
  constructor(lost) {
    this.#lost = lost;
  }

  /** Begins, or begins anew. @param {number} seconds */
  wait(seconds) {
    this.#left = seconds;
    this.#ticking ??= setInterval(() => this.#tick(), SECOND);
  }

  stop() {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  #tick() {
    // One more than it says: the first second is not a whole one.
    if (this.#left-- > 0) return;
    this.stop();
    this.#lost();
  }
}
