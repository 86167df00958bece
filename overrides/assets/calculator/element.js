/**
 * <playbook-calculator>: makes the form that stands in the page live.
 *
 * Everything it shows is in the page already or comes from Python as text; it moves strings. Its `data-state` is
 * `static` (as built), `starting`, `ready`, `computing`, `invalid` or `failed`.
 */
import { RuntimeFailure, runtime } from "./runtime.js";

/** @typedef {import("./runtime.js").Answer} Answer */
/** @typedef {"static" | "starting" | "ready" | "computing" | "invalid" | "failed"} State */

/** A result is spoken once it has settled, not at every key. */
const SPEAK_AFTER_MILLISECONDS = 900;
/** Start before the calculator scrolls into view. */
const NEAR = "300px";

/** The currency the reader picked, for every calculator of the visit. */
let pickedCurrency = "";
/** @type {Set<PlaybookCalculator>} */
const connected = new Set();

export class PlaybookCalculator extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;
  #isAsking = false;
  #isAskedAgain = false;
  /** Whether the fields are to be rewritten as numbers of the language, once the answer says how. */
  #isTidying = false;
  /** Nothing is spoken that the reader has not caused. */
  #isTouched = false;

  connectedCallback() {
    const form = this.#form;
    if (!form) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    form.addEventListener("input", () => this.#onInput(), { signal });
    form.addEventListener("change", (event) => this.#onChange(event), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    form.addEventListener("reset", () => this.#onReset(), { signal });
    form.addEventListener("focusin", () => this.#start(), { signal, once: true });
    this.querySelector("[data-control=retry]")?.addEventListener("click", () => this.#retry(), { signal });

    const nearing = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#start();
    }, { rootMargin: NEAR });
    nearing.observe(this);
    signal.addEventListener("abort", () => nearing.disconnect());

    connected.add(this);
    this.#showCurrency();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    clearTimeout(this.#speaking);
    connected.delete(this);
    this.#state = "static";
  }

  /** Shows everything as it is now: the currency picked for the visit, and the result of what stands in the fields. */
  refresh() {
    this.#showCurrency();
    if (this.#state !== "static") this.#compute();
  }

  #showCurrency() {
    const chooser = this.#currencyChooser;
    if (!chooser) return;
    chooser.value = pickedCurrency;
    const symbol = chooser.selectedOptions[0]?.dataset["symbol"] ?? "";
    for (const place of this.querySelectorAll("[data-currency-symbol]")) place.textContent = symbol;
  }

  async #start() {
    if (this.#state !== "static" || !this.isConnected) return;
    this.#state = "starting";
    await this.#compute();
  }

  #retry() {
    this.#state = "static";
    this.#start();
  }

  /** Asks Python for what stands in the fields now, one question at a time: the last one typed is always asked. */
  async #compute() {
    if (this.#state === "static") return this.#start();
    if (this.#state === "failed") return this.#clearForeignResults();
    if (this.#isAsking) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isAsking = true;
    if (this.#state !== "starting") this.#state = "computing";
    try {
      const python = runtime();
      do {
        this.#isAskedAgain = false;
        const question = this.#question();
        const answer = await python.ask(question);
        if (!this.#isAskedAgain && this.isConnected) this.#show(answer, question.inputs);
      } while (this.#isAskedAgain && this.isConnected);
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      if (!this.isConnected) return;
      this.#clearForeignResults();
      this.#state = "failed";
    } finally {
      this.#isAsking = false;
    }
  }

  #question() {
    return {
      calculator: this.getAttribute("name") ?? "",
      language: this.lang,
      currency: pickedCurrency,
      inputs: Object.fromEntries(this.#fields.map((field) => [field.name, field.value])),
    };
  }

  /**
   * @param {Answer} answer
   * @param {Record<string, string>} asked what stood in the fields
   */
  #show(answer, asked) {
    this.#showErrors(answer.errors ?? []);
    if (answer.errors) {
      this.#clearResults();
      this.#state = "invalid";
      return;
    }
    this.#showOutputs(answer);
    this.#showNotes(answer.notes);
    this.#showWorking(answer);
    if (this.#isTidying) this.#tidy(answer.inputs, asked);
    this.#speak(answer.summary);
    this.#state = "ready";
  }

  /** @param {NonNullable<Answer["errors"]>} errors */
  #showErrors(errors) {
    const texts = new Map(errors.map(({ input, text }) => [input, text]));
    for (const field of this.#fields) {
      const text = texts.get(field.name) ?? "";
      const place = this.querySelector(`[data-error="${field.name}"]`);
      if (place instanceof HTMLElement && place.textContent !== text) {
        place.textContent = text;
        place.hidden = !text;
      }
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    this.#speak([...texts.values()].join(" "));
  }

  /** Without Python the example's result stays, but not as the answer to other numbers. */
  #clearForeignResults() {
    if (this.#fields.some((field) => field.value !== field.defaultValue)) this.#clearResults();
  }

  #clearResults() {
    for (const output of this.querySelectorAll("output")) {
      output.textContent = "–";
      delete output.dataset["value"];
    }
    for (const sample of this.querySelectorAll("[data-sample]")) sample.textContent = "–";
    this.#showNotes([]);
    for (const entry of this.#workingEntries) entry.hidden = true;
  }

  /** @param {Answer} answer */
  #showOutputs({ outputs }) {
    for (const output of this.querySelectorAll("output")) {
      const result = outputs[output.name];
      if (!result) continue;
      output.textContent = result.text;
      if (result.value === null) delete output.dataset["value"];
      else output.dataset["value"] = JSON.stringify(result.value);
      const sample = this.querySelector(`[data-sample="${output.name}"]`);
      if (sample) sample.textContent = result.sample;
    }
  }

  /** @param {Answer["notes"]} notes */
  #showNotes(notes) {
    const list = this.querySelector("[data-part=notes]");
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

  /**
   * @param {Answer["inputs"]} texts each field as the language writes it
   * @param {Record<string, string>} asked
   */
  #tidy(texts, asked) {
    this.#isTidying = false;
    for (const field of this.#fields) {
      const text = texts[field.name] ?? "";
      // Never under the reader's hands, and never over what has come since.
      if (field !== document.activeElement && field.value === asked[field.name] && field.value !== text) field.value = text;
    }
  }

  /** @param {string} text */
  #speak(text) {
    clearTimeout(this.#speaking);
    if (!this.#isTouched) return;
    this.#speaking = setTimeout(() => {
      const place = this.querySelector("[data-part=spoken]");
      if (place) place.textContent = text;
    }, SPEAK_AFTER_MILLISECONDS);
  }

  #onInput() {
    this.#isTouched = true;
    this.#compute();
  }

  /** @param {Event} event */
  #onChange({ target }) {
    this.#isTouched = true;
    if (target === this.#currencyChooser) {
      pickedCurrency = this.#currencyChooser?.value ?? "";
      for (const calculator of connected) calculator.refresh();
    } else {
      this.#isTidying = true;
      this.#compute();
    }
  }

  /** @param {KeyboardEvent} event */
  #onKey({ key, target }) {
    // The result is there already: Enter leads to what keeps it from being there.
    if (key !== "Enter" || !(target instanceof HTMLInputElement)) return;
    this.#fields.find((field) => field.getAttribute("aria-invalid") === "true")?.focus();
  }

  /** The browser puts the example back after this event; the currency is no part of it. */
  #onReset() {
    setTimeout(() => this.refresh());
  }

  /** @returns {State} */
  get #state() {
    return /** @type {State} */ (this.dataset["state"] ?? "static");
  }

  set #state(state) {
    this.dataset["state"] = state;
    for (const message of this.querySelectorAll("[data-message]")) {
      if (message instanceof HTMLElement) message.hidden = message.dataset["message"] !== state;
    }
  }

  get #form() {
    return this.querySelector("form");
  }

  get #currencyChooser() {
    const chooser = this.querySelector("[data-control=currency]");
    return chooser instanceof HTMLSelectElement ? chooser : null;
  }

  /** @returns {Array<HTMLInputElement | HTMLTextAreaElement>} */
  get #fields() {
    const fields = this.#form?.querySelectorAll("input[name], textarea[name]") ?? [];
    return /** @type {Array<HTMLInputElement | HTMLTextAreaElement>} */ ([...fields]);
  }

  /** @returns {HTMLElement[]} */
  get #workingEntries() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-working]")]);
  }
}

/** Registers the element; those already in the page come to life. */
export function defineCalculator() {
  customElements.define("playbook-calculator", PlaybookCalculator);
}
