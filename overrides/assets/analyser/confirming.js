/** What was understood of the file: each column and each word of the outcome, with a choice beside it. */
import { fillSelect, filled, listIn, place, refill } from "./templates.js";

/** @typedef {{columns: Record<string, string | null>, outcomes: Record<string, string>, decisions: Record<string, string>}} Mapping */
/** @typedef {{mapping: Mapping, remembered: Mapping | null}} Said all that was said of a file, and what of it is of an earlier one */
/** @typedef {Record<string, any>} Answer */

/** @returns {Mapping} */
export function emptyMapping() {
  return { columns: {}, outcomes: {}, decisions: {} };
}

/**
 * @param {HTMLElement} analyser
 * @param {Answer} confirm see calculators/analysis/page/confirm.py
 * @param {Said} said
 */
export function showConfirm(analyser, confirm, said) {
  place(analyser, "understood").textContent = confirm["summary"];
  place(analyser, "file").textContent = confirm["file"];
  const cards = confirm["columns"].map((/** @type {Answer} */ column) => columnCard(analyser, column, confirm["roles"], said));
  const unused = cards.filter((/** @type {HTMLElement} */ card) => card.hasAttribute("data-unused"));
  // One that has just lost its use is still beside the others, under the reader's hand.
  const focused = unused.find((/** @type {HTMLElement} */ card) => keyOf(card) === keyOf(document.activeElement));
  const apart = unused.filter((/** @type {HTMLElement} */ card) => card !== focused);
  refill(place(analyser, "columns"), cards.filter((/** @type {HTMLElement} */ card) => !apart.includes(card)));
  refill(place(analyser, "unused-columns"), apart);
  place(analyser, "used-title").textContent = confirm["used"];
  place(analyser, "unused-title").textContent = confirm["unused"];
  place(analyser, "unused").hidden = !apart.length;
  const outcomes = confirm["outcomes"].map((/** @type {Answer} */ outcome) => outcomeRow(analyser, outcome, confirm["meanings"], said));
  refill(place(analyser, "outcomes"), outcomes);
  place(analyser, "outcomes-set").hidden = !outcomes.length;
}

/**
 * @param {HTMLElement} analyser
 * @param {Answer} column
 * @param {Array<{value: string, text: string}>} roles
 * @param {Said} said
 */
function columnCard(analyser, column, roles, said) {
  const card = filled(analyser, "column", column);
  const select = choiceIn(card, `column:${column["name"]}`, column["name"]);
  fillSelect(select, roles, column["role"]);
  listIn(card, "profile").append(...column["profile"].map((/** @type {Answer} */ fact) => filled(analyser, "fact", fact)));
  card.toggleAttribute("data-unused", !column["role"]);
  offerUndo(card, `column:${column["name"]}`, isSaidNow(said, "columns", column["name"]));
  return card;
}

/**
 * @param {HTMLElement} analyser
 * @param {Answer} outcome
 * @param {Array<{value: string, text: string}>} meanings
 * @param {Said} said
 */
function outcomeRow(analyser, outcome, meanings, said) {
  const row = filled(analyser, "outcome", outcome);
  // That nobody knows it is how a question is left open; it takes nothing back.
  const open = meanings.filter(({ value }) => value || !outcome["means"]);
  fillSelect(choiceIn(row, `outcome:${outcome["value"]}`, outcome["value"]), open, outcome["means"]);
  offerUndo(row, `outcome:${outcome["value"]}`, isSaidNow(said, "outcomes", outcome["value"]));
  row.toggleAttribute("data-open", !outcome["means"]);
  return row;
}

/** @param {Element | null} element @returns {string | undefined} of a control, or of the one in a card */
function keyOf(element) {
  const control = element instanceof HTMLElement && element.dataset["key"] ? element : element?.querySelector("select");
  return control instanceof HTMLElement ? control.dataset["key"] : undefined;
}

/**
 * @param {HTMLElement} card
 * @param {string} said what was said: "column:", "outcome:" or "doubt:" and a name
 * @param {boolean} isSaid
 */
export function offerUndo(card, said, isSaid) {
  const button = /** @type {HTMLElement} */ (card.querySelector("[data-do=undo]"));
  button.hidden = !isSaid;
  button.dataset["undoes"] = said;
  button.dataset["key"] = `undo:${said}`;
}

/** @param {HTMLElement} card @param {string} key @param {string} name */
function choiceIn(card, key, name) {
  const select = /** @type {HTMLSelectElement} */ (card.querySelector("select"));
  select.dataset["key"] = key;
  select.dataset["name"] = name;
  return select;
}

/**
 * @param {Mapping} mapping
 * @param {HTMLSelectElement} select of a column or a word
 * @returns {Mapping} with what was chosen
 */
export function withChoice(mapping, select) {
  const name = select.dataset["name"] ?? "";
  if (select.dataset["choice"] === "role") return { ...mapping, columns: { ...mapping.columns, [name]: select.value || null } };
  return withMeaning(mapping, name, select.value);
}

/** @param {Mapping} mapping @param {string} word @param {string} means "" leaves the question open @returns {Mapping} */
function withMeaning(mapping, word, means) {
  return { ...mapping, outcomes: means ? { ...mapping.outcomes, [word]: means } : omit(mapping.outcomes, word) };
}

/** @param {Mapping} mapping @param {string} code of a doubt, or "outcome:" and a word @param {string} value @returns {Mapping} */
export function withDecision(mapping, code, value) {
  if (code.startsWith("outcome:")) return withMeaning(mapping, code.slice("outcome:".length), value);
  return { ...mapping, decisions: { ...mapping.decisions, [code]: value } };
}

const PARTS = /** @type {const} */ ({ column: "columns", outcome: "outcomes", doubt: "decisions" });

/** @param {Said} said @param {"columns" | "outcomes"} part @param {string} name */
function isSaidNow({ mapping, remembered }, part, name) {
  const now = own(mapping[part], name);
  return now !== undefined && now !== own(remembered?.[part], name);
}

/**
 * A column may be called "constructor".
 *
 * @template Value
 * @param {Record<string, Value> | undefined} entries
 * @param {string} name
 */
function own(entries, name) {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** @param {Said} said @param {string} what as `offerUndo` has it @returns {Mapping} as before it was said in this visit */
export function without({ mapping, remembered }, what) {
  const [kind = "", ...rest] = what.split(":");
  const part = PARTS[/** @type {keyof typeof PARTS} */ (kind)];
  const name = rest.join(":");
  const before = own(remembered?.[part], name);
  return { ...mapping, [part]: before === undefined ? omit(mapping[part], name) : { ...mapping[part], [name]: before } };
}

/**
 * @template Value
 * @param {Record<string, Value>} entries
 * @param {string} name
 * @returns {Record<string, Value>}
 */
function omit(entries, name) {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => key !== name));
}
