/** Keeps what stands in one calculator for the visit, and brings it back: see kept_visit.js. */
import { controlsNamed, differing, emptyRow, readForm, rowsOf, tablesOf, writeForm } from "./form_values.js";
import { readVisit, writeVisit } from "./kept_visit.js";

/** @typedef {import("./form_values.js").Values} Values */

/** What has no hold on numbers that are on their way: still written as on the page of another language, or in a link. */
const HELD = [".calculator__start", ".calculator__fields", ".calculator__controls", "[data-part=thresholds]", "[data-part=undo]", "[data-part=tools]"];
/** Typing is not held up by writing, and no more is lost where a browser ends without a word. */
const WRITE_AFTER_MILLISECONDS = 300;

export class Keeping {
  #calculator;
  #form;
  #example;
  #undo;
  /** Inputs that the reader has typed, whatever stands in them. @type {Set<string>} */
  confirmed = new Set();
  /** Inputs that were emptied and not yet filled in. @type {Set<string>} */
  waiting = new Set();
  /** Inputs that hold what nobody has typed here: a link's, a scenario's, or what a goal would take. @type {Set<string>} */
  lent = new Set();
  /** The link that was opened last. */
  link = "";
  /** What was typed on the page of another language, until Python says how it is written here. @type {import("./kept_visit.js").Visit | null} */
  #foreign = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #writing;

  /**
   * @param {HTMLElement} calculator
   * @param {HTMLFormElement} form
   * @param {Values} example the form as it was built
   * @param {import("./undo.js").Undo} undo
   * @param {() => void} cameBack called when the browser shows the page as it was left, though others have changed since
   * @param {AbortSignal} signal
   */
  constructor(calculator, form, example, undo, cameBack, signal) {
    this.#calculator = calculator;
    this.#form = form;
    this.#example = example;
    this.#undo = undo;
    // Neither bubbles, but both can be caught on the way down.
    calculator.addEventListener("toggle", () => this.later(), { signal, capture: true });
    window.addEventListener("pagehide", () => this.now(), { signal });
    window.addEventListener("pageshow", ({ persisted }) => persisted && cameBack(), { signal });
    document.addEventListener("visibilitychange", () => this.now(), { signal });
    signal.addEventListener("abort", () => this.now());
  }

