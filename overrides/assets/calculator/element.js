/**
 * <playbook-calculator>: makes the form that stands in the page live.
 *
 * Everything it shows is in the page already or comes from Python as text; it moves strings. Its `data-state` is
 * `static` (as built), `starting`, `ready`, `computing`, `empty` (fields are to be filled in), `invalid` or `failed`.
 */
import { kindOf } from "../runtime/failures.js";
import { keepBeginning } from "./beginning.js";
import { Feedback } from "./feedback.js";
import { controlsNamed, differing, readBuilt, readForm, showDependent, tooLong, writeForm } from "./form_values.js";
import { Keeping } from "./keeping.js";
import { NumberOffers } from "./number_offers.js";
import { hasKept } from "./kept_scenarios.js";
import { readCurrency, writeCurrency } from "./kept_visit.js";
import { Results } from "./results.js";
import { loadScript } from "../runtime/load_script.js";
import { onProgress, runtime } from "../runtime/runtime.js";
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";
import { forgetPasted, keepPasting } from "./pasting.js";
import { offerScales } from "./scales.js";
import { keepResultInView } from "./result_bar.js";
import { keepSheets } from "./printing.js";
import { keepTables } from "./table_rows.js";
import { showToolFailure } from "./tool_failures.js";
import { Undo } from "./undo.js";
import { Waiting } from "./waiting.js";

/** @typedef {import("./form_values.js").Values} Values */
/** @typedef {import("./undo.js").Circumstances} Circumstances */
/** @typedef {import("../runtime/runtime.js").Answer} Answer */
/** @typedef {"static" | "starting" | "ready" | "computing" | "empty" | "invalid" | "failed"} State */

/** A result is spoken once it has settled, not at every key. */
const SPEAK_AFTER_MILLISECONDS = 900;

