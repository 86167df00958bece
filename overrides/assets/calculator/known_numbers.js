/**
 * The reader's numbers by quantity (calculators/core/declaring/quantities.py), as Python writes them: known from one
 * calculator or from the analyser, they are offered to the next. For the visit (sessionStorage), or in this browser if asked
 * to (localStorage). Nothing of them stands in a link.
 */

/** @typedef {{value: string, from: string, day: string, currency: string}} Known where it is from: the id of a calculator, `analysis` or `typed`; amounts in a currency, "" for none */
/** @typedef {Record<string, Known>} Numbers */

const KEY = "playbook-numbers";
/** Dispatched at the window when they have changed on this page. */
export const CHANGED = "playbook-numbers";
const ASIDE = "playbook-numbers-aside";
const MOST_CHARACTERS = 60;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @returns {Numbers} */
export function readNumbers() {
  return parsed(get(() => localStorage) ?? get(() => sessionStorage));
}

/** @returns {boolean} whether they outlive the visit */
export function areRemembered() {
  return get(() => localStorage) !== null;
}

/**
 * @param {Numbers} numbers
 * @param {boolean} [isRemembered] whether they are to outlive the visit
 * @returns {boolean} whether the browser has kept them
 */
export function writeNumbers(numbers, isRemembered = areRemembered()) {
  const places = [() => sessionStorage, () => localStorage];
  const [here, there] = isRemembered ? places.reverse() : places;
  const isKept = put(/** @type {() => Storage} */ (here), JSON.stringify(numbers));
  // Never in two places: the older of them would come back.
  if (isKept) remove(/** @type {() => Storage} */ (there));
  window.dispatchEvent(new CustomEvent(CHANGED));
  return isKept;
}

/**
 * Takes over what is known now. Where a number is the same as before, it is still from where it was.
 *
 * @param {Record<string, string>} values by quantity
 * @param {string} from
 * @param {string} currency of amounts, "" for none
 */
export function learnNumbers(values, from, currency) {
  const numbers = readNumbers();
  const isNews = (/** @type {string} */ quantity, /** @type {string} */ value) => numbers[quantity]?.value !== value || (currency !== "" && numbers[quantity]?.currency !== currency);
  const now = Object.entries(values).filter(([quantity, value]) => isNews(quantity, value));
  if (!now.length) return;
  for (const [quantity, value] of now) {
    const before = numbers[quantity];
    numbers[quantity] = before?.value === value ? { ...before, currency } : { value, from, day: today(), currency };
  }
  writeNumbers(numbers);
}

/** @param {string} calculator @returns {Record<string, string>} what the reader does not want offered there in this visit, by quantity */
export function readAside(calculator) {
  try {
    const aside = JSON.parse(sessionStorage.getItem(ASIDE) ?? "{}")[calculator];
    return Object(aside);
  } catch {
    return {};
  }
}

/** @param {string} calculator @param {Record<string, string>} values by quantity: another value is offered again */
export function putAside(calculator, values) {
  try {
    const all = Object(JSON.parse(sessionStorage.getItem(ASIDE) ?? "{}"));
    sessionStorage.setItem(ASIDE, JSON.stringify({ ...all, [calculator]: { ...readAside(calculator), ...values } }));
  } catch {
    // Storage is full, switched off or not ours: they are offered again on the next page.
  }
}

/** Whether an event of the browser's is about another tab's change of these. @param {StorageEvent} event */
export function isAboutNumbers({ key }) {
  return key === null || key === KEY;
}

/** @returns {string} the day where the reader is, as 2026-11-30 */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** @param {string | null} text @returns {Numbers} what can be numbers: storage may hold anything */
function parsed(text) {
  /** @type {Numbers} */
  const numbers = {};
  try {
    for (const [quantity, entry] of Object.entries(JSON.parse(text ?? "{}"))) {
      const { value, from, day, currency } = Object(entry);
      const [written = "", origin = "", dated = "", code = ""] = [value, from, day, currency].map((part) => (typeof part === "string" && part.length <= MOST_CHARACTERS ? part : ""));
      if (/^[a-z_]+$/.test(quantity) && written) numbers[quantity] = { value: written, from: origin, day: isDay(dated) ? dated : "", currency: code };
    }
  } catch {
    return {};
  }
  return numbers;
}

/** @param {string} text */
function isDay(text) {
  return DAY.test(text) && !Number.isNaN(Date.parse(text));
}

/** @param {() => Storage} storage which may be switched off */
function get(storage) {
  try {
    return storage().getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {() => Storage} storage @param {string} text */
function put(storage, text) {
  try {
    storage().setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}

/** @param {() => Storage} storage */
function remove(storage) {
  try {
    storage().removeItem(KEY);
  } catch {
    // Nothing was kept there, then.
  }
}
