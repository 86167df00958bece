/**
 * What stands in a calculator, kept by the browser's tab for the visit: it survives a change of language, back, forward,
 * reload and instant navigation, and ends with the tab. Nothing of it is sent anywhere.
 */

/**
 * @typedef {object} Visit
 * @property {string} language in which the inputs are written
 * @property {import("./form_values.js").Values} inputs those that are not the example's
 * @property {string[]} confirmed inputs that the reader has typed, whatever stands in them
 * @property {string[]} waiting inputs that were emptied and not yet filled in
 * @property {string[]} lent inputs that hold a link's or a scenario's numbers, or those of a goal
 * @property {string} link the last one that was opened here, so that it is not opened over later edits
 * @property {string[]} open parts that were unfolded
 * @property {Record<string, string>} tools what stands in the fields of the tools
 * @property {import("./undo.js").Step[]} steps what can be taken back
 */

const KEY = "playbook-visit:";
/** No calculator has this name. */
const CURRENCY = "playbook-visit-currency";

/** @param {string} calculator @returns {Visit | null} null where nothing is kept, or nothing can be read */
export function readVisit(calculator) {
  try {
    const kept = JSON.parse(get(KEY + calculator) ?? "null");
    if (!isRecord(kept) || !isRecord(kept["inputs"])) return null;
    const texts = (/** @type {unknown} */ list) => (Array.isArray(list) ? list.filter((text) => typeof text === "string") : []);
    return {
      language: String(kept["language"]),
      inputs: /** @type {import("./form_values.js").Values} */ (kept["inputs"]),
      confirmed: texts(kept["confirmed"]),
      waiting: texts(kept["waiting"]),
      lent: texts(kept["lent"]),
      link: String(kept["link"] ?? ""),
      open: texts(kept["open"]),
      steps: Array.isArray(kept["steps"]) ? kept["steps"].filter(isStep) : [],
      tools: /** @type {Record<string, string>} */ (isRecord(kept["tools"]) ? kept["tools"] : {}),
    };
  } catch {
    return null;
  }
}

/**
 * @param {string} calculator
 * @param {Visit} visit
 */
export function writeVisit(calculator, visit) {
  const key = KEY + calculator;
  // Where all of it does not fit, what can be taken back is given up first. Old numbers must not come back as if they were the latest.
  const isKept = put(key, JSON.stringify(visit)) || put(key, JSON.stringify({ ...visit, steps: [] }));
  if (!isKept) remove(key);
}

/** @returns {string} "" for none */
export function readCurrency() {
  return get(CURRENCY) ?? "";
}

/** @param {string} currency picked for every calculator of the visit */
export function writeCurrency(currency) {
  put(CURRENCY, currency);
}

/** @param {string} key */
function get(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // storage is switched off
  }
}

/**
 * @param {string} key
 * @param {string} text
 */
function put(key, text) {
  try {
    sessionStorage.setItem(key, text);
    return true;
  } catch {
    return false; // storage is full or switched off: what is typed stays as long as the page
  }
}

/** @param {string} key */
function remove(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept, then.
  }
}

/** @param {unknown} step */
function isStep(step) {
  if (!isRecord(step) || !isRecord(step["before"]) || !isRecord(step["after"])) return false;
  const { circumstances } = step;
  return isRecord(circumstances) && typeof circumstances["currency"] === "string" && ["confirmed", "waiting"].every((name) => Array.isArray(circumstances[name]));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
