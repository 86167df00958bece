/** Where a calculator's answer is shown: results, cautions, working, definitions and chart, all as texts from Python. */
import { kindOf } from "../runtime/failures.js";
import { loadScript } from "../runtime/load_script.js";
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";
import { fillTable, textElement } from "./fill_table.js";

/** @typedef {import("../runtime/runtime.js").Answer} Answer */

/** Load what draws a chart before that scrolls into view. */
const NEAR = "300px";

export class Results {
  #element;
  /** @type {Answer["chart"]} */
  #chart = null;
  /** Whether what draws it has been asked for. */
  #isDrawing = false;
  #hasButtons = false;

  /** @param {HTMLElement} element the calculator */
  constructor(element) {
    this.#element = element;
  }

  /** @param {Answer} answer */
  show(answer) {
    this.#showHeadline(answer.headline);
    this.#showOutputs(answer);
    this.#showNotes(answer.notes, answer.headline);
    this.#showWorking(answer);
    this.#showDefinitions(answer.definitions);
    this.#showChart(answer.chart);
  }

  /** Takes away what is not the answer to what stands in the fields. */
  clear() {
    this.#showHeadline("");
    for (const output of this.#element.querySelectorAll("output")) {
      output.textContent = "–";
      delete output.dataset["value"];
    }
    for (const sample of this.#element.querySelectorAll("[data-sample]")) sample.textContent = "–";
    for (const words of this.#element.querySelectorAll("[data-words]")) words.textContent = "";
    for (const list of this.#element.querySelectorAll("[data-output]")) fillRows(list, []);
    this.#showNotes([]);
    for (const entry of this.#workingEntries) entry.hidden = true;
    this.#showDefinitions([]);
    this.#showChart(null);
  }

  /** @param {string} sentence the answer to the calculator's question */
  #showHeadline(sentence) {
    const place = this.#element.querySelector("[data-part=headline]");
    if (place) place.textContent = sentence;
  }

  /** @param {Answer} answer */
  #showOutputs({ outputs }) {
    for (const output of this.#element.querySelectorAll("output")) {
      const result = outputs[output.name];
      if (!result) continue;
      output.textContent = result.text;
      if (result.value === null) delete output.dataset["value"];
      else output.dataset["value"] = typeof result.value === "string" ? result.value : JSON.stringify(result.value);
      const sample = this.#element.querySelector(`[data-sample="${output.name}"]`);
      if (sample) sample.textContent = result.sample;
      const words = this.#element.querySelector(`[data-words="${output.name}"]`);
      if (words) words.textContent = result.words ?? "";
    }
    for (const part of this.#element.querySelectorAll("[data-output]")) {
      if (!(part instanceof HTMLElement)) continue;
      const { rows, items } = outputs[part.dataset["output"] ?? ""] ?? {};
      fillRows(part, rows ?? items ?? []);
    }
  }

  /** @param {Answer["notes"]} notes @param {string} headline */
  #showNotes(notes, headline = "") {
    const list = this.#element.querySelector("[data-part=notes]");
    if (!(list instanceof HTMLElement)) return;
    list.replaceChildren(
      ...notes.map(({ code, text }) => {
        const item = document.createElement("li");
        item.dataset["code"] = code;
        item.textContent = text;
        // One that is the answer itself is not said twice.
        item.hidden = text === headline;
        return item;
      }),
    );
    list.hidden = notes.every(({ text }) => text === headline);
  }

  /** @param {Answer} answer */
  #showWorking({ outputs, working }) {
    for (const entry of this.#workingEntries) {
      const name = entry.dataset["working"] ?? "";
      const numbers = entry.querySelector("[data-part=numbers]");
      const figure = entry.querySelector("[data-part=figure]");
      entry.hidden = !(name in working);
      if (numbers) numbers.textContent = working[name] ?? "";
      if (figure) figure.textContent = outputs[name]?.text ?? "";
    }
  }

