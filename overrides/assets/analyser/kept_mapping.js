/** What the reader said about columns and words: as a file, and in this browser if asked. Nothing else of a file is kept. */
import { emptyMapping } from "./confirming.js";

/** @typedef {import("./confirming.js").Mapping} Mapping */

/** Its name in localStorage, which the page tells. */
export const KEPT_NAME = "playbook-analyser-answers";
/** Under this name, sessionStorage says that a file was open in this visit; nothing of it. */
const OPENED = "playbook-analyser-opened";
const LARGEST_FILE = 1_000_000;

/** @returns {Mapping | null} null where none is kept */
export function readKept() {
  try {
    return mappingIn(localStorage.getItem(KEPT_NAME) ?? "");
  } catch {
    return null;
  }
}

/** @param {Mapping | null} mapping null forgets it @returns {boolean} false where the browser keeps nothing */
export function writeKept(mapping) {
  try {
    if (mapping) localStorage.setItem(KEPT_NAME, JSON.stringify(mapping));
    else localStorage.removeItem(KEPT_NAME);
    return true;
  } catch {
    return false;
  }
}

/** @param {File} file @returns {Promise<Mapping | null>} null where it holds no such answers, or cannot be read any more */
export async function readMappingFile(file) {
  return file.size > LARGEST_FILE ? null : mappingIn(await file.text().catch(() => ""));
}

/** @param {string} text @returns {Mapping | null} */
function mappingIn(text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof read !== "object" || read === null) return null;
  const mapping = emptyMapping();
  for (const name of /** @type {const} */ (["columns", "outcomes", "decisions"])) {
    const entries = Object.entries(read[name] ?? {});
    if (!entries.every(([, value]) => value === null || typeof value === "string")) return null;
    mapping[name] = Object.fromEntries(entries);
  }
  return Object.values(mapping).some((entries) => Object.keys(entries).length) ? mapping : null;
}

/** @returns {boolean} whether a file was open in this visit, on a page that is gone */
export function wasOpened() {
  try {
    return sessionStorage.getItem(OPENED) !== null;
  } catch {
    return false;
  }
}

/** @param {boolean} isOpen */
export function markOpened(isOpen) {
  try {
    if (isOpen) sessionStorage.setItem(OPENED, "1");
    else sessionStorage.removeItem(OPENED);
  } catch {
    // Storage is switched off: then a page that is come back to does not say what it has lost.
  }
}