  /** @returns {boolean} whether anything else than the example stands in the form now */
  restore() {
    const visit = readVisit(this.#name);
    if (!visit) return false;
    this.confirmed = new Set(visit.confirmed);
    this.waiting = new Set(visit.waiting);
    this.lent = new Set(visit.lent);
    this.link = visit.link;
    visit.inputs = this.#fitting(visit.inputs);
    visit.steps = visit.steps.map((step) => ({ ...step, before: this.#fitting(step.before), after: this.#fitting(step.after) }));
    writeForm(this.#form, { ...this.#example, ...visit.inputs });
    for (const [key, control] of this.#toolControls()) {
      const value = visit.tools[key];
      if (typeof value === "string") control.value = value;
    }
    for (const part of this.#parts()) if (visit.open.includes(keyOf(part))) part.open = true;
    const isForeign = visit.language !== this.#calculator.lang && Boolean(Object.keys(visit.inputs).length || this.#goal.value);
    this.#hold(isForeign ? visit : null);
    if (!isForeign) this.#undo.resume(visit.steps);
    return isForeign || Object.keys(differing(readForm(this.#form), this.#example)).length > 0;
  }

  /** What was typed on the page of another language, until Python has said how it is written here. */
  get foreign() {
    return this.#foreign;
  }

  /**
   * Meanwhile nothing can be changed: half of a table would be in one language and half in the other.
   *
   * @param {import("./kept_visit.js").Visit | null} foreign
   */
  #hold(foreign) {
    this.#foreign = foreign;
    this.hold(foreign !== null);
  }

  /** Other numbers are on their way into the fields: what is typed before they come would be lost. @param {boolean} isHeld */
  hold(isHeld) {
    for (const part of this.#calculator.querySelectorAll(HELD.join())) part.toggleAttribute("inert", isHeld);
  }

  /**
   * What this form can hold: storage may have been written by another release, or by somebody else.
   *
   * @param {Values} values
   * @returns {Values}
   */
  #fitting(values) {
    const fits = (/** @type {string} */ name) => {
      const example = this.#example[name];
      const value = values[name];
      if (typeof example === "string") return typeof value === "string";
      if (!example || !Array.isArray(value)) return false;
      const isTable = tablesOf(this.#form).some((table) => table.dataset["input"] === name);
      return value.every((entry) => (isTable ? isRowOfTexts(entry) : typeof entry === "string"));
    };
    return Object.fromEntries(Object.entries(values).filter(([name]) => fits(name)));
  }

  /**
   * What Python is asked for what was typed on the page of another language.
   *
   * @param {import("./kept_visit.js").Visit} foreign
   */
  question(foreign) {
    const { value: target } = this.#goal;
    const output = this.#calculator.querySelector("[data-tool=solve] [data-part=output]");
    return { ask: "carry", from: foreign.language, inputs: foreign.inputs, target, output: output instanceof HTMLSelectElement ? output.value : "" };
  }

  /**
   * Writes what came along from another language.
   *
   * @param {{inputs?: Values, target?: string}} carried
   */
  takeCarried({ inputs = {}, target }) {
    writeForm(this.#form, inputs);
    if (target !== undefined) this.#goal.value = target;
    this.#hold(null);
    this.later();
  }

  /** Shows which inputs, and which rows of tables, are still the example's. @param {Values} values */
  markExample(values) {
    if (this.waiting.size) {
      const empty = emptyValues(this.#form, this.#example);
      for (const name of this.waiting) if (JSON.stringify(values[name]) !== JSON.stringify(empty[name])) this.waiting.delete(name);
    }
    const own = differing(values, this.#example);
    const isExample = (/** @type {string} */ name) => !(name in own) && !this.waiting.has(name);
    const rowMarks = new Map(tablesOf(this.#form).map((table) => [table.dataset["input"] ?? "", this.#markRows(table, values)]));
    let isAny = false;
    for (const mark of this.#calculator.querySelectorAll("[data-example-of]")) {
      if (!(mark instanceof HTMLElement)) continue;
      const name = mark.dataset["exampleOf"] ?? "";
      mark.hidden = this.confirmed.has(name) || !(rowMarks.get(name) ?? isExample(name));
      isAny ||= !mark.hidden;
    }
    const said = this.#calculator.querySelector("[data-part=example]");
    if (said instanceof HTMLElement) said.hidden = !isAny;
  }

  /**
   * A row of the example among the reader's own is the one most easily overlooked.
   *
   * @param {HTMLTableElement} table
   * @param {Values} values
   * @returns {boolean} whether a row is still the example's
   */
  #markRows(table, values) {
    const name = table.dataset["input"] ?? "";
    const examples = new Set(rowsIn(this.#example[name]).map((row) => JSON.stringify(row)));
    const empty = JSON.stringify(emptyRow(this.#form, table));
    const rows = rowsIn(values[name]).map((row) => JSON.stringify(row));
    const isExample = rows.map((row) => !this.confirmed.has(name) && row !== empty && examples.has(row));
    rowsOf(table).forEach((row, place) => row.toggleAttribute("data-example", isExample[place]));
    return isExample.includes(true);
  }

  /** Whether what stands in an input is the reader's: it is not lent, and no mark says that it is the example's. @param {string} input */
  isOwn(input) {
    if (this.lent.has(input)) return false;
    const mark = this.#calculator.querySelector(`[data-example-of="${input}"]`);
    return !(mark instanceof HTMLElement) || Boolean(mark.hidden);
  }

  /** Empties every field but those of thresholds and weights, which are no answers of the reader. */
  empty() {
    const empty = emptyValues(this.#form, this.#example);
    writeForm(this.#form, empty);
    this.confirmed.clear();
    this.lent.clear();
    this.waiting = new Set(Object.keys(empty));
  }

  /**
   * Rows of a table are the reader's one by one, unless all of them have come at once.
   *
   * @param {string[]} names
   */
  confirm(names) {
    for (const name of names) {
      if (!(name in this.#example)) continue;
      this.confirmed.add(name);
      this.waiting.delete(name);
      this.lent.delete(name);
    }
  }

  /** @param {Iterable<string>} names of inputs that now hold what nobody has typed here */
  lend(names) {
    for (const name of names) this.lent.add(name);
  }

  /** The example stands in the form again. */
  forget() {
    this.confirmed.clear();
    this.waiting.clear();
    this.lent.clear();
  }

  /** Writes soon. */
  later() {
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.now(), WRITE_AFTER_MILLISECONDS);
  }

  now() {
    if (this.#writing === undefined) return;
    clearTimeout(this.#writing);
    this.#writing = undefined;
    // What cannot be told from the language it was typed in is left as it was kept.
    if (this.foreign) return;
    const values = readForm(this.#form);
    writeVisit(this.#name, {
      language: this.#calculator.lang,
      inputs: differing(values, this.#example),
      confirmed: [...this.confirmed],
      waiting: [...this.waiting],
      lent: [...this.lent],
      link: this.link,
      open: this.#parts().filter(({ open }) => open).map(keyOf),
      steps: this.#undo.steps,
      tools: Object.fromEntries(this.#toolControls().map(([key, { value }]) => [key, value])),
    });
  }

  /** @returns {HTMLDetailsElement[]} */
  #parts() {
    return [...this.#calculator.querySelectorAll("details")];
  }

  /** @returns {Array<[string, HTMLInputElement | HTMLSelectElement]>} the fields of the tools, by tool and part */
  #toolControls() {
    const controls = this.#calculator.querySelectorAll("[data-tool] :is(input[type=text]:not([readonly]), select)[data-part]");
    return /** @type {Array<HTMLInputElement | HTMLSelectElement>} */ ([...controls]).map((control) => [
      `${keyOf(control.closest("details"))}.${control.dataset["part"]}`,
      control,
    ]);
  }

  /** @returns {{value: string}} where the reader's goal is typed, if there is such a place */
  get #goal() {
    const goal = this.#calculator.querySelector("[data-part=target]");
    return goal instanceof HTMLInputElement ? goal : { value: "" };
  }

  get #name() {
    return this.#calculator.getAttribute("name") ?? "";
  }
}

/** @param {unknown} row */
function isRowOfTexts(row) {
  return typeof row === "object" && row !== null && !Array.isArray(row) && Object.values(row).every((cell) => typeof cell === "string");
}

/** @param {import("./form_values.js").Value | undefined} value @returns {unknown[]} */
function rowsIn(value) {
  return Array.isArray(value) ? value : [];
}

/** What a folding part is called, by what stands in it and not by its place. @param {HTMLElement | null} part */
function keyOf(part) {
  if (!part) return "";
  const { tool, part: name } = part.dataset;
  const control = part.querySelector("[name]");
  return tool ?? name ?? control?.getAttribute("name") ?? part.className;
}

/**
 * @param {HTMLFormElement} form
 * @param {Values} example
 * @returns {Values} what an empty form holds, without thresholds and weights
 */
function emptyValues(form, example) {
  /** @type {Values} */
  const empty = {};
  for (const [name, value] of Object.entries(example)) {
    const controls = controlsNamed(form, name);
    if (!controls[0]?.closest("[data-setting]")) empty[name] = emptyValue(form, name, value, controls);
  }
  return empty;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {import("./form_values.js").Value} value
 * @param {import("./form_values.js").Control[]} controls
 */
function emptyValue(form, name, value, controls) {
  const table = form.querySelector(`table[data-input="${name}"]`);
  if (table instanceof HTMLTableElement) return [emptyRow(form, table)];
  if (Array.isArray(value)) return [];
  return controls.some((control) => control.value === "unknown") ? "unknown" : "";
}
