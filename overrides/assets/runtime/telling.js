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
  /** @type {import("./counting.js").Counting | undefined} */
  #counting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;

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
  tell({ state, lock = this.status.lock }) {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const { received, total } = this.#counting ?? {};
    this.status = state === "receiving" && total ? { lock, state, received, total } : { lock, state };
    this.say(this.status);
  }

  /**
   * More is waited for, or another part of it is here: also a sign of life while a plain boot fetches for itself.
   *
   * @param {import("./counting.js").Counting} counting
   */
  counted(counting) {
    this.#counting = counting;
    this.#telling ??= setTimeout(() => this.tell(this.status), TOLD_EVERY_MILLISECONDS);
  }

  /**
   * Makes room for a new worker.
   *
   * @param {import("./failures.js").FailureKind} kind
   * @param {Port} [asker] whose question it was, if it was one
   * @param {number} [number] of that question; the other pages are told 0, which is none of theirs
   */
  end(kind, asker, number) {
    for (const port of this.ports) port.postMessage(JSON.stringify({ state: "failed", kind, number: asker && (port === asker ? number : 0) }));
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
