/**
 * <playbook-calculator>: makes the form that stands in the page live.
 *
 * Everything it shows is in the page already or comes from Python as text; it moves strings. Its `data-state` is
 * `static` (as built), `starting`, `ready`, `computing`, `invalid` or `failed`.
 */
import { controlsNamed, readForm, writeForm } from "./form_values.js";
import { hasKept } from "./kept_scenario.js";
import { Results } from "./results.js";
import { RuntimeFailure, runtime } from "./runtime.js";
import { keepTables } from "./table_rows.js";

/** @typedef {import("./form_values.js").Values} Values */
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
  /** The form as it was built. @type {Values} */
  #example = {};
  /** What a link asked for, until it is answered. */
  #link = "";
  #results = new Results(this);

  connectedCallback() {
    const form = this.#form;
    if (!form) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#example = readForm(form);
    form.addEventListener("input", (event) => this.#onInput(event), { signal });
    form.addEventListener("change", (event) => this.#onChange(event), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    form.addEventListener("reset", () => this.#onReset(), { signal });
    form.addEventListener("focusin", () => this.#start(), { signal, once: true });
    this.querySelector("[data-control=retry]")?.addEventListener("click", () => this.#retry(), { signal });
    keepTables(form, () => this.#onInput(), signal);
    this.#keepTools(signal);

    const nearing = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#start();
    }, { rootMargin: NEAR });
    nearing.observe(this);
    signal.addEventListener("abort", () => nearing.disconnect());

    connected.add(this);
    this.#showCurrency();
    this.#readLink();
    window.addEventListener("hashchange", () => this.#readLink(), { signal });
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
        if (this.#link) this.#showOpened(await python.ask({ ...this.question(), ask: "open", link: this.#link }));
        const question = this.question();
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

  /** What stands in the fields, as Python is asked. */
  question() {
    return {
      calculator: this.getAttribute("name") ?? "",
      language: this.lang,
      currency: pickedCurrency,
      inputs: this.#form ? readForm(this.#form) : {},
    };
  }

  /**
   * Asks one of the tools around the calculator about what stands in the fields.
   *
   * @param {string} ask see calculators/core/tools.py
   * @param {object} [further] what that needs besides
   * @returns {Promise<Record<string, any>>} rejects with RuntimeFailure
   */
  ask(ask, further = {}) {
    return runtime().ask({ ...this.question(), ask, ...further });
  }

  /**
   * Takes over other values for some inputs, as texts of the page's language.
   *
   * @param {Values} values
   */
  takeOver(values) {
    if (!this.#form) return;
    writeForm(this.#form, values);
    this.#isTidying = true;
    this.#onInput();
  }

  /** A link may name this calculator and its inputs behind the #. */
  #readLink() {
    const link = location.hash.slice(1);
    if (!link.startsWith(`${this.getAttribute("name")}?`)) return;
    this.#link = link;
    this.scrollIntoView();
    this.#compute();
  }

  /** @param {Answer & {broken?: boolean, currency?: string}} answer */
  #showOpened({ broken, currency, inputs }) {
    this.#link = "";
    const form = this.#form;
    const place = this.querySelector("[data-part=opened]");
    if (!form) return;
    writeForm(form, broken ? this.#example : { ...this.#example, ...inputs });
    if (!broken && currency !== undefined) {
      pickedCurrency = currency;
      for (const calculator of connected) calculator.#showCurrency();
    }
    if (!(place instanceof HTMLElement)) return;
    place.textContent = (broken ? place.dataset["broken"] : place.dataset["opened"]) ?? "";
    place.hidden = false;
  }

  /**
   * @param {Answer} answer
   * @param {Values} asked what stood in the fields
   */
  #show(answer, asked) {
    this.#showErrors(answer.errors ?? []);
    if (answer.errors) {
      this.#results.clear();
      this.#state = "invalid";
      return;
    }
    this.#results.show(answer);
    this.#showDependent();
    if (this.#isTidying) this.#tidy(answer.inputs, asked);
    this.#speak(answer.summary);
    this.#state = "ready";
    this.dispatchEvent(new CustomEvent("playbook-result"));
  }

  /** @param {NonNullable<Answer["errors"]>} errors */
  #showErrors(errors) {
    const form = this.#form;
    if (!form) return;
    /** @type {Map<string, string[]>} */
    const texts = new Map();
    for (const { input, text } of errors) texts.set(input, [...(texts.get(input) ?? []), text]);
    for (const place of this.querySelectorAll("[data-error]")) {
      if (!(place instanceof HTMLElement)) continue;
      const text = texts.get(place.dataset["error"] ?? "")?.join(" ") ?? "";
      if (place.textContent === text) continue;
      place.textContent = text;
      place.hidden = !text;
    }
    for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    for (const { input, row, column } of errors) {
      for (const control of controlsNamed(form, input)) {
        const isMeant = !column || (control.dataset["column"] === column && control.closest("tr")?.sectionRowIndex === (row ?? 0) - 1);
        if (isMeant) control.setAttribute("aria-invalid", "true");
      }
    }
    this.#speak([...texts.values()].flat().join(" "));
  }

  /** Without Python the example's result stays, but not as the answer to other numbers. */
  #clearForeignResults() {
    if (this.#form && JSON.stringify(readForm(this.#form)) !== JSON.stringify(this.#example)) this.#results.clear();
  }

  /** Inputs that count only with another one ticked. */
  #showDependent() {
    for (const part of this.querySelectorAll("[data-shown-if]")) {
      if (!(part instanceof HTMLElement)) continue;
      const flag = this.#form?.querySelector(`[name="${part.dataset["shownIf"]}"]`);
      part.hidden = !(flag instanceof HTMLInputElement && flag.checked);
    }
  }

  /**
   * Loads the tools when the reader comes to them, so that they are there when one is opened.
   *
   * @param {AbortSignal} signal
   */
  #keepTools(signal) {
    const tools = this.querySelector("[data-part=tools]");
    /** @type {Promise<void> | undefined} */
    let loading;
    const load = async () => {
      try {
        const { keepTools } = await import(new URL(CALCULATOR_TOOLS, import.meta.url).href);
        keepTools(this);
        tools?.setAttribute("data-ready", "");
      } catch {
        loading = undefined; // the network is gone: opening one again tries again
      }
    };
    for (const event of ["pointerenter", "focusin", "toggle"]) {
      tools?.addEventListener(
        event,
        () => {
          if (event === "toggle") this.#start();
          loading ??= load();
        },
        { signal, capture: true },
      );
    }
    if (hasKept(this.getAttribute("name") ?? "")) tools?.querySelector("[data-tool=compare]")?.setAttribute("open", "");
  }

  /**
   * @param {Answer["inputs"]} texts each field as the language writes it
   * @param {Values} asked
   */
  #tidy(texts, asked) {
    this.#isTidying = false;
    const form = this.#form;
    if (!form) return;
    const now = readForm(form);
    for (const [name, text] of Object.entries(texts)) {
      // Never over what has come since. In a table, rows left empty are kept: they are about to be filled.
      if (JSON.stringify(now[name]) !== JSON.stringify(asked[name]) || controlsNamed(form, name).includes(activeControl())) continue;
      if (!Array.isArray(text) || text.length === now[name]?.length) writeForm(form, { [name]: text });
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

  /** @param {Event} [event] */
  #onInput(event) {
    if (event?.target instanceof Element && event.target.closest("[data-part=tools]")) return;
    this.#isTouched = true;
    this.#compute();
  }

  /** @param {Event} event */
  #onChange({ target }) {
    if (target instanceof Element && target.closest("[data-part=tools]")) return;
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
    if (key !== "Enter" || !(target instanceof HTMLInputElement) || target.dataset["column"]) return;
    const wrong = this.#form?.querySelector("[aria-invalid=true]");
    if (wrong instanceof HTMLElement) wrong.focus();
  }

  /** The browser puts the example back after this event; the currency is no part of it. */
  #onReset() {
    setTimeout(() => {
      if (this.#form) writeForm(this.#form, this.#example);
      const opened = this.querySelector("[data-part=opened]");
      if (opened instanceof HTMLElement) opened.hidden = true;
      this.refresh();
    });
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
}

/** @returns {any} the control the reader is in */
function activeControl() {
  return document.activeElement;
}

/** Registers the element; those already in the page come to life. */
export function defineCalculator() {
  customElements.define("playbook-calculator", PlaybookCalculator);
}
