/** Watches a worker while a question is with it: a dead or hung one says nothing by itself. */
import { PATIENCE } from "./limits.js";
import { Patience } from "./patience.js";

/** @typedef {"silent" | "idle" | "receiving" | "starting" | "computing" | "cancelling"} WorkerState what it said last, or was told */

export class Watch {
  /** @type {WorkerState} */
  state = "silent";
  #lost;
  #factor;
  #patience;
  /** The lock that the worker holds as long as it lives. @type {string | undefined} */
  #lock;
  /** @type {AbortController | undefined} */
  #queueing;

  /**
   * @param {() => void} lost called once, when no answer is to be expected any more
   * @param {number} factor how much more patience than usual
   */
  constructor(lost, factor) {
    this.#lost = lost;
    this.#factor = factor;
    this.#patience = new Patience(lost);
  }

  /** A question is with the worker. */
  begin() {
    this.#patience.wait(PATIENCE[this.state] * this.#factor);
    this.#queue();
  }

  /**
   * It has said something.
   *
   * @param {WorkerState} state
   * @param {string} [lock]
   */
  hear(state, lock) {
    this.state = state;
    this.#lock ??= lock;
  }

  /** Nothing is asked. Nor is the lock: a page that waits for one cannot be kept for "back". */
  stop() {
    this.#patience.stop();
    this.#queueing?.abort();
    this.#queueing = undefined;
  }

  /** Gets the lock when the worker is dead, however busy it was. */
  #queue() {
    if (!this.#lock || this.#queueing) return;
    const { signal } = (this.#queueing = new AbortController());
    navigator.locks?.request(this.#lock, { signal }, () => signal.aborted || this.#lost()).catch(() => {});
  }
}
