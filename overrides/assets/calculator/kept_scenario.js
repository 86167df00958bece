/** Scenarios that the reader asked this browser to remember: the link of the inputs, by calculator. */

const KEY = "playbook-scenario:";

/** @param {string} calculator */
export function hasKept(calculator) {
  return readKept(calculator) !== null;
}

/** @param {string} calculator @returns {string | null} */
export function readKept(calculator) {
  try {
    return localStorage.getItem(KEY + calculator);
  } catch {
    return null; // storage is switched off
  }
}

/**
 * @param {string} calculator
 * @param {string | null} link null forgets it
 * @returns {boolean} whether the browser has done it
 */
export function writeKept(calculator, link) {
  try {
    if (link === null) localStorage.removeItem(KEY + calculator);
    else localStorage.setItem(KEY + calculator, link);
    return true;
  } catch {
    return false;
  }
}
