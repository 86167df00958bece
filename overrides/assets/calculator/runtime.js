/** The page's side of the calculators' worker: one for the whole visit, started when a calculator asks for it. */
import { KEPT_MARK, connect, takeConnection } from "./connection.js";

/**
 * @typedef {object} Question see calculators/core/page.py
 * @property {string} calculator
 * @property {string} language
 * @property {string} currency
 * @property {import("./form_values.js").Values} inputs
 * @property {string} [ask] a tool of calculators/core/tools.py, with what that needs
 */
/** @typedef {{title: string, height: number, option: any, head: string[], rows: string[][]}} Chart */
/**
 * @typedef {object} Answer
 * @property {Array<{input: string, code: string, text: string, row?: number, column?: string}>} [errors]
 * @property {import("./form_values.js").Values} inputs
 * @property {Record<string, {value: unknown, text: string, sample: string | null, rows?: string[][], items?: string[]}>} outputs
 * @property {Chart | null} chart
 * @property {Array<{code: string, text: string, difference: string}>} definitions
 * @property {Record<string, string>} working
 * @property {Array<{code: string, text: string}>} notes
 * @property {string} summary
 */

/** Python could not be started, or could not answer. */
export class RuntimeFailure extends Error {
  /** @override */
  name = "RuntimeFailure";
}

/** @type {Runtime | undefined} */
let current;
let attempts = 0;

/** @returns {Runtime} the runtime of this visit; a new one after a failure */
export function runtime() {
  current ??= new Runtime(() => (current = undefined));
  return current;
}

class Runtime {
  #connection = takeConnection() ?? connect(new URL(CALCULATOR_WORKER, import.meta.url), attempts);
  #number = 0;
  /** @type {Map<number, PromiseWithResolvers<Answer>>} */
  #asked = new Map();
  #forget;

  /** @param {() => void} forget called when this runtime will never answer */
  constructor(forget) {
    this.#forget = forget;
    const { worker, port } = this.#connection;
    port.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    worker.onerror = () => this.#fail("the worker could not be loaded");
  }

  /**
   * @param {Question & Record<string, unknown>} question
   * @returns {Promise<Answer & Record<string, any>>} rejects with RuntimeFailure
   */
  ask(question) {
    const number = ++this.#number;
    /** @type {PromiseWithResolvers<Answer>} */
    const answer = withResolvers();
    this.#asked.set(number, answer);
    this.#connection.port.postMessage(JSON.stringify({ number, ...question }));
    return answer.promise;
  }

  /** @param {{state?: string, number?: number, failure?: string} & Answer} message */
  #receive(message) {
    if (message.state === "failed") return this.#fail("Python could not be started");
    if (message.state === "kept") return markAsKept();
    const answer = this.#asked.get(message.number ?? 0);
    this.#asked.delete(message.number ?? 0);
    if (message.failure) answer?.reject(new RuntimeFailure(message.failure));
    else answer?.resolve(message);
  }

  /** @param {string} reason */
  #fail(reason) {
    const failure = new RuntimeFailure(reason);
    attempts++;
    this.#forget();
    const { port } = this.#connection;
    if (port instanceof Worker) port.terminate();
    else port.close();
    for (const answer of this.#asked.values()) answer.reject(failure);
    this.#asked.clear();
  }
}

/** The next visit may start Python early: see early_start.js. */
function markAsKept() {
  try {
    localStorage.setItem(KEPT_MARK, RUNTIME_FOLDER);
  } catch {
    // Storage is full or switched off: the next visit starts as this one did.
  }
}

/**
 * `Promise.withResolvers`, which Safari has only since 17.4.
 *
 * @template Value
 * @returns {PromiseWithResolvers<Value>}
 */
function withResolvers() {
  /** @type {Partial<PromiseWithResolvers<Value>>} */
  const parts = {};
  const promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return /** @type {PromiseWithResolvers<Value>} */ ({ promise, ...parts });
}
