/** The page's side of a worker in which Python runs: asks it, watches it, and replaces one that dies or hangs. */
import { Failure, isAboutMemory, whyNotLoaded } from "./failures.js";
import { Watch } from "./watching.js";

/**
 * @typedef {object} Asked
 * @property {unknown} message the question, as it is sent
 * @property {PromiseWithResolvers<any>} answer
 * @property {((progress: any) => void) | undefined} onProgress
 * @property {number} attempts how often it was sent
 * @property {boolean} isCancelled
 * @property {boolean} needsWhole whether it called a function that the interpreter was without
 */
/** @typedef {{state: import("./watching.js").WorkerState, received?: number, total?: number}} Told how the worker is, in bytes as far as known */
/** @typedef {import("./connection.js").Connection} Connection */
/** @typedef {import("./connection.js").Circumstances} Circumstances */
/** @typedef {import("./failures.js").FailureKind} FailureKind */

/** A worker that dies or hangs is replaced, and what it was asked is asked again, once. */
const MOST_ATTEMPTS = 2;
/** Where another worker would fare no better. @type {Array<FailureKind | undefined>} */
const FINAL = ["gone", "unsupported", "memory"];

/** @abstract */
export class Client {
  /** @type {Connection | undefined} */
  #connection;
  /** @type {Circumstances} */
  #circumstances = {};
  /** Whether the connection's worker has the whole interpreter, or fetches it. */
  #isWhole = false;
  /** Whether nothing has been asked over the connection. */
  #isNew = false;
  /** Of the connection. */
  #watch = new Watch(() => this.#lose(), 1);
  #number = 0;
  /** @type {Map<number, Asked>} */
  #asked = new Map();
  #address;

  /**
   * @param {URL} address of the worker's script
   * @param {Connection} [connection] that there is already
   */
  constructor(address, connection) {
    this.#address = address;
    this.#connection = connection;
    if (connection) this.#listen(connection);
  }

  /**
   * Makes a worker; throws where the browser has none or refuses it.
   *
   * @abstract
   * @param {URL} _address
   * @param {Circumstances} _circumstances
   * @returns {Connection}
   */
  connect(_address, _circumstances) {
    throw new Error("every kind of client has its own way");
  }

  /** Leaves a worker that failed. @abstract @param {Connection} _connection */
  leave(_connection) {}

  /** The worker says how it is. @param {Told} _told */
  told(_told) {}

  /** The next visit will find the large files decoded. */
  kept() {}

  /** @param {Asked[]} _asked @returns {unknown[]} what a new worker is sent before these */
  beforehand(_asked) {
    return [];
  }

  /** Makes the worker ahead of a question. Where none can be made, the question is told. */
  start() {
    try {
      this.#connection ??= this.#connect(0);
    } catch (error) {
      console.warn(error);
    }
  }

  /**
   * @param {(number: number) => unknown} message the question with its number, as it is sent
   * @param {{onProgress?: (progress: any) => void, signal?: AbortSignal}} [options] a signal only where the worker can be stopped
   * @returns {Promise<any>} the answer; rejects with Failure, or as the signal says
   */
  request(message, { onProgress, signal } = {}) {
    const number = ++this.#number;
    const asked = { message: message(number), answer: withResolvers(), onProgress, attempts: 0, isCancelled: false, needsWhole: false };
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.#asked.set(number, asked);
    this.#send([asked]);
    if (!signal) return asked.answer.promise;
    const cancel = () => this.#cancel(number);
    signal.addEventListener("abort", cancel);
    return asked.answer.promise.finally(() => signal.removeEventListener("abort", cancel));
  }

  /**
   * The worker answers to this, or is left: what it keeps and what the page shows are of the same question.
   *
   * @param {number} number
   */
  #cancel(number) {
    const asked = this.#asked.get(number);
    if (!asked || !this.#connection) return;
    asked.isCancelled = true;
    this.#connection.port.postMessage({ cancel: number });
    this.#watch.hear("cancelling");
    this.#watch.begin();
  }

