/** Rows of a table among the inputs: added, removed and moved, by mouse, finger or keyboard. */
import { cellsOf, newRows, rowsOf } from "./form_values.js";

/**
 * @param {HTMLFormElement} form
 * @param {() => void} changed called after every change that is no typing
 * @param {(change: () => void) => void} undoably makes a change that the reader can take back
 * @param {AbortSignal} signal
 */
export function keepTables(form, changed, undoably, signal) {
  form.addEventListener(
    "click",
    ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      if (!button) return;
      const added = button.dataset["addRow"];
      const table = added ? tableNamed(form, added) : button.closest("table");
      if (added && table) addRow(form, table);
      else if (table && button.dataset["row"]) undoably(() => changeRow(form, table, button));
      else return;
      changed();
    },
    { signal },
  );
  form.addEventListener("keydown", (event) => enter(form, event) && changed(), { signal });
  const counting = new MutationObserver((changes) => {
    for (const { target } of changes) nameButtons(/** @type {HTMLElement} */ (target));
  });
  for (const body of form.querySelectorAll("table[data-input] > tbody")) counting.observe(body, { childList: true });
  signal.addEventListener("abort", () => counting.disconnect());
}

/** Each button says which row it is for. @param {HTMLElement} body whose rows have changed */
function nameButtons(body) {
  for (const [place, row] of [...body.children].entries()) {
    for (const button of row.querySelectorAll("button[data-row]")) {
      if (!(button instanceof HTMLElement)) continue;
      const name = (body.dataset[button.dataset["row"] ?? ""] ?? "").replace("{row}", String(place + 1));
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
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
  const rows = newRows(form, table);
  table.tBodies[0]?.append(...rows);
  cellsOf(/** @type {Element} */ (rows[0]))[0]?.focus();
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
