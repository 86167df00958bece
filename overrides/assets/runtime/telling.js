/** How a worker with Python in it tells its pages how it is, whenever that changes. */

/** Often enough to be seen to move. */
const TOLD_EVERY_MILLISECONDS = 200;

/** @typedef {Pick<MessagePort, "postMessage" | "onmessage">} Port a page's end; a worker of one page is its own */
/** @typedef {{state: import("./watching.js").WorkerState, received?: number, total?: number}} Status */

export class Telling {
  /** @type {Set<Port>} */
  ports = new Set();
  /** What a page is told that asks. @type {Status & {lock?: string}} */
  status = { state: "idle" };
  #lastTold = 0;

  /** Holds a lock as long as the worker lives: pages wait for the same one, and get it when this worker ends in whatever way. */
  constructor() {
    const lock = `playbook-python-${Math.random()}`;
    navigator.locks
      ?.request(lock, () => {
        this.tell({ ...this.status, lock });
        return new Promise(() => {});
      })
      .catch(() => {}); // storage is switched off: pages lose patience instead
  }

  /** @param {Status & {lock?: string}} now */
  tell(now) {
    this.status = { lock: this.status.lock, ...now };
    this.say(this.status);
  }

  /**
   * Another part of a file is here.
   *
   * @param {import("./files.js").RuntimeFiles} files
   */
  arrived({ received, expected }) {
    if (received < expected && Date.now() - this.#lastTold < TOLD_EVERY_MILLISECONDS) return;
    this.#lastTold = Date.now();
    this.tell(this.status.state === "receiving" ? { ...this.status, received, total: expected } : this.status);
  }

  /**
   * Makes room for a new worker.
   *
   * @param {import("./failures.js").FailureKind} kind
   */
  end(kind) {
    this.say({ state: "failed", kind });
    self.close();
  }

  /** @param {object} message to every page */
  say(message) {
    for (const port of this.ports) port.postMessage(JSON.stringify(message));
  }
}

/**
 * Does something once, and again only if it failed.
 *
 * @template {unknown[]} Given
 * @param {(...given: Given) => Promise<void>} work
 */
export function once(work) {
  /** @type {Promise<void> | undefined} */
  let done;
  return (/** @type {Given} */ ...given) => {
    done ??= work(...given).catch((error) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}
