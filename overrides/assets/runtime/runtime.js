/** The page's side of the calculators' worker: one for the whole visit, started when a calculator asks for it. */
import { Client } from "./client.js";
import { connect, leave, markAsKept, takeConnection } from "./connection.js";
import { tellOfUse } from "./use.js";

/**
 * @typedef {object} Question see calculators/core/page/answer.py
 * @property {string} calculator
 * @property {string} language
 * @property {string} currency
 * @property {import("../calculator/form_values.js").Values} inputs
 * @property {string} [ask] a tool of calculators/core/page/tools.py, with what that needs
 */
/** @typedef {{title: string, option: any, head: string[], rows: string[][]}} Chart */
/** @typedef {import("../calculator/offers.js").Offer} Offer */
/**
 * @typedef {object} Answer
 * @property {Array<{input: string, code: string, text: string, row?: number | null, column?: string, choices?: Offer[]}>} [errors]
 * @property {import("../calculator/form_values.js").Values} inputs
 * @property {Record<string, {value: unknown, text: string, sample: string | null, words?: string, rows?: string[][], items?: string[]}>} outputs
 * @property {Chart | null} chart
 * @property {Array<{code: string, text: string, difference: string}>} definitions
 * @property {Record<string, string>} working
 * @property {Array<{input: string, column?: string, text: string, choices: Offer[]}>} remarks
 * @property {Array<{code: string, text: string}>} notes
 * @property {import("../calculator/number_offers.js").Learned} quantities what it says about the reader's numbers
 * @property {string} headline the answer to the calculator's question
 * @property {string} summary what is spoken
 * @property {string} [trace] what a developer needs to know about a refusal that nobody foresaw
 */

/** @typedef {import("./client.js").Told} Progress */

/** @type {Runtime | undefined} */
let current;
/** @type {Set<(progress: Progress) => void>} */
const listeners = new Set();

/** @returns {Runtime} the runtime of this visit */
export function runtime() {
  return (current ??= new Runtime());
}

/** @returns {boolean} whether Python was asked for since this page was loaded in full */
export function wasAsked() {
  return current !== undefined;
}

/**
 * Tells how far the worker is, while it is asked.
 *
 * @param {(progress: Progress) => void} listener
 * @param {AbortSignal} signal
 */
export function onProgress(listener, signal) {
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener));
}

class Runtime extends Client {
  constructor() {
    super(new URL(CALCULATOR_WORKER, import.meta.url), takeConnection());
  }

  /**
   * @param {Question & Record<string, unknown>} question
   * @returns {Promise<Answer & Record<string, any>>} rejects with Failure
   */
  ask(question) {
    return this.request((number) => JSON.stringify({ number, ...question }));
  }

  /** @override @param {URL} address @param {import("./connection.js").Circumstances} circumstances */
  connect(address, circumstances) {
    return connect(address, circumstances);
  }

  /** @override @param {import("./connection.js").Connection} connection */
  leave(connection) {
    leave(connection);
  }

  /** @override @param {Progress} progress */
  told(progress) {
    for (const listener of listeners) listener(progress);
  }

  /** @override */
  kept() {
    markAsKept();
    tellOfUse("calculators");
  }
}
