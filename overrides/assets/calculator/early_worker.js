/** How a worker started early (see early_start.js) reaches the calculators, whose script comes later. */

/** Under this name, localStorage holds the folder of the runtime whose files are kept decoded. */
export const KEPT_MARK = "playbook-runtime";

/** @typedef {typeof globalThis & { playbookWorker?: Worker }} Page */

export const earlyWorker = {
  /** @param {Worker} worker */
  give(worker) {
    const page = /** @type {Page} */ (globalThis);
    page.playbookWorker = worker;
    // One that could not be loaded is as good as none.
    worker.addEventListener("error", () => delete page.playbookWorker);
  },

  /** @returns {Worker | undefined} the worker, once */
  take() {
    const page = /** @type {Page} */ (globalThis);
    const worker = page.playbookWorker;
    delete page.playbookWorker;
    return worker;
  },
};
