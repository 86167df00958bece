/**
 * <playbook-numbers>: all numbers that are known of the reader, with where each is from; to change, clear, keep and take along.
 *
 * The fields are in the page; Python reads and writes what stands in them (calculators/core/page/my_numbers.py).
 */
import { download } from "../calculator/downloads.js";
import { areRemembered, CHANGED, isAboutNumbers, readNumbers, today, writeNumbers } from "../calculator/known_numbers.js";
import { readCurrency } from "../calculator/kept_visit.js";
import { originOf } from "../calculator/number_origins.js";
import { showOffers } from "../calculator/offers.js";
import { kindOf } from "../runtime/failures.js";
import { keepFailureButtons, showFailure } from "../site/failure_messages.js";
import { sayIn } from "../site/saying.js";

/** @typedef {import("../calculator/known_numbers.js").Numbers} Numbers */
/** @typedef {typeof import("../runtime/runtime.js").runtime} Python */
/** @typedef {{numbers: Record<string, {value: string, from: string, day: string, currency?: string, text: string}>, kept: object, errors?: Array<{input: string, text: string, choices?: import("../calculator/offers.js").Offer[]}>}} Answer */

const LARGEST_FILE = 100_000;
const FILE_NAME = "my-numbers.json";

export class PlaybookNumbers extends HTMLElement {
  /** Given before the first one is made. @type {Python} */
  static runtime;

  #listening = new AbortController();
  /** Quantities whose field holds something that could not be read. @type {Set<string>} */
  #refused = new Set();
  #isWriting = false;
  /** What was cleared at once, until something else is done. @type {Numbers | null} */
  #cleared = null;

