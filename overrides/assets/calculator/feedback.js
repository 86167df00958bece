/** What is said beside the fields: refusals, questions with their readings, remarks, and what is still to be filled in. */
import { controlsNamed } from "./form_values.js";
import { showOffers } from "./offers.js";

/** @typedef {import("../runtime/runtime.js").Answer} Answer */
/** @typedef {NonNullable<Answer["errors"]>} Errors */

export class Feedback {
  #calculator;
  #form;
  #keeping;
  #takeOver;

  /**
   * @param {HTMLElement} calculator
   * @param {HTMLFormElement} form
   * @param {import("./keeping.js").Keeping} keeping knows which fields the reader has not come to yet
   * @param {(values: import("./form_values.js").Values) => void} takeOver puts a reading that was picked into its field
   */
  constructor(calculator, form, keeping, takeOver) {
    this.#calculator = calculator;
    this.#form = form;
    this.#keeping = keeping;
    this.#takeOver = takeOver;
  }

  /**
   * Shows each refusal at its field; an empty field that the reader has not come to is named with the result only.
   *
   * @param {Errors} errors
   * @returns {string} what was said at fields
   */
  showErrors(errors) {
    this.#nameMissing(errors);
    const refused = errors.filter((error) => !this.#isYetToCome(error));
    /** @type {Map<string, string[]>} */
    const texts = new Map();
    const places = /** @type {HTMLElement[]} */ ([...this.#calculator.querySelectorAll("[data-error]")]);
    for (const { input, text } of refused) {
      // What no single field is to blame for stands with the result.
      const at = places.some((place) => place.dataset["error"] === input) ? input : "";
      texts.set(at, [...(texts.get(at) ?? []), text || this.#unforeseen]);
    }
    if (errors.length) this.showRemarks([]);
    for (const place of places) {
      const name = place.dataset["error"] ?? "";
      const text = texts.get(name)?.join(" ") ?? "";
      this.#offer(place, name, refused.find(({ input }) => input === name)?.choices ?? []);
      if (place.textContent === text) continue;
      place.textContent = text;
      place.hidden = !text;
    }
    this.#mark(refused);
    return [...texts.values()].flat().join(" ");
  }

  /** How a number was read that somebody else would read otherwise. @param {Answer["remarks"]} remarks */
  showRemarks(remarks) {
    for (const place of this.#calculator.querySelectorAll("[data-remark]")) {
      if (!(place instanceof HTMLElement)) continue;
      const name = place.dataset["remark"] ?? "";
      const remark = remarks.find(({ input }) => input === name);
      place.textContent = remark?.text ?? "";
      place.hidden = !remark;
      this.#offer(place, name, remark?.choices ?? []);
    }
  }

  /**
   * Whether a field is empty because the reader has not come to it: after starting empty, or in the row being typed.
   *
   * @param {Errors[number]} error
   */
  #isYetToCome({ input, code, row }) {
    if (this.#keeping.waiting.has(input)) return true;
    const active = document.activeElement?.closest("tr");
    const isInTable = active?.closest("table") === this.#form.querySelector(`[data-input="${input}"]`);
    return code === "missing" && row != null && isInTable && active?.sectionRowIndex === row - 1;
  }

  /** @param {Errors} errors */
  #nameMissing(errors) {
    const place = this.#calculator.querySelector("[data-part=missing]");
    const labels = new Set(errors.map(({ input }) => this.#labelOf(input)).filter(Boolean));
    // The browser's first list takes it 20 to 60 ms, so none is made of nothing.
    if (place && labels.size) place.textContent = new Intl.ListFormat(this.#calculator.lang, { type: "conjunction" }).format(labels);
  }

  /** @param {string} input */
  #labelOf(input) {
    const table = this.#form.querySelector(`[data-input="${input}"]`);
    const control = table ?? controlsNamed(this.#form, input)[0];
    const label = table ? null : this.#form.querySelector(`label[for="${control?.id}"]`);
    return (label ?? control?.closest("fieldset")?.querySelector("legend"))?.querySelector("[data-name]")?.textContent ?? "";
  }

  /** @param {Errors} errors */
  #mark(errors) {
    for (const control of this.#form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    for (const { input, row, column } of errors) {
      for (const control of controlsNamed(this.#form, input)) {
        const isInRow = row == null || control.closest("tr")?.sectionRowIndex === row - 1;
        const isMeant = !column || (control.dataset["column"] === column && isInRow);
        if (!isMeant) continue;
        control.setAttribute("aria-invalid", "true");
        // What has to be corrected is in sight.
        const folded = control.closest("details");
        if (folded) folded.open = true;
        this.#showOption(control.closest("[data-shown-if]"));
      }
    }
  }

  /** All that belongs to an option, as a column does to its head. @param {Element | null} part of it */
  #showOption(part) {
    if (!(part instanceof HTMLElement) || !part.hidden) return;
    for (const other of this.#form.querySelectorAll(`[data-shown-if="${part.dataset["shownIf"]}"]`)) other.removeAttribute("hidden");
  }

  /**
   * @param {HTMLElement} place
   * @param {string} name of the input
   * @param {import("./offers.js").Offer[]} choices
   */
  #offer(place, name, choices) {
    showOffers(place, choices, (value) => {
      this.#takeOver({ [name]: value });
      // In a long table, the next question comes where this one was.
      const below = this.#calculator.querySelector(`[data-add-row="${name}"]`);
      if (below instanceof HTMLElement) below.focus();
      else controlsNamed(this.#form, name)[0]?.focus();
    });
  }

  /** The sentence of a refusal that Python could not write. */
  get #unforeseen() {
    const place = this.#calculator.querySelector("[data-error='']");
    return place instanceof HTMLElement ? (place.dataset["unforeseen"] ?? "") : "";
  }
}
