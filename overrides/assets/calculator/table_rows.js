/** Rows of a table among the inputs: added, removed, moved and pasted, by mouse, finger or keyboard. */
import { cellsOf, newRow, rowsOf, writeControl } from "./form_values.js";

/**
 * @param {HTMLFormElement} form
 * @param {() => void} changed called after every change that is no typing
 * @param {AbortSignal} signal
 */
export function keepTables(form, changed, signal) {
  form.addEventListener(
    "click",
    ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      if (!button) return;
      const added = button.dataset["addRow"];
      const table = added ? tableNamed(form, added) : button.closest("table");
      if (added && table) addRow(form, table);
      else if (table && button.dataset["row"]) changeRow(form, table, button);
      else return;
      changed();
    },
    { signal },
  );
  form.addEventListener("paste", (event) => paste(form, event) && changed(), { signal });
  form.addEventListener("keydown", (event) => enter(form, event) && changed(), { signal });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function tableNamed(form, name) {
  return /** @type {HTMLTableElement | null} */ (form.querySelector(`table[data-input="${name}"]`));
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 */
function addRow(form, table) {
  const row = newRow(form, table);
  table.tBodies[0]?.append(row);
  cellsOf(row)[0]?.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 * @param {HTMLButtonElement} button
 */
function changeRow(form, table, button) {
  const row = button.closest("tr");
  if (!row) return;
  const { previousElementSibling: before, nextElementSibling: after } = row;
  if (button.dataset["row"] === "up") before?.before(row);
  else if (button.dataset["row"] === "down") after?.after(row);
  else {
    row.remove();
    // The reader goes on where the row was; a table always has a row to type into.
    if (!rowsOf(table).length) return addRow(form, table);
    const neighbour = after ?? before;
    /** @type {HTMLElement | null | undefined} */ (neighbour?.querySelector("[data-row=remove]"))?.focus();
    return;
  }
  button.focus();
}

/**
 * A block copied from a spreadsheet fills the cells from the one it is pasted into, with new rows where it is longer.
 *
 * @param {HTMLFormElement} form
 * @param {ClipboardEvent} event
 */
function paste(form, event) {
  const { target } = event;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const table = target instanceof Element ? target.closest("table[data-input]") : null;
  if (!(table instanceof HTMLTableElement) || !/[\t\n]/.test(text.trimEnd())) return false;
  const row = /** @type {HTMLTableRowElement} */ (/** @type {Element} */ (target).closest("tr"));
  event.preventDefault();
  const firstColumn = cellsOf(row).indexOf(/** @type {any} */ (target));
  let place = rowsOf(table).indexOf(row);
  for (const texts of withoutHead(block(text), row, firstColumn)) {
    const into = rowsOf(table)[place] ?? newRow(form, table);
    if (!into.parentNode) table.tBodies[0]?.append(into);
    cellsOf(into)
      .slice(firstColumn)
      .forEach((cell, column) => {
        const value = texts[column];
        if (value !== undefined) writeControl(cell, cell.type === "checkbox" ? truth(value) : value);
      });
    place++;
  }
  return true;
}

/**
 * @param {string} text tabs between cells, a line for each row; a cell in quotes may hold both
 * @returns {string[][]}
 */
export function block(text) {
  /** @type {string[][]} */
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
  for (let match = cell.exec(text); match && cell.lastIndex <= text.length; match = cell.exec(text)) {
    rows.at(-1)?.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? "").trim());
    if (match[3] === "") break;
    if (match[3] !== "\t") rows.push([]);
  }
  return rows.filter((row) => row.some((value) => value !== ""));
}

/**
 * The head of a copied table is no row: where numbers belong, it has no digit anywhere.
 *
 * @param {string[][]} rows
 * @param {HTMLTableRowElement} row
 * @param {number} firstColumn
 */
function withoutHead(rows, row, firstColumn) {
  const isNumber = cellsOf(row)
    .slice(firstColumn)
    .map((cell) => cell.inputMode === "decimal");
  const numbers = rows[0]?.filter((_text, column) => isNumber[column]) ?? [];
  const isHead = rows.length > 1 && numbers.some(Boolean) && !numbers.some((text) => /\p{Nd}/u.test(text));
  return isHead ? rows.slice(1) : rows;
}

/** @param {string} text what spreadsheet programs and people write for yes */
function truth(text) {
  return /^(true|1|yes|y|x|✓|예|はい|ναι|참|真|wahr|vrai)$/iu.test(text.trim()) ? "true" : "";
}

/**
 * Enter goes to the cell below, and from the last row into a new one.
 *
 * @param {HTMLFormElement} form
 * @param {KeyboardEvent} event
 */
function enter(form, event) {
  const { target } = event;
  if (event.key !== "Enter" || event.isComposing || !(target instanceof HTMLInputElement) || !target.dataset["column"]) return false;
  const table = /** @type {HTMLTableElement} */ (target.closest("table"));
  const row = /** @type {HTMLTableRowElement} */ (target.closest("tr"));
  event.preventDefault();
  const column = cellsOf(row).indexOf(target);
  const below = rowsOf(table)[rowsOf(table).indexOf(row) + 1];
  if (!below) addRow(form, table);
  else cellsOf(below)[column]?.focus();
  return !below;
}