  connectedCallback() {
    const { signal } = (this.#listening = new AbortController());
    this.addEventListener("change", ({ target }) => this.#change(target), { signal });
    this.addEventListener("click", ({ target }) => this.#press(target), { signal });
    this.addEventListener("submit", (event) => event.preventDefault(), { signal });
    // Python is on its way before the first number is.
    this.addEventListener("focusin", () => PlaybookNumbers.runtime().start(), { signal, once: true });
    for (const event of [CHANGED, "storage", "pageshow"]) window.addEventListener(event, (happened) => this.#hear(happened), { signal });
    keepFailureButtons(this.#part("failed"), () => this.#show(), signal);
    this.#remember.checked = areRemembered();
    this.#show();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  /** @param {Event} event */
  #hear(event) {
    if (this.#isWriting || (event instanceof StorageEvent && !isAboutNumbers(event))) return;
    this.#remember.checked = areRemembered();
    this.#show();
  }

  async #show() {
    if (Object.keys(readNumbers()).length) await this.#ask({});
    else this.#fill({});
  }

  /**
   * Asks Python how the numbers are written, and which they are with what is new.
   *
   * @param {{typed?: Record<string, string>, file?: string}} asked
   * @returns {Promise<Answer | null>} null where it does not answer
   */
  async #ask({ typed = {}, file = "" }) {
    const before = readNumbers();
    showFailure(this.#part("failed"), null);
    try {
      const question = { ask: "numbers", language: this.lang, currency: readCurrency(), numbers: before, typed, file };
      const answer = /** @type {Answer} */ (/** @type {unknown} */ (await PlaybookNumbers.runtime().ask(/** @type {any} */ (question))));
      if (!this.isConnected) return null;
      for (const name of Object.keys(typed)) this.#refuse(name, "");
      const errors = answer.errors ?? [];
      for (const { input, text, choices } of errors) this.#refuse(input, text, choices);
      if (answer.numbers) this.#take(answer, before, [...Object.keys(typed), ...(file && !errors.length ? Object.keys(answer.numbers) : [])]);
      return answer;
    } catch (error) {
      const kind = kindOf(error);
      if (!kind) throw error;
      showFailure(this.#part("failed"), kind);
      return null;
    }
  }

  /**
   * @param {Answer} answer
   * @param {Numbers} before what was asked with
   * @param {string[]} changed
   */
  #take({ numbers }, before, changed) {
    if (changed.length) {
      // Another tab, or a calculator, may have learned something meanwhile.
      const now = readNumbers();
      for (const name of changed) {
        const { value, from, day, currency = "" } = numbers[name] ?? {};
        if (!value) delete now[name];
        else if (value !== before[name]?.value) now[name] = { value, from: from ?? "typed", day: day || today(), currency };
      }
      this.#write(now);
    }
    this.#fill(numbers);
  }

  /** @param {Numbers} numbers @param {boolean} [isRemembered] */
  #write(numbers, isRemembered) {
    this.#isWriting = true;
    const isKept = writeNumbers(numbers, isRemembered);
    this.#isWriting = false;
    this.#part("full").hidden = isKept;
    return isKept;
  }

  /** @param {Record<string, {text: string}>} numbers */
  #fill(numbers) {
    const kept = readNumbers();
    for (const field of this.#fields) {
      const { name } = field;
      const text = numbers[name]?.text ?? "";
      if (!this.#refused.has(name) && field !== document.activeElement && field.value !== text) field.value = text;
      const origin = this.#part("origin", name);
      const known = kept[name];
      origin.textContent = known ? originOf(this.#part("origins"), known, (calculator) => this.#titleOf(calculator)) : "";
      this.#part("clear", name).hidden = !known;
      const unit = field.parentElement?.querySelector("[data-currency-symbol]");
      if (unit) unit.textContent = known?.currency ?? "";
    }
    const isAny = Object.keys(kept).length > 0;
    for (const button of this.querySelectorAll("[data-do=clear], [data-do=save]")) button.toggleAttribute("disabled", !isAny);
  }

  /** @param {string} name of a quantity, "" for a file @param {string} text "" takes the refusal back @param {import("../calculator/offers.js").Offer[]} [choices] what may be meant */
  #refuse(name, text, choices = []) {
    const place = this.querySelector(`[data-error="${CSS.escape(name)}"]`);
    if (!(place instanceof HTMLElement)) return;
    place.textContent = text;
    place.hidden = !text;
    const field = this.#fields.find((each) => each.name === name);
    showOffers(place, choices, (value) => {
      if (!field) return;
      field.value = String(value);
      field.focus();
      this.#ask({ typed: { [name]: field.value } });
    });
    if (text) this.#refused.add(name);
    else this.#refused.delete(name);
    if (text) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }

  /** @param {EventTarget | null} target */
  async #change(target) {
    if (!(target instanceof HTMLInputElement)) return;
    if (target === this.#remember) {
      const isKept = this.#write(readNumbers(), target.checked);
      if (!isKept) target.checked = areRemembered();
    } else if (target.type === "file") {
      const file = target.files?.[0];
      target.value = "";
      if (file) await this.#open(file);
    } else await this.#ask({ typed: { [target.name]: target.value } });
  }

  /** @param {File} file */
  async #open(file) {
    this.#refuse("", "");
    this.#say("");
    const text = file.size > LARGEST_FILE ? "?" : await file.text().catch(() => "?");
    // An empty file is none, too.
    const answer = await this.#ask({ file: text || "?" });
    if (answer && !answer.errors?.length) this.#say("opened");
  }

  /** @param {EventTarget | null} target */
  async #press(target) {
    const button = target instanceof Element ? target.closest("button") : null;
    const what = button?.dataset["do"];
    if (button?.dataset["part"] === "clear") {
      const name = button.dataset["of"] ?? "";
      const { [name]: _cleared, ...left } = readNumbers();
      this.#write(left);
      this.#refuse(name, "");
      this.#fields.find((field) => field.name === name)?.focus();
      this.#clearField(name);
      await this.#show();
    } else if (what === "clear") {
      const before = readNumbers();
      this.#write({});
      for (const { name } of this.#fields) {
        this.#refuse(name, "");
        this.#clearField(name);
      }
      this.#fill({});
      this.#cleared = before;
      this.#say("cleared");
      this.#restore.hidden = false;
      this.#restore.focus();
    } else if (what === "restore" && this.#cleared) {
      this.#write(this.#cleared);
      this.#say("");
      await this.#show();
      const clear = this.querySelector("[data-do=clear]");
      if (clear instanceof HTMLElement) clear.focus();
    } else if (what === "save") {
      const answer = await this.#ask({});
      if (!answer) return;
      download(new Blob([`${JSON.stringify(answer.kept, null, 2)}\n`], { type: "application/json" }), FILE_NAME);
      this.#say("saved");
    } else if (what === "open") this.querySelector("input[type=file]")?.dispatchEvent(new MouseEvent("click"));
  }

  /** @param {string} name */
  #clearField(name) {
    const field = this.#fields.find((each) => each.name === name);
    if (field) field.value = "";
  }

  /** @param {string} key of a sentence */
  #say(key) {
    const said = this.#part("said");
    this.#restore.hidden = true;
    if (key !== "cleared") this.#cleared = null;
    sayIn(said, said.dataset[key] ?? "");
  }

  /** @param {string} calculator */
  #titleOf(calculator) {
    return this.querySelector(`[data-calculator="${CSS.escape(calculator)}"]`)?.textContent ?? "";
  }

  /** @returns {HTMLButtonElement} */
  get #restore() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("[data-do=restore]"));
  }

  get #remember() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-part=remember]"));
  }

  /** @returns {HTMLInputElement[]} */
  get #fields() {
    return [...this.querySelectorAll("input[name]")].filter((field) => field instanceof HTMLInputElement);
  }

  /** @param {string} name @param {string} [of] the quantity that it belongs to @returns {HTMLElement} */
  #part(name, of) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]${of ? `[data-of="${CSS.escape(of)}"]` : ""}`));
  }
}