/** The currency the reader picked, for every calculator of the visit. */
let pickedCurrency = readCurrency();
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
  /** Whether the reader waits for the answer, and did not only pass by. */
  #isWaitedFor = true;
  /** Nothing is spoken that the reader has not caused. */
  #isTouched = false;
  /** The form as it was built. @type {Values} */
  #example = {};
  /** What a link asked for, until it is answered. */
  #link = "";
  #results = new Results(this);
  /** What the result shown answers; "" where none is shown. */
  #answered = "";
  /** @type {Waiting | undefined} */
  #waiting;
  /** @type {Undo | undefined} */
  #undo;
  /** @type {Keeping | undefined} */
  #keeping;
  /** @type {Feedback | undefined} */
  #feedback;
  /** @type {NumberOffers | undefined} */
  #numbers;
  /** Inputs that were typed since the page is there: what it brings back is no news. @type {Set<string>} */
  #typed = new Set();

  connectedCallback() {
    const form = this.#form;
    if (!form) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#example = readBuilt(form);
    const typed = differing(readForm(form), this.#example);
    this.#answered = JSON.stringify(this.#example);
    form.addEventListener("input", (event) => this.#onInput(event), { signal });
    form.addEventListener("change", (event) => this.#onChange(event), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    form.addEventListener("reset", (event) => this.#onReset(event), { signal });
    form.addEventListener("paste", (event) => this.#onPaste(event), { signal });
    this.querySelector("[data-control=empty]")?.addEventListener("click", () => this.#empty(), { signal });
    const failed = this.querySelector("[data-message=failed]");
    if (failed instanceof HTMLElement) keepFailureButtons(failed, () => this.#retry(), signal);
    window.addEventListener("online", () => this.#state === "failed" && this.#retry(), { signal });
    this.#waiting = new Waiting(this, () => this.#isForeign(), () => this.#clearForeignResults(), signal);
    const bar = /** @type {HTMLElement} */ (this.querySelector("[data-part=undo]"));
    const circumstances = { read: () => this.#circumstances, write: (/** @type {Circumstances} */ before) => this.#restore(before) };
    this.#undo = new Undo(form, bar, circumstances, () => this.#onInput(), signal);
    keepTables(form, () => this.#onInput(), (change) => this.#undo?.keep("row", change), signal);
    const ask = (/** @type {object} */ question) => runtime().ask({ ...this.question(), ...question }).catch((error) => this.#refuse(error));
    keepPasting(form, ask, (name, rows) => this.takeOver({ [name]: rows }, "pasted"), signal);
    offerScales(form, signal);
    this.#keepTools(signal);
    keepResultInView(this, signal);

    connected.add(this);
    this.#showCurrency();
    this.#keeping = new Keeping(this, form, this.#example, this.#undo, () => this.#resume(), signal);
    this.#resume(typed);
    this.#feedback = new Feedback(this, form, this.#keeping, (values) => this.takeOver(values));
    const known = this.querySelector("[data-part=known]");
    if (known instanceof HTMLElement) this.#numbers = new NumberOffers(this, known, (ask, further) => this.ask(ask, further), (values) => this.takeOver(values, "known"), signal);
    this.#numbers?.expect();
    this.#readLink();
    window.addEventListener("hashchange", () => this.#readLink(), { signal });
    keepBeginning(this, { touched: () => this.#touched(), nobodyWaits: () => this.#begin() }, signal);
    if (this.contains(document.activeElement)) this.#touched();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    clearTimeout(this.#speaking);
    connected.delete(this);
    this.#state = "static";
  }

  /** Brings back what this visit has left. @param {Values} [typed] before the page could listen */
  #resume(typed = {}) {
    const form = this.#form;
    if (!form) return;
    pickedCurrency = readCurrency();
    this.#showCurrency();
    let isOther = this.#keeping?.restore();
    const names = Object.keys(typed);
    if (names.length && !this.#keeping?.foreign) {
      writeForm(form, typed);
      this.#keeping?.confirm(names);
      this.#keeping?.later();
      isOther = true;
    }
    this.#clearForeignResults();
    if (isOther || this.#state !== "static") this.#compute();
    this.#keeping?.markExample(readForm(form));
  }

  /** Shows everything as it is now: the currency picked for the visit, and the result of what stands in the fields. */
  refresh() {
    this.#showCurrency();
    if (this.#state !== "static") this.#compute();
  }

  /** The currency picked, where this calculator offers it: the tab's storage may hold anything. */
  get #currency() {
    const options = [...(this.#currencyChooser?.options ?? [])];
    return options.some(({ value }) => value === pickedCurrency) ? pickedCurrency : "";
  }

  #showCurrency() {
    const chooser = this.#currencyChooser;
    if (!chooser) return;
    chooser.value = this.#currency;
    const symbol = chooser.selectedOptions[0]?.dataset["symbol"] ?? "";
    for (const place of this.querySelectorAll("[data-currency-symbol]")) place.textContent = symbol;
  }

  async #start() {
    if (this.#state !== "static" || !this.isConnected) return;
    this.#state = "starting";
    await this.#compute();
  }

  /** The example's result is the right one: nothing need be said about an answer on its way. */
  #begin() {
    if (this.#state !== "static") return;
    this.#isWaitedFor = false;
    this.#start();
  }

  #touched() {
    this.#start();
    if (this.#isWaitedFor) return;
    this.#isWaitedFor = true;
    if (this.#isAsking) this.#waiting?.begin();
  }

  #retry() {
    this.#state = "static";
    this.#start();
  }

  /** Asks Python for what stands in the fields now, one question at a time: the last one typed is always asked. */
  async #compute() {
    if (this.#state === "static") return this.#start();
    if (this.#state === "failed") {
      this.#clearForeignResults();
      this.#state = "starting";
    }
    if (this.#isWaitedFor) this.#waiting?.begin();
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
        if (this.#keeping?.foreign) await this.#carry(this.#keeping, python);
        if (this.#link) await this.#open(python);
        const question = this.question();
        const answer = this.#tooMuch(question.inputs) ?? (await python.ask(question));
        if (!this.#isAskedAgain && this.isConnected) this.#show(answer, question.inputs);
      } while (this.#isAskedAgain && this.isConnected);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isAsking = false;
    }
  }

  /**
   * Writes what was typed on the page of another language as this one writes it.
   *
   * @param {Keeping} keeping
   * @param {ReturnType<typeof runtime>} python
   */
  async #carry(keeping, python) {
    if (!keeping.foreign) return;
    const asked = keeping.question(keeping.foreign);
    const carried = await python.ask({ ...this.question(), ...asked });
    if (!this.isConnected) return;
    keeping.takeCarried(carried);
    keeping.markExample(this.question().inputs);
    if (carried["unread"]?.length) this.#say("unread");
  }

  /** Says where the numbers come from. @param {string} key of a sentence, "" for none */
  #say(key) {
    const place = this.querySelector("[data-part=opened]");
    if (!(place instanceof HTMLElement)) return;
    place.textContent = place.dataset[key] ?? "";
    place.hidden = !key;
  }

  /** Says why Python does not answer. @param {unknown} error */
  #fail(error) {
    const kind = kindOf(error);
    if (!kind) throw error;
    if (!this.isConnected) return;
    this.#waiting?.end();
    this.#clearForeignResults();
    if (kind === "stopped" && this.#link) {
      // It may be what took so long; opened again, it would again.
      this.#endLink();
      this.#say("broken");
    }
    this.#state = "failed";
    const place = this.querySelector("[data-message=failed]");
    if (place instanceof HTMLElement) showFailure(place, kind);
  }

  /** @param {unknown} error @returns {any} the refusal of what was pasted when Python does not answer */
  #refuse(error) {
    this.#fail(error);
    return { refusal: this.querySelector("[data-message=failed] p:not([hidden])")?.textContent };
  }

  /** @param {Values} inputs @returns {any} the refusal of what is too much to be asked about */
  #tooMuch(inputs) {
    const input = tooLong(inputs);
    return input === null ? null : { errors: [{ input, code: "too_much", text: this.#refusals?.dataset["tooMuch"] ?? "" }] };
  }

  /** What stands in the fields, as Python is asked. */
  question() {
    return {
      calculator: this.getAttribute("name") ?? "",
      language: this.lang,
      currency: this.#currency,
      inputs: this.#form ? readForm(this.#form) : {},
    };
  }

  /**
   * Asks one of the tools around the calculator about what stands in the fields.
   *
   * @param {string} ask see calculators/core/page/tools.py
   * @param {object} [further] what that needs besides
   * @returns {Promise<Record<string, any>>} rejects with Failure
   */
  async ask(ask, further = {}) {
    const question = this.question();
    return this.#tooMuch(question.inputs) ?? runtime().ask({ ...question, ask, ...further });
  }

  /**
   * Tells a tool around the calculator how far Python is.
   *
   * @param {(progress: import("../runtime/runtime.js").Progress) => void} listener
   * @param {AbortSignal} signal
   */
  follow(listener, signal) {
    onProgress(listener, signal);
  }

  /** Nobody waits any more for what Python is asked. */
  stop() {
    runtime().stop();
  }

  /** @returns {AbortSignal} of the calculator's leaving the page */
  get leaving() {
    return this.#listening?.signal ?? AbortSignal.abort();
  }

  /**
   * Takes over other values for some inputs, as texts of the page's language.
   *
   * @param {Values} values
   * @param {string} [kind] which sentence says what was done, beside the button that takes it back; of a `goal`, they are no facts
   */
  takeOver(values, kind = "taken") {
    const form = this.#form;
    if (!form) return;
    const names = Object.keys(values);
    const isWish = kind === "goal";
    this.#undo?.keep(kind, () => {
      writeForm(form, values);
      this.#keeping?.confirm(names);
      if (isWish) this.#keeping?.lend(names);
    });
    if (!isWish) for (const name of names) this.#typed.add(name);
    this.#isTidying = true;
    this.#onInput();
  }

  /**
   * Shows what a kept scenario holds, as if it had been typed.
   *
   * @param {{inputs: Values, currency?: string}} scenario
   */
  reopen({ inputs, currency = "" }) {
    const form = this.#form;
    if (!form) return;
    this.#undo?.keep("taken", () => {
      this.#pickCurrency(currency);
      writeForm(form, inputs);
      this.#keeping?.confirm(Object.keys(inputs));
      this.#keeping?.lend(Object.keys(inputs));
    });
    this.#isTidying = true;
    this.#onInput();
  }

  /** What a step back brings back besides the inputs. @returns {Circumstances} */
  get #circumstances() {
    return { currency: pickedCurrency, confirmed: [...(this.#keeping?.confirmed ?? [])], waiting: [...(this.#keeping?.waiting ?? [])], lent: [...(this.#keeping?.lent ?? [])] };
  }

  /** @param {Circumstances} before */
  #restore({ currency, confirmed, waiting, lent }) {
    this.#pickCurrency(currency);
    if (!this.#keeping) return;
    this.#keeping.confirmed = new Set(confirmed);
    this.#keeping.waiting = new Set(waiting);
    this.#keeping.lent = new Set(Array.isArray(lent) ? lent : []); // of a visit before this release, or of anybody
  }

  /** @param {string} currency */
  #pickCurrency(currency) {
    pickedCurrency = currency;
    writeCurrency(currency);
    for (const calculator of connected) calculator.#showCurrency();
  }

  /** The reader's own numbers from the first one on. */
  #empty() {
    this.#undo?.keep("emptied", () => this.#keeping?.empty());
    this.#onInput();
    const first = this.#form?.querySelector(".calculator__fields :is(input, textarea, select)");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @returns {Promise<void>} once the chart can be printed, whether it has been in view or not */
  loadCharts() {
    return this.#results.loadCharts();
  }

  /** A link may name this calculator and its inputs behind the #. */
  #readLink() {
    const link = location.hash.slice(1);
    // One whose numbers are in the fields is not opened once more by a reload.
    if (!link.startsWith(`${this.getAttribute("name")}?`) || link === this.#keeping?.link) return;
    this.#link = link;
    this.#keeping?.hold(true);
    this.#isWaitedFor = true;
    this.scrollIntoView();
    this.#compute();
  }

  /** @param {ReturnType<typeof runtime>} python */
  async #open(python) {
    const opened = await python.ask({ ...this.question(), inputs: {}, ask: "open", link: this.#link });
    // The page may have been left meanwhile, and the one that took its place opens the link itself.
    if (this.isConnected) this.#showOpened(opened);
    else this.#link = "";
  }

  /** @param {Answer & {broken?: boolean, currency?: string}} answer */
  #showOpened({ errors, broken = Boolean(errors), currency, inputs }) {
    const link = this.#link;
    this.#endLink();
    const form = this.#form;
    if (!form) return;
    if (!broken) {
      this.#undo?.keep("opened", () => {
        writeForm(form, { ...this.#example, ...inputs });
        if (currency !== undefined) this.#pickCurrency(currency);
        // What a link leaves out is the example's.
        this.#keeping?.forget();
        this.#keeping?.lend(Object.keys(differing(readForm(form), this.#example)));
      });
    }
    this.#say(broken ? "broken" : "opened");
    // A long page may have grown above it since the link was read.
    const { top } = this.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) this.scrollIntoView();
    if (this.#keeping) this.#keeping.link = link;
    this.#keepForVisit();
  }

  /** It is in the fields, or will not be. */
  #endLink() {
    this.#link = "";
    this.#keeping?.hold(this.#keeping.foreign !== null);
  }

  #keepForVisit() {
    if (this.#form) this.#keeping?.markExample(readForm(this.#form));
    this.#keeping?.later();
  }

  /**
   * @param {Answer} answer
   * @param {Values} asked what stood in the fields
   */
  #show(answer, asked) {
    this.#waiting?.end();
    this.#showDependent();
    if (answer.errors) {
      const isRefused = this.#refuseFields(answer.errors);
      this.#clearResults();
      this.#state = isRefused ? "invalid" : "empty";
      return;
    }
    this.#refuseFields([]);
    this.#results.show(answer);
    this.#feedback?.showRemarks(answer.remarks);
    if (this.#isTidying) this.#tidy(answer, asked);
    if (this.#form) this.#answered = JSON.stringify(readForm(this.#form));
    this.#showUnits();
    this.#speak(answer.summary);
    this.#state = "ready";
    this.#learn(answer.quantities);
    this.dispatchEvent(new CustomEvent("playbook-result"));
  }

  /** What the reader has typed here is known, and what follows from it and from the reader's other numbers. @param {Answer["quantities"]} quantities */
  #learn(quantities) {
    const keeping = this.#keeping;
    const isOwn = (/** @type {string[]} */ inputs) => inputs.every((input) => keeping?.isOwn(input)) && inputs.some((input) => this.#typed.has(input));
    this.#numbers?.learn(quantities, isOwn, this.#currency);
    this.#numbers?.update();
  }

  /** @param {NonNullable<Answer["errors"]>} errors @returns {boolean} whether any of them is said beside its field */
  #refuseFields(errors) {
    const text = this.#feedback?.showErrors(errors) ?? "";
    this.#speak(text);
    return Boolean(text);
  }

  #clearResults() {
    this.#results.clear();
    this.#answered = "";
  }

  /** What is shown stays, but not as the answer to other numbers. */
  #clearForeignResults() {
    if (this.#isForeign()) this.#clearResults();
  }

  #isForeign() {
    return Boolean(this.#form && this.#answered && JSON.stringify(readForm(this.#form)) !== this.#answered);
  }

  /** Inputs that count only with another one ticked. */
  #showDependent() {
    if (this.#form) showDependent(this.#form, this);
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
        const { keepTools } = await loadScript(CALCULATOR_TOOLS);
        keepTools(this);
        tools?.setAttribute("data-ready", "");
      } catch (error) {
        loading = undefined; // opening one again tries again
        for (const panel of this.querySelectorAll("[data-tool][open]")) showToolFailure(panel, kindOf(error));
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
   * @param {Answer} answer each field as the language writes it
   * @param {Values} asked
   */
  #tidy({ inputs: texts, remarks }, asked) {
    this.#isTidying = false;
    const form = this.#form;
    if (!form) return;
    const now = readForm(form);
    for (const [name, text] of Object.entries(texts)) {
      // What is remarked on stays as it was typed, so that the remark can be understood.
      if (remarks.some(({ input }) => input === name)) continue;
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
    const target = event?.target;
    if (target instanceof Element && target.closest("[data-part=tools]")) return this.#keeping?.later();
    this.#isTouched = this.#isWaitedFor = true;
    if (this.#form) forgetPasted(this.#form);
    if (target instanceof Element) this.#confirm(target);
    this.#leaveLink();
    this.#keepForVisit();
    this.#showUnits();
    this.#compute();
  }

  /** Of a table, the reader confirms rows one by one. @param {Element} field */
  #confirm(field) {
    const name = field.getAttribute("name") ?? "";
    const table = field.closest("table[data-input]")?.getAttribute("data-input");
    this.#keeping?.confirm([name]);
    this.#typed.add(table ?? name);
  }

  /** The address no longer says what stands in the fields. */
  #leaveLink() {
    this.#say("");
    if (!this.#keeping?.link) return;
    if (location.hash.slice(1) === this.#keeping.link) history.replaceState(history.state, "", `#${this.id}`);
    this.#keeping.link = "";
  }

  /** A percent sign that was typed is not shown twice. */
  #showUnits() {
    for (const unit of this.querySelectorAll(".calculator__unit")) {
      const input = unit.parentElement?.querySelector("input");
      if (unit instanceof HTMLElement && input) unit.hidden = unit.textContent === "%" && input.value.trim().endsWith("%");
    }
  }

  /** @param {Event} event */
  #onChange({ target }) {
    if (target instanceof Element && target.closest("[data-part=tools]")) return this.#keeping?.later();
    this.#isTouched = this.#isWaitedFor = true;
    if (target === this.#currencyChooser) {
      this.#pickCurrency(this.#currencyChooser?.value ?? "");
      for (const calculator of connected) calculator.refresh();
    } else {
      this.#isTidying = true;
      this.#compute();
    }
  }

  /**
   * Keeps out of a field what it could not hold: the browser itself would stand still over a million lines.
   *
   * @param {ClipboardEvent} event
   */
  #onPaste(event) {
    const { clipboardData, target } = event;
    const text = clipboardData?.getData("text/plain") ?? "";
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || !target.name) return;
    const refusal = this.#tooMuch({ [target.name]: text });
    if (!refusal) return;
    event.preventDefault();
    this.#refuseFields(refusal.errors);
  }

  /** @param {KeyboardEvent} event */
  #onKey({ key, target }) {
    // The result is there already: Enter leads to what keeps it from being there.
    if (key !== "Enter" || !(target instanceof HTMLInputElement) || target.dataset["column"]) return;
    const wrong = this.#form?.querySelector("[aria-invalid=true]");
    if (wrong instanceof HTMLElement) wrong.focus();
  }

  /** Not left to the browser: it can be taken back, and the currency is no part of it. @param {Event} event */
  #onReset(event) {
    event.preventDefault();
    const form = this.#form;
    if (form) {
      this.#undo?.keep("reset", () => {
        writeForm(form, this.#example);
        this.#keeping?.forget();
      });
      forgetPasted(form);
    }
    this.#showUnits();
    this.#leaveLink();
    this.#keepForVisit();
    this.refresh();
  }

  /** @returns {State} */
  get #state() {
    return /** @type {State} */ (this.dataset["state"] ?? "static");
  }

  set #state(state) {
    this.dataset["state"] = state;
    // Nothing moves for a moment only: a button would slip away from under the finger that leaves a field for it.
    if (state === "computing") return;
    for (const message of this.querySelectorAll("[data-message]")) {
      if (message instanceof HTMLElement) message.hidden = message.dataset["message"] !== state;
    }
  }

  get #form() {
    return this.querySelector("form");
  }

  /** Where refusals stand that belong to no field, with the sentences of those that Python does not write. */
  get #refusals() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[data-error='']"));
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
  keepSheets();
}
