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
  const controls = controlsOf(form);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { name } of controls) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const control of controls) {
    const { name } = control;
    if (!isTicked(control)) values[name] = control.value;
    else if (control.type === "radio") values[name] = control.checked ? control.value : (values[name] ?? "");
    else if (control.value === "true" && counts.get(name) === 1) values[name] = control.checked ? control.value : "";
    else {
      const keys = /** @type {string[]} */ (values[name] ??= []);
      if (control.checked) keys.push(control.value);
    }
  }
  for (const table of tablesOf(form)) values[table.dataset["input"] ?? ""] = readTable(table);
  return values;
}

/**
 * @param {HTMLFormElement} form
 * @returns {Values} as the page was built: on a slow line, a field may have been changed before a script could listen
 */
export function readBuilt(form) {
  const built = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  built.reset();
  return readForm(built);
}

/**
 * @param {Values} values
 * @param {Values} others
 * @returns {Values} those that are not the others'
 */
export function differing(values, others) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(others[name])));
}

/** More than can be computed with, and enough to hold up the page: it is not even sent. */
const MOST_CHARACTERS = 1_000_000;
const MOST_LINES = 20_000;

/**
 * @param {Values} values
 * @returns {string | null} the longest input if all of them together are too long to be asked about
 */
export function tooLong(values) {
  const lengths = Object.entries(values).map(([name, value]) => /** @type {const} */ ([name, lengthOf(value)]));
  const longest = Object.entries(values).find(([, value]) => typeof value === "string" && hasTooManyLines(value));
  if (longest) return longest[0];
  if (lengths.reduce((sum, [, length]) => sum + length, 0) <= MOST_CHARACTERS) return null;
  return lengths.reduce((longest, entry) => (entry[1] > longest[1] ? entry : longest))[0];
}

/** @param {string} text */
function hasTooManyLines(text) {
  let end = -1;
  for (let line = 0; line <= MOST_LINES; line++) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) return false;
  }
  return true;
}

/** @param {Value | Row} value @returns {number} its characters */
function lengthOf(value) {
  if (typeof value === "string") return value.length;
  return Object.values(value).reduce((/** @type {number} */ sum, part) => sum + lengthOf(part), 0);
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
  // Thresholds that a link or a scenario has moved are in sight.
  const thresholds = thresholdsOf(form);
  if (thresholds && isMoved(thresholds)) thresholds.open = true;
}

/** @param {ParentNode} parent */
export function thresholdsOf(parent) {
  return /** @type {HTMLDetailsElement | null} */ (parent.querySelector("details[data-part=thresholds]"));
}

/** @param {HTMLDetailsElement} thresholds */
export function isMoved(thresholds) {
  return [...thresholds.querySelectorAll("input")].some((input) => input.value !== input.defaultValue);
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
  return /** @type {Control[]} */ ([...form.querySelectorAll(":is(input, textarea, select)[name]:not([data-pick], [data-part=tools] *)")]);
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
 * @param {number} [count]
 * @returns {HTMLTableRowElement[]} rows without content, not yet in the table
 */
export function newRows(form, table, count = 1) {
  const template = form.querySelector(`template[data-row-of="${table.dataset["input"]}"]`);
  const row = template instanceof HTMLTemplateElement ? template.content.querySelector("tr") : null;
  // As the template stands at this moment: its cells are clones of each other.
  if (row) showDependent(form, row);
  return Array.from({ length: count }, () => /** @type {HTMLTableRowElement} */ (row?.cloneNode(true) ?? document.createElement("tr")));
}

/**
 * What counts only with an option stands there while it is ticked: inputs, columns and results.
 *
 * @param {HTMLFormElement} form
 * @param {ParentNode} parent
 */
export function showDependent(form, parent) {
  for (const part of parent.querySelectorAll("[data-shown-if]")) {
    if (!(part instanceof HTMLElement)) continue;
    const isOff = !isOptionOn(form, part.dataset["shownIf"]);
    if (part.hidden !== isOff) part.hidden = isOff;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string | undefined} option the name of a flag
 */
export function isOptionOn(form, option) {
  const flag = form.querySelector(`[name="${option}"]`);
  return flag instanceof HTMLInputElement && flag.checked;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 * @param {Row[]} rows
 */
function writeRows(form, table, rows) {
  const body = table.tBodies[0];
  if (!body) return;
  const there = rowsOf(table);
  for (const row of there.slice(rows.length)) row.remove();
  const added = newRows(form, table, Math.max(0, rows.length - there.length));
  const kept = [...there.slice(0, rows.length), ...added];
  rows.forEach((texts, place) => {
    for (const cell of cellsOf(/** @type {Element} */ (kept[place]))) writeControl(cell, texts[cell.dataset["column"] ?? ""] ?? "");
  });
  // All at once: a table of thousands of rows is laid out once.
  body.append(...added);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTableElement} table
 */
export function emptyRow(form, table) {
  return readRow(/** @type {HTMLTableRowElement} */ (newRows(form, table)[0]));
}

/** @param {HTMLTableElement} table @returns {Row[]} */
export function readTable(table) {
  return rowsOf(table).map(readRow);
}

/** @param {HTMLTableRowElement} row @returns {Row} */
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
