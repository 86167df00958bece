/** The page's side of the analyser's worker, which is the page's own. */
import { Client } from "../runtime/client.js";
import { tellOfUse } from "../runtime/use.js";

/**
 * @typedef {object} Progress
 * @property {"loading" | "decoding" | "reading" | "understanding" | "computing"} stage
 * @property {number} [done] bytes while it is loading or decoding, rows while it is reading, steps otherwise
 * @property {number} [total]
 */
/** @typedef {{question: Record<string, unknown>, files: File[]}} Read */

export class Analyser extends Client {
  /** @type {Set<(progress: Progress) => void>} */
  #listeners = new Set();
  /** What is shown, by the question: a worker that takes the place of another one is asked for it first. @type {Map<unknown, Read>} */
  #shown = new Map();

  constructor() {
    super(new URL(ANALYSER_WORKER, import.meta.url));
  }

  /**
   * Asks one of the questions of calculators/analysis/page/questions.py. `start` may be called before.
   *
   * @param {Record<string, unknown>} question its `files` are put in
   * @param {{files?: File[], onProgress?: (progress: Progress) => void, signal?: AbortSignal}} [options]
   * @returns {Promise<any>} the answer; rejects with Failure, or with an AbortError
   */
  async ask(question, { files = [], onProgress = () => {}, signal } = {}) {
    this.#listeners.add(onProgress);
    try {
      const answer = await this.request((number) => message({ number, ...question }, files), { onProgress, signal });
      if (!answer.errors) this.#remember({ question, files });
      return answer;
    } finally {
      this.#listeners.delete(onProgress);
    }
  }

  /** @override @param {URL} address @param {import("../runtime/connection.js").Circumstances} circumstances */
  connect(address, { isAfresh = false }) {
    const worker = new Worker(address, { type: "module", name: `analyser${isAfresh ? "-afresh" : ""}` });
    return { worker, port: worker, failed: 0 };
  }

  /** @override @param {import("../runtime/connection.js").Connection} connection */
  leave({ worker }) {
    if ("terminate" in worker) worker.terminate();
  }

  /** @override @param {import("../runtime/client.js").Told} told */
  told({ state, received, total }) {
    if (state !== "receiving" && state !== "starting") return;
    for (const listener of this.#listeners) listener({ stage: "loading", done: received, total });
  }

  /** @override */
  kept() {
    tellOfUse("analyser");
  }

  /** @override @param {import("../runtime/client.js").Asked[]} asked */
  beforehand(asked) {
    const isRead = asked.some(({ message }) => JSON.parse(/** @type {Message} */ (message).question).ask === "read");
    // Nobody waits for number 0.
    return isRead ? [] : [...this.#shown.values()].map(({ question, files }) => message({ number: 0, ...question }, files));
  }

  /** @param {Read} read */
  #remember(read) {
    const { ask } = read.question;
    if (ask === "read") this.#shown.clear();
    if (ask === "read" || ask === "again") this.#shown.set(ask, read);
  }
}

/** @typedef {{question: string, files: File[]}} Message */

/**
 * @param {Record<string, unknown>} question
 * @param {File[]} files
 * @returns {Message}
 */
function message(question, files) {
  return { question: JSON.stringify(question), files };
}