  /** @param {Asked[]} questions */
  #send(questions) {
    try {
      if (typeof WebAssembly !== "object") throw new Error("WebAssembly is missing");
      this.#connection ??= this.#connect(Math.max(...questions.map(({ attempts }) => attempts)));
    } catch (error) {
      console.warn(error);
      return this.#refuse("unsupported");
    }
    const before = this.#isNew ? this.beforehand(questions) : [];
    this.#isNew = false;
    for (const asked of questions) asked.attempts++;
    for (const message of [...before, ...questions.map((asked) => asked.message)]) this.#connection.port.postMessage(message);
    this.#watch.begin();
  }

  /** @param {number} attempts that there were */
  #connect(attempts) {
    this.#isWhole = [...this.#asked.values()].some(({ needsWhole }) => needsWhole);
    const connection = this.connect(this.#address, { ...this.#circumstances, isWhole: this.#isWhole });
    this.#isNew = true;
    this.#watch = new Watch(() => this.#lose(), 1 + attempts);
    this.#listen(connection);
    return connection;
  }

  /** @param {Connection} connection */
  #listen({ worker, port }) {
    port.onmessage = ({ data }) => this.#receive(typeof data === "string" ? JSON.parse(data) : data);
    worker.onerror = (event) => this.#lose(isAboutMemory(Object(event).message) ? "memory" : undefined);
  }

  /** @param {Partial<Told> & {kind?: FailureKind, lock?: string, number?: number, progress?: object}} message */
  #receive({ lock, ...message }) {
    const state = /** @type {string | undefined} */ (message.state);
    if (state === "kept") return this.kept();
    if (state === "failed") return this.#lose(message.kind, message.number);
    const asked = this.#asked.get(message.number ?? 0);
    this.#watch.hear(asked?.isCancelled ? "cancelling" : (message.state ?? (message.progress ? "computing" : "idle")), lock);
    if (message.progress) asked?.onProgress?.(message.progress);
    else if (message.number) this.#settle(message.number, message);
    else this.told(/** @type {Told} */ (message));
    if (this.#asked.size) this.#watch.begin();
    else this.#watch.stop();
  }

  /**
   * @param {number} number
   * @param {{kind?: FailureKind, failure?: string, trace?: string, isCancelled?: boolean}} message
   */
  #settle(number, { kind, failure, ...message }) {
    const asked = this.#asked.get(number);
    this.#asked.delete(number);
    this.#circumstances.isAfresh = false;
    const trace = failure ?? message.trace;
    if (trace) console.warn(trace);
    if (message.isCancelled) asked?.answer.reject(cancelled());
    // One question without an answer is a refusal like any other: the next one is asked again.
    else if (kind) asked?.answer.reject(new Failure(kind, failure ?? ""));
    else if (failure) asked?.answer.resolve({ ...message, errors: [{ input: "", code: "not_computable", text: "" }] });
    else asked?.answer.resolve(message);
  }

  /**
   * The worker will not answer: another one is asked.
   *
   * @param {FailureKind} [kind] why, if it is known
   * @param {number} [number] of the question at which it ended, if it was at one
   */
  async #lose(kind, number) {
    const connection = this.#connection;
    if (!connection) return;
    const { state } = this.#watch;
    this.#leave(connection);
    // One that never spoke may have been refused; one that did not finish starting may have found a bad file, or none.
    if (state === "silent") this.#circumstances.isAlone = true;
    if ((state === "receiving" || state === "starting") && (!kind || kind === "broken")) this.#circumstances.isAfresh = true;
    const isFinal = FINAL.includes(kind);
    const over = [...this.#asked].filter(([numberOfAsked, asked]) => {
      const isOfAnother = kind === "memory" && number !== undefined && number !== numberOfAsked;
      const isSpared = kind === "cut" || isOfAnother || (this.#isWhole && !asked.needsWhole); // nothing speaks against the question
      if (kind === "cut" && (number ?? numberOfAsked) === numberOfAsked) asked.needsWhole = true;
      if (isSpared) asked.attempts--;
      return asked.isCancelled || (!isSpared && (isFinal || asked.attempts >= MOST_ATTEMPTS));
    });
    for (const [number] of over) this.#asked.delete(number);
    if (over.length) this.#circumstances.isAfresh = false; // what is kept is as good for the next question as before
    if (this.#asked.size) this.#send([...this.#asked.values()]);
    if (!over.length) return;
    const reason = kind ?? (state === "receiving" ? "offline" : await whyNotLoaded(this.#address));
    for (const [, { answer, isCancelled }] of over) {
      answer.reject(isCancelled ? cancelled() : new Failure(reason, "Python does not answer"));
    }
  }

  /** Nobody waits any more for what was asked: the worker is left in the middle of it, and the next question makes another one. */
  stop() {
    if (!this.#connection) return;
    this.#leave(this.#connection);
    this.#refuse("stopped");
  }

  /** @param {Connection} connection */
  #leave(connection) {
    this.#watch.stop();
    connection.port.onmessage = connection.worker.onerror = null;
    this.leave(connection);
    this.#connection = undefined;
  }

  /** Nothing can be asked here, or nobody waits for it. @param {FailureKind} kind */
  #refuse(kind) {
    for (const { answer } of this.#asked.values()) answer.reject(new Failure(kind, "Python is not asked"));
    this.#asked.clear();
  }
}

function cancelled() {
  return new DOMException("The reader does not wait for it any more", "AbortError");
}

/**
 * `Promise.withResolvers`, which Safari has only since 17.4.
 *
 * @returns {PromiseWithResolvers<any>}
 */
function withResolvers() {
  /** @type {Partial<PromiseWithResolvers<any>>} */
  const parts = {};
  const promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return /** @type {PromiseWithResolvers<any>} */ ({ promise, ...parts });
}
