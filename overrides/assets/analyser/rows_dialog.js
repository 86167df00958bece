/** The deals behind a figure, a page of them at a time, above the page. */
import { fillTable } from "../calculator/fill_table.js";
import { part, place } from "./templates.js";

/** @typedef {Record<string, any>} Answer */

export class RowsDialog {
  #analyser;
  #ask;
  #key = "";
  #title = "";
  #page = 0;
  /** Of the question that was asked last. */
  #asked = 0;
  /** Whether "back" leads from the dialog to the page: an entry of the history is the dialog's own. */
  #isEntered = false;
  #isLeaving = false;
  /** @type {Element | null} */
  #opener = null;

  /**
   * @param {HTMLElement} analyser
   * @param {(question: object, retry: () => void) => Promise<Answer | null>} ask null where there is no answer, which is said elsewhere
   * @param {AbortSignal} signal
   */
  constructor(analyser, ask, signal) {
    this.#analyser = analyser;
    this.#ask = ask;
    this.#dialog.addEventListener("click", ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
      const act = target instanceof HTMLElement ? target.closest("button")?.dataset["rows"] : undefined;
      if (act === "close") this.#dialog.close();
      if (act === "before" || act === "after") this.#turn(act === "after" ? 1 : -1);
    }, { signal });
    this.#dialog.addEventListener("close", () => this.#leave(), { signal });
    window.addEventListener("popstate", () => {
      this.#isEntered = false;
      // Closed otherwise, its entry goes a moment later; meanwhile other rows may have been opened.
      if (!this.#isLeaving) this.#dialog.close();
      this.#isLeaving = false;
      this.#return();
    }, { signal });
    signal.addEventListener("abort", () => this.#dialog.close());
  }

  /** Which rows are shown. */
  get key() {
    return this.#key;
  }

  /** @param {string} key see calculators/analysis/page/rows.py @param {string} title */
  open(key, title) {
    this.#key = key;
    this.#title = title;
    this.#page = 0;
    place(this.#dialog, "rows-title").textContent = title;
    this.#clear();
    this.#enter();
    this.#opener = document.activeElement;
    this.#dialog.showModal();
    place(this.#dialog, "rows-title").focus();
    this.#load();
  }

  /** On a phone, "back" is how one leaves what covers the screen; the theme goes to where an entry says the page was. */
  #enter() {
    const here = { x: scrollX, y: scrollY };
    history.replaceState(here, "");
    history.pushState(here, "");
    this.#isEntered = true;
  }

  #leave() {
    this.#isLeaving = this.#isEntered;
    this.#isEntered = false;
    if (this.#isLeaving) history.back();
  }

  /** Where the entries differ behind the #, as the theme writes it, the browser has looked for that place. */
  #return() {
    if (this.#dialog.open) return;
    const opener = this.#opener;
    this.#opener = null;
    if (opener instanceof HTMLElement) setTimeout(() => opener.focus({ preventScroll: true }));
  }

  /** @param {number} step */
  #turn(step) {
    this.#page += step;
    this.#load();
  }

  #clear() {
    fillTable(this.#table, [], []);
    place(this.#dialog, "rows-text").textContent = "";
    for (const button of this.#buttons) button.disabled = true;
  }

  async #load() {
    const number = ++this.#asked;
    this.#table.setAttribute("aria-busy", "true");
    const answer = await this.#ask({ ask: "rows", rows: this.#key, page: this.#page }, () => this.open(this.#key, this.#title));
    if (number !== this.#asked) return;
    this.#table.removeAttribute("aria-busy");
    // Why there is none stands in the page below.
    if (!answer) return this.#dialog.close();
    place(this.#dialog, "rows-title").textContent = answer["title"] || this.#title;
    place(this.#dialog, "rows-text").textContent = answer["text"];
    fillTable(this.#table, answer["head"], answer["rows"]);
    const [before, after] = this.#buttons;
    if (before) before.disabled = this.#page === 0;
    if (after) after.disabled = this.#page + 1 >= answer["pages"];
    const scroll = this.#table.closest(".calculator__scroll");
    if (scroll) scroll.scrollTop = 0;
  }

  get #table() {
    return part(this.#dialog, "rows-table", HTMLTableElement);
  }

  /** @returns {HTMLButtonElement[]} to earlier and to further rows */
  get #buttons() {
    return /** @type {HTMLButtonElement[]} */ ([...this.#dialog.querySelectorAll("[data-rows=before], [data-rows=after]")]);
  }

  get #dialog() {
    return part(this.#analyser, "rows", HTMLDialogElement);
  }
}
