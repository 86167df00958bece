/**
 * Scenarios that the reader has kept, by calculator: for the visit (sessionStorage), and in this browser if asked to
 * (localStorage). Each is the text that Python wrote of what stood in the fields (calculators/core/taking_along/links.py),
 * notes included. What cannot be read, by this release of the site, is kept as it is.
 */

/** @typedef {{name: string, kept: string}} Scenario */
/** @typedef {{scenarios: Scenario[], isRemembered: boolean}} Kept */

const REMEMBERED = "playbook-scenario:";
const OF_THE_VISIT = "playbook-visit-scenario:";

/** @param {string} calculator */
export function hasKept(calculator) {
  return readKept(calculator).scenarios.length > 0;
}

/** @param {string} calculator @returns {Kept} */
export function readKept(calculator) {
  const remembered = read(() => localStorage, REMEMBERED + calculator);
  const ofTheVisit = read(() => sessionStorage, OF_THE_VISIT + calculator);
  // Both, where another tab has asked to remember them: none is given up for the other.
  const scenarios = [remembered, ofTheVisit].flatMap((text) => (text === null ? [] : parsed(text)));
  const texts = scenarios.map((scenario) => JSON.stringify(scenario));
  return { scenarios: scenarios.filter((_scenario, place) => texts.indexOf(texts[place] ?? "") === place), isRemembered: remembered !== null };
}

/** @param {() => Storage} storage @param {string} key @returns {string | null} */
function read(storage, key) {
  try {
    return storage().getItem(key);
  } catch {
    return null; // it is switched off
  }
}

/**
 * @param {string} calculator
 * @param {Kept} kept
 * @returns {boolean} whether the browser has done it
 */
export function writeKept(calculator, { scenarios, isRemembered }) {
  const places = /** @type {const} */ ([[() => localStorage, REMEMBERED, isRemembered], [() => sessionStorage, OF_THE_VISIT, !isRemembered]]);
  // First where they go to, then away from where they were.
  for (const [storage, key, isMeant] of places) {
    if (isMeant && scenarios.length && !put(storage, key + calculator, JSON.stringify(scenarios))) return false;
  }
  for (const [storage, key, isMeant] of places) {
    if (!isMeant || !scenarios.length) remove(storage, key + calculator);
  }
  return true;
}

/** @param {() => Storage} storage @param {string} key @param {string} text */
function put(storage, key, text) {
  try {
    storage().setItem(key, text);
    return true;
  } catch {
    return false; // it is full or switched off
  }
}

/** @param {() => Storage} storage @param {string} key */
function remove(storage, key) {
  try {
    storage().removeItem(key);
  } catch {
    // It is switched off: nothing is kept there.
  }
}

/** Whether an event of the browser's is about another tab's change of these. @param {StorageEvent} event @param {string} calculator */
export function isAboutKept({ key }, calculator) {
  return key === null || key === REMEMBERED + calculator;
}

/** @param {string} text @returns {Scenario[]} */
function parsed(text) {
  /** @type {unknown} */
  let entries;
  try {
    entries = JSON.parse(text);
  } catch {
    // Release 0.3 and before kept one, without a name.
  }
  if (!Array.isArray(entries)) return [{ name: "", kept: text }];
  return entries.map((entry) => {
    const { name, kept } = Object(entry);
    return { name: typeof name === "string" ? name : "", kept: typeof kept === "string" ? kept : JSON.stringify(entry) };
  });
}
