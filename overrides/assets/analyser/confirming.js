/** What was understood of the file: each column and each word of the outcome, with a choice beside it. */
import { fillSelect, filled, listIn, place, refill } from "./templates.js";

/** @typedef {{columns: Record<string, string | null>, outcomes: Record<string, string>, decisions: Record<string, string>}} Mapping */
/** @typedef {Record<string, any>} Answer */

/** @returns {Mapping} */
export function emptyMapping() {
  return { columns: {}, outcomes: {}, decisions: {} };
}

/**
 * @param {HTMLElement} analyser
 * @param {Answer} confirm see calculators/analysis/page/confirm.py
 */
export function showConfirm(analyser, confirm) {
  place(analyser, "understood").textContent = confirm["summary"];
  place(analyser, "file").textContent = confirm["file"];
  const cards = confirm["columns"].map((/** @type {Answer} */ column) => columnCard(analyser, column, confirm["roles"]));
  const unused = cards.filter((/** @type {HTMLElement} */ card) => card.hasAttribute("data-unused"));
  // One that has just lost its use is still beside the others, under the reader's hand.
  const focused = unused.find((/** @type {HTMLElement} */ card) => keyOf(card) === keyOf(document.activeElement));
  const apart = unused.filter((/** @type {HTMLElement} */ card) => card !== focused);
  refill(place(analyser, "columns"), cards.filter((/** @type {HTMLElement} */ card) => !apart.includes(card)));
  refill(place(analyser, "unused-columns"), apart);
  place(analyser, "unused-title").textContent = confirm["unused"];
  place(analyser, "unused").hidden = !apart.length;
  const outcomes = confirm["outcomes"].map((/** @type {Answer} */ outcome) => outcomeRow(analyser, outcome, confirm["meanings"]));
  refill(place(analyser, "outcomes"), outcomes);
  place(analyser, "outcomes-set").hidden = !outcomes.length;
}

/**
 * @param {HTMLElement} analyser
 * @param {Answer} column
 * @param {Array<{value: string, text: string}>} roles
 */
function columnCard(analyser, column, roles) {
  const card = filled(analyser, "column", column);
  const select = choiceIn(card, `column:${column["name"]}`, column["name"]);
  fillSelect(select, roles, column["role"]);
  listIn(card, "profile").append(...column["profile"].map((/** @type {Answer} */ fact) => filled(analyser, "fact", fact)));
  card.toggleAttribute("data-unused", !column["role"]);
  return card;
}

/**
 * @param {HTMLElement} analyser
 * @param {Answer} outcome
 * @param {Array<{value: string, text: string}>} meanings
 */
function outcomeRow(analyser, outcome, meanings) {
  const row = filled(analyser, "outcome", outcome);
  fillSelect(choiceIn(row, `outcome:${outcome["value"]}`, outcome["value"]), meanings, outcome["means"]);
  row.toggleAttribute("data-open", !outcome["means"]);
  return row;
}

/** @param {Element | null} element @returns {string | undefined} of a control, or of the one in a card */
function keyOf(element) {
  const control = element instanceof HTMLElement && element.dataset["key"] ? element : element?.querySelector("select");
  return control instanceof HTMLElement ? control.dataset["key"] : undefined;
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

/** @param {Mapping} mapping @param {string} word @param {string} means "" leaves it to the analyser @returns {Mapping} */
function withMeaning(mapping, word, means) {
  const { [word]: _before, ...outcomes } = mapping.outcomes;
  return { ...mapping, outcomes: means ? { ...outcomes, [word]: means } : outcomes };
}

/** @param {Mapping} mapping @param {string} code of a doubt, or "outcome:" and a word @param {string} value @returns {Mapping} */
export function withDecision(mapping, code, value) {
  if (code.startsWith("outcome:")) return withMeaning(mapping, code.slice("outcome:".length), value);
  return { ...mapping, decisions: { ...mapping.decisions, [code]: value } };
}
