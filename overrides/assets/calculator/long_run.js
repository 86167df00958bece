/** When Python has been at one question for so long that its reader is offered to stop it. */

/** Nearly all are answered in a twentieth of that. */
const LONG_AFTER_MILLISECONDS = 2000;

export class LongRun {
  #offer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  /** @param {(isLong: boolean) => void} offer */
  constructor(offer) {
    this.#offer = offer;
  }

  /** A question is begun, or none is computed now. @param {boolean} isRunning */
  follow(isRunning) {
    clearTimeout(this.#waiting);
    if (isRunning) this.#waiting = setTimeout(() => this.#offer(true), LONG_AFTER_MILLISECONDS);
    else this.#offer(false);
  }

  /** Nobody waits any more. */
  end() {
    this.follow(false);
  }
}
