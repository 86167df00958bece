/** Where a calculator's answer is shown: results, cautions, working, definitions and chart, all as texts from Python. */
import { fillTable, textElement } from "./fill_table.js";

/** @typedef {import("./runtime.js").Answer} Answer */

/** Draw before the chart scrolls into view. */
const NEAR = "300px";

export class Results {
  #element;
  /** @type {Answer["chart"]} */
  #chart = null;
  /** @type {Promise<typeof import("./charts.js")> | undefined} */
  #charts;

  /** @param {HTMLElement} element the calculator */
  constructor(element) {
    this.#element = element;
  }

  /** @param {Answer} answer */
  show(answer) {
    this.#showOutputs(answer);
    this.#showNotes(answer.notes);
    this.#showWorking(answer);
    this.#showDefinitions(answer.definitions);
    this.#showChart(answer.chart);
  }

  /** Takes away what is not the answer to what stands in the fields. */
  clear() {
    for (const output of this.#element.querySelectorAll("output")) {
      output.textContent = "–";
      delete output.dataset["value"];
    }
    for (const sample of this.#element.querySelectorAll("[data-sample]")) sample.textContent = "–";
    for (const list of this.#element.querySelectorAll("[data-output]")) fillRows(list, []);
    this.#showNotes([]);
    for (const entry of this.#workingEntries) entry.hidden = true;
    this.#showDefinitions([]);
    this.#showChart(null);
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
    }
    for (const part of this.#element.querySelectorAll("[data-output]")) {
      if (!(part instanceof HTMLElement)) continue;
      const { rows, items } = outputs[part.dataset["output"] ?? ""] ?? {};
      fillRows(part, rows ?? items ?? []);
    }
  }

  /** @param {Answer["notes"]} notes */
  #showNotes(notes) {
    const list = this.#element.querySelector("[data-part=notes]");
    if (!(list instanceof HTMLElement)) return;
    list.replaceChildren(
      ...notes.map(({ code, text }) => {
        const item = document.createElement("li");
        item.dataset["code"] = code;
        item.textContent = text;
        return item;
      }),
    );
    list.hidden = !notes.length;
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
  async #showChart(chart) {
    const figure = this.#element.querySelector("[data-part=chart]");
    if (!(figure instanceof HTMLElement)) return;
    this.#chart = chart;
    figure.hidden = !chart;
    if (!chart) return;
    const title = figure.querySelector("[data-part=chart-title]");
    if (title) title.textContent = chart.title;
    const table = figure.querySelector("[data-part=chart-table]");
    if (table instanceof HTMLTableElement) fillTable(table, chart.head, chart.rows);
    const plot = figure.querySelector("[data-part=plot]");
    if (!(plot instanceof HTMLElement)) return;
    plot.hidden = false;
    plot.style.blockSize = `${chart.height}px`;
    await near(plot);
    try {
      const { draw } = await (this.#charts ??= import(new URL(CHARTS, import.meta.url).href));
      // What came since is drawn by its own call.
      if (this.#chart === chart && this.#element.isConnected) draw(plot, chart);
    } catch {
      // The network is gone: the table has the same numbers, and the next result tries again.
      this.#charts = undefined;
      plot.hidden = true;
    }
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
