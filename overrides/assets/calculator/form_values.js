/** What stands in a calculator's form, by input: a text, the ticked keys, or the rows of a table. */

/** @typedef {Record<string, string>} Row */
/** @typedef {string | string[] | Row[]} Value */
/** @typedef {Record<string, Value>} Values */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * @param {HTMLFormElement} form
 * @returns {Values}
 */
export function readForm(form) {
  /** @type {Values} */
  const values = {};
  for (const control of controlsOf(form)) {
    const { name } = control;
    if (!isTicked(control)) values[name] = control.value;
    else if (control.type === "radio") values[name] = control.checked ? control.value : (values[name] ?? "");
    else if (isAlone(form, control)) values[name] = control.checked ? control.value : "";
    else {
      const keys = /** @type {string[]} */ (values[name] ??= []);
      if (control.checked) keys.push(control.value);
    }
  }
  for (const table of tablesOf(form)) values[table.dataset["input"] ?? ""] = rowsOf(table).map(readRow);
  return values;
}

/**
 * @param {HTMLFormElement} form
 * @param {Values} values inputs left out stay as they are
 */
export function writeForm(form, values) {
  for (const control of controlsOf(form)) {
    const value = values[control.name];
    if (value !== undefined) writeControl(control, value);
  }
  for (const table of tablesOf(form)) {
    const rows = values[table.dataset["input"] ?? ""];
    if (rows) writeRows(form, table, /** @type {Row[]} */ (rows));
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {Control[]} the controls of an input; for a table, all of its cells
 */
export function controlsNamed(form, name) {
  const table = form.querySelector(`[data-input="${name}"]`);
  return table ? cellsOf(table) : controlsOf(form).filter((control) => control.name === name);
}

/** @param {HTMLFormElement} form */
export function controlsOf(form) {
  return /** @type {Control[]} */ ([...form.querySelectorAll("input[name]:not([data-pick]), textarea[name], select[name]")]);
}

/** @param {HTMLFormElement} form */
export function tablesOf(form) {
  return /** @type {HTMLTableElement[]} */ ([...form.querySelectorAll("table[data-input]")]);
}

/** @param {HTMLTableElement} table */
export function rowsOf(table) {
  return [...(table.tBodies[0]?.rows ?? [])];
}

/** @param {Element} part of a table */
export function cellsOf(part) {
  return /** @type {Control[]} */ ([...part.querySelectorAll("[data-column]")]);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 * @returns {HTMLTableRowElement} a row without content, not yet in the table
 */
export function newRow(form, table) {
  const template = form.querySelector(`template[data-row-of="${table.dataset["input"]}"]`);
  const row = template instanceof HTMLTemplateElement ? template.content.querySelector("tr") : null;
  return /** @type {HTMLTableRowElement} */ (row?.cloneNode(true) ?? document.createElement("tr"));
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 * @param {Row[]} rows
 */
function writeRows(form, table, rows) {
  const body = table.tBodies[0];
  if (!body) return;
  while (body.rows.length > rows.length) body.deleteRow(-1);
  while (body.rows.length < rows.length) body.append(newRow(form, table));
  rows.forEach((texts, place) => {
    const row = body.rows[place];
    if (!row) return;
    for (const cell of cellsOf(row)) writeControl(cell, texts[cell.dataset["column"] ?? ""] ?? "");
  });
}

/** @param {HTMLTableRowElement} row */
function readRow(row) {
  return Object.fromEntries(
    cellsOf(row).map((cell) => [cell.dataset["column"], isTicked(cell) ? (cell.checked ? "true" : "") : cell.value]),
  );
}

/**
 * @param {Control} control
 * @param {Value} value
 */
export function writeControl(control, value) {
  if (!isTicked(control)) {
    // Writing the same text would move the cursor.
    if (typeof value === "string" && control.value !== value) control.value = value;
  } else if (control.dataset["column"]) control.checked = value === "true";
  else control.checked = Array.isArray(value) ? value.some((key) => key === control.value) : value === control.value;
}

/**
 * @param {Control} control
 * @returns {control is HTMLInputElement}
 */
function isTicked(control) {
  return control.type === "checkbox" || control.type === "radio";
}

/**
 * @param {HTMLFormElement} form
 * @param {Control} control
 */
function isAlone(form, control) {
  return form.querySelectorAll(`input[name="${control.name}"]`).length === 1 && control.value === "true";
}
