/** What is pasted into a form: a block into a table goes to Python (calculators/core/page/pasting.py), which reads it. */
import { cellsOf, isOptionOn, readTable, rowsOf } from "./form_values.js";
import { showOffers } from "./offers.js";

/** @typedef {import("./form_values.js").Row} Row */
/** @typedef {Record<string, any>} Answer */

/** More than a table takes; what lies beyond is not sent, because all of it is refused. */
const LONGEST = 1_500_000;

/**
 * @param {HTMLFormElement} form
 * @param {(question: object) => Promise<Answer>} ask
 * @param {(name: string, rows: Row[]) => void} write puts rows into a table
 * @param {AbortSignal} signal
 */
export function keepPasting(form, ask, write, signal) {
  form.addEventListener(
    "paste",
    (event) => {
      const { target } = event;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (event.defaultPrevented || !(target instanceof HTMLInputElement) || !/[\t\r\n]/.test(text) || target.closest("[data-part=tools]")) return;
      event.preventDefault();
      const inside = withoutEdges(text);
      const table = target.closest("table[data-input]");
      if (!/[\t\r\n]/.test(inside)) insert(target, inside);
      else if (table instanceof HTMLTableElement) pasteBlock(form, table, target, text, ask, write);
      // The browser would join the lines to one number; so they are asked about.
      else insert(target, inside.slice(0, LONGEST).split(/[\t\r\n]+/).join("; "));
    },
    { signal },
  );
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 * @param {HTMLInputElement} cell
 * @param {string} text
 * @param {(question: object) => Promise<Answer>} ask
 * @param {(name: string, rows: Row[]) => void} write
 */
async function pasteBlock(form, table, cell, text, ask, write) {
  const name = table.dataset["input"] ?? "";
  const row = /** @type {HTMLTableRowElement} */ (cell.closest("tr"));
  const rows = readTable(table);
  const answer = await ask({
    ask: "paste",
    inputs: optionsOf(form, table),
    table: name,
    rows,
    text: text.slice(0, LONGEST),
    row: rowsOf(table).indexOf(row),
    column: cell.dataset["column"],
  });
  if (!table.isConnected) return;
  const place = form.querySelector(`[data-pasted-into="${name}"]`);
  if (!(place instanceof HTMLElement)) return;
  const take = (/** @type {Row[]} */ taken) => {
    write(name, taken);
    cellsOf(table)[0]?.focus();
  };
  if (answer["rows"]) take(answer["rows"]);
  // Only now: what was said of an earlier block goes with every change.
  const sentence = answer["refusal"] ?? answer["text"] ?? "";
  place.textContent = sentence;
  place.hidden = !sentence;
  const choices = (answer["choices"] ?? []).map((/** @type {{label: string, rows: Row[]}} */ choice) => ({ label: choice.label, value: choice.rows }));
  showOffers(place, choices, (value) => take(/** @type {Row[]} */ (value)));
  place.nextElementSibling?.querySelector("button")?.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 * @returns {Record<string, string>} the options that show some of its columns, as far as they are ticked
 */
function optionsOf(form, table) {
  const heads = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("th[data-shown-if]")]);
  const names = heads.map((head) => head.dataset["shownIf"] ?? "");
  return Object.fromEntries(names.filter((name) => isOptionOn(form, name)).map((name) => [name, "true"]));
}

/**
 * A question about a block is no longer one when the table it was about has changed.
 *
 * @param {HTMLFormElement} form
 */
export function forgetPasted(form) {
  for (const place of form.querySelectorAll("[data-pasted-into]:not([hidden])")) {
    if (place instanceof HTMLElement) place.hidden = true;
    showOffers(place, [], () => {});
  }
}

/**
 * Sign by sign: a pattern for the end would begin anew at each of a million empty lines in the middle.
 *
 * @param {string} text
 * @returns {string} without line ends in front, and line ends and tabs behind
 */
function withoutEdges(text) {
  let [start, end] = [0, text.length];
  while (start < end && "\r\n".includes(text.charAt(start))) start++;
  while (end > start && "\t\r\n".includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * Puts a text where the cursor is, as typing does.
 *
 * @param {HTMLInputElement} input
 * @param {string} text
 */
function insert(input, text) {
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? input.value.length, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