  /** @param {Answer["definitions"]} definitions */
  #showDefinitions(definitions) {
    const all = this.#element.querySelector("[data-part=definitions]");
    if (all instanceof HTMLElement) all.hidden = !definitions.length;
    const picked = this.#element.querySelector("[data-pick]:checked");
    for (const part of this.#element.querySelectorAll("[data-definition]")) {
      if (!(part instanceof HTMLElement)) continue;
      const code = part.dataset["definition"];
      const entry = definitions.find((definition) => definition.code === code);
      for (const name of /** @type {const} */ (["figure", "difference"])) {
        const place = part.querySelector(`[data-part=${name}]`);
        if (place) place.textContent = name === "figure" ? (entry?.text ?? "–") : (entry?.difference ?? "");
      }
      const detail = part.querySelector("p");
      if (detail) detail.hidden = picked instanceof HTMLElement && picked.dataset["pick"] !== code;
    }
  }

  /** @param {Answer["chart"]} chart */
  #showChart(chart) {
    const figure = this.#element.querySelector("[data-part=chart]");
    if (!(figure instanceof HTMLElement)) return;
    this.#chart = chart;
    figure.hidden = !chart;
    if (!chart) return;
    const title = figure.querySelector("[data-part=chart-title]");
    if (title) title.textContent = chart.title;
    const table = figure.querySelector("[data-part=chart-table]");
    const before = textsOf(table);
    if (table instanceof HTMLTableElement) fillTable(table, chart.head, chart.rows);
    // Other numbers than the example's may be printed before the chart has ever been in view.
    if (this.#isDrawing || textsOf(table) !== before) this.loadCharts();
    else near(figure).then(() => this.loadCharts());
  }

  /** @returns {Promise<void>} once the chart is drawn wherever it comes into view or is printed, or cannot be */
  async loadCharts() {
    const figure = this.#element.querySelector("[data-part=chart]");
    const plot = figure?.querySelector("[data-part=plot]");
    const failure = figure?.querySelector("[data-part=chart-failure]");
    if (!(plot instanceof HTMLElement) || !this.#chart) return;
    const say = (/** @type {import("../runtime/failures.js").FailureKind | null} */ kind) => {
      plot.hidden = kind !== null;
      if (failure instanceof HTMLElement) showFailure(failure, kind);
    };
    this.#isDrawing = true;
    try {
      const { show } = await loadScript(CHARTS);
      if (!this.#chart || !this.#element.isConnected) return;
      say(null);
      show(plot, this.#chart);
    } catch (error) {
      const kind = kindOf(error);
      if (!kind) throw error;
      if (failure instanceof HTMLElement && !plot.hidden) this.#keepButtons(failure);
      // The table has the same numbers.
      say(kind);
      const table = figure?.querySelector("details");
      if (table) table.open = true;
    }
  }

  /** @param {HTMLElement} failure */
  #keepButtons(failure) {
    if (this.#hasButtons) return;
    this.#hasButtons = true;
    keepFailureButtons(failure, () => this.#showChart(this.#chart));
  }

  /** @returns {HTMLElement[]} */
  get #workingEntries() {
    return /** @type {HTMLElement[]} */ ([...this.#element.querySelectorAll("[data-working]")]);
  }
}

/**
 * @param {Element} part the table or list of a result
 * @param {Array<string | string[]>} rows
 */
function fillRows(part, rows) {
  if (part instanceof HTMLTableElement) return fillTable(part, null, /** @type {string[][]} */ (rows));
  const none = part instanceof HTMLElement ? (part.dataset["none"] ?? "–") : "–";
  part.replaceChildren(...(rows.length ? rows : [none]).map((text) => textElement("li", String(text))));
}

/** @param {Element | null} table */
function textsOf(table) {
  return [...(table?.querySelectorAll("th, td") ?? [])].map(({ textContent }) => textContent).join("\n");
}

/** @param {Element} element @returns {Promise<void>} once it is, or is about to be, in view */
function near(element) {
  return new Promise((resolve) => {
    const watching = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watching.disconnect();
      resolve();
    }, { rootMargin: NEAR });
    watching.observe(element);
  });
}
