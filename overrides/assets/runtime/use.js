/** What of Python is in use, so that it is kept for when there is no network; other bundles tell it, too. */

/** @typedef {"calculators" | "analyser"} Use */

const USED = "playbook-used";

/** @param {Use} what */
export function tellOfUse(what) {
  dispatchEvent(new CustomEvent(USED, { detail: what }));
}

/** @param {(what: Use) => void} listener */
export function onUse(listener) {
  addEventListener(USED, (event) => listener(/** @type {CustomEvent<Use>} */ (event).detail));
}
