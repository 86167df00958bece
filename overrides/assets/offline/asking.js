/** What a page asks of the service worker: service_worker/worker.js. */

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
 * @returns {Promise<any>} rejects with Refusal, or at once when it is stopped
 */
export function ask(worker, message, { arrived, signal } = {}) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if ("arrived" in data) return signal?.aborted || arrived?.(data.arrived);
      return "failed" in data ? reject(new Refusal(data.failed, data.isFull)) : resolve(data);
    };
    signal?.addEventListener("abort", () => {
      port1.postMessage("stop");
      reject(signal.reason);
    });
    worker.postMessage(message, [port2]);
  });
}
