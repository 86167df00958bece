/** What a page asks of the service worker: service_worker/worker.js. */
import { OFFLINE_PATIENCE } from "../runtime/limits.js";
import { Patience } from "../runtime/patience.js";

/** @typedef {{isTaken: boolean, isBegun: boolean, scripts: string, missing: {path: string, bytes: number}[]}} State of a language */

/** It could not be done. */
export class Refusal extends Error {
  /** @param {string} message for a developer @param {boolean} isFull whether there is no room */
  constructor(message, isFull) {
    super(message);
    this.isFull = isFull;
  }
}

/**
 * @param {ServiceWorker} worker
 * @param {import("../service_worker/worker.js").Asked} message
 * @param {import("../service_worker/keeping.js").Taking} [taking]
 * @returns {Promise<any>} rejects with Refusal, also where it gives no sign of life, or at once when it is stopped
 */
export function ask(worker, message, { arrived, signal } = {}) {
  const { port1, port2 } = new MessageChannel();
  /** @type {Patience | undefined} */
  let patience;
  const answered = new Promise((resolve, reject) => {
    const stop = (/** @type {unknown} */ reason) => {
      port1.postMessage("stop");
      reject(reason);
    };
    patience = new Patience(() => stop(new Refusal("no sign of life", false)));
    patience.wait(OFFLINE_PATIENCE);
    port1.onmessage = ({ data }) => {
      if (!("arrived" in data)) return "failed" in data ? reject(new Refusal(data.failed, data.isFull)) : resolve(data);
      patience?.wait(OFFLINE_PATIENCE);
      if (!signal?.aborted) arrived?.(data.arrived);
    };
    signal?.addEventListener("abort", () => stop(signal.reason));
    worker.postMessage(message, [port2]);
  });
  return answered.finally(() => patience?.stop());
}
