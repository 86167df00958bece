/** The reader's numbers from elsewhere, offered above the fields that they fit: one click each, and never put in unasked. */
import { CHANGED, isAboutNumbers, learnNumbers, putAside, readAside, readNumbers } from "./known_numbers.js";
import { originOf } from "./number_origins.js";

/** @typedef {import("./form_values.js").Values} Values */
/** @typedef {import("./known_numbers.js").Numbers} Numbers */
/** @typedef {{quantity: string, text: string, value: string}} Offer */
/** @typedef {Record<string, {quantity: string, value: string, of: string[]}>} Learned by input or output */

export class NumberOffers {
  #calculator;
  #part;
  #ask;
  #take;
  #name;
  /** By quantity. @type {Map<string, string>} */
  #inputs;
  /** What the offers shown are of. */
  #shown = "";
  /** @type {Record<string, Offer>} by input */
  #offers = {};
  /** @type {Promise<void> | undefined} */
  #coming;

  /**
   * @param {HTMLElement} calculator
   * @param {HTMLElement} part where they are offered
   * @param {(ask: string, further: object) => Promise<Record<string, any>>} ask
   * @param {(values: Values) => void} take
   * @param {AbortSignal} signal
   */
  constructor(calculator, part, ask, take, signal) {
    this.#calculator = calculator;
    this.#part = part;
    this.#ask = ask;
    this.#take = take;
    this.#name = calculator.getAttribute("name") ?? "";
    const fields = [...calculator.querySelectorAll("[data-quantity]")];
    this.#inputs = new Map(fields.map((field) => [field.getAttribute("data-quantity") ?? "", field.getAttribute("name") ?? ""]));
    part.addEventListener("click", (event) => this.#press(event), { signal });
    // Of one that nobody has come to, Python would be fetched for it.
    const again = () => calculator.dataset["state"] !== "static" && this.update();
    window.addEventListener(CHANGED, again, { signal });
    window.addEventListener("storage", (event) => isAboutNumbers(event) && again(), { signal });
  }

  /**
   * Takes over what the result says about quantities, as far as it is made of the reader's own numbers alone.
   *
   * @param {Learned} learned
   * @param {(inputs: string[]) => boolean} isOwn
   * @param {string} currency that amounts are typed in, "" for none
   */
  learn(learned, isOwn, currency) {
    const own = Object.values(learned).filter(({ of }) => isOwn(of));
    learnNumbers(Object.fromEntries(own.map(({ quantity, value }) => [quantity, value])), this.#name, currency);
  }

  /** Makes room for what will be offered, before Python says how it is written: nothing slips away from under a finger then. */
  expect() {
    const isExample = (/** @type {string} */ input) => this.#calculator.querySelector(`[data-example-of="${input}"]:not([hidden])`) !== null;
    const expected = Object.keys(this.#wanted).filter((quantity) => isExample(this.#inputs.get(quantity) ?? ""));
    if (expected.length) this.#showCount(expected.length);
  }

  /** Shows what is known and does not stand in the fields, once for all that changes together. */
  update() {
    this.#coming ??= Promise.resolve().then(() => {
      this.#coming = undefined;
      return this.#update();
    });
  }

  async #update() {
    const numbers = this.#wanted;
    // Where Python does not answer, the calculator says so itself.
    const answer = Object.keys(numbers).length ? await this.#ask("offers", { numbers }).catch(() => null) : null;
    this.#offers = answer?.["offers"] ?? {};
    const shown = JSON.stringify(this.#offers);
    const entries = Object.entries(this.#offers);
    if (!this.#part.isConnected || (shown === this.#shown && this.#part.hidden === !entries.length)) return;
    this.#shown = shown;
    const hadFocus = this.#part.contains(document.activeElement);
    const list = /** @type {HTMLElement} */ (this.#part.querySelector("[data-part=numbers]"));
    list.replaceChildren(...entries.map(([input, offer]) => this.#item(input, offer, numbers)));
    this.#showCount(entries.length);
    // The button that was pressed is gone.
    if (hadFocus && !this.#part.contains(document.activeElement)) (list.querySelector("button") ?? this.#undo)?.focus();
  }

  /** What is known of the quantities that are asked for here, without what was put aside. @returns {Numbers} */
  get #wanted() {
    const aside = readAside(this.#name);
    const known = Object.entries(readNumbers()).filter(([quantity, { value }]) => this.#inputs.has(quantity) && aside[quantity] !== value);
    return Object.fromEntries(known);
  }

  /** @param {number} count */
  #showCount(count) {
    this.#part.hidden = !count;
    const place = this.#part.querySelector("[data-part=known-count]");
    if (place) place.textContent = new Intl.NumberFormat(this.#calculator.lang).format(count);
  }

  /** @returns {HTMLElement | null | undefined} */
  get #undo() {
    return this.#part.closest("form")?.querySelector("[data-part=undo]:not([hidden]) button");
  }

  /**
   * @param {string} input
   * @param {Offer} offer
   * @param {Numbers} numbers
   */
  #item(input, { quantity, text }, numbers) {
    const template = /** @type {HTMLTemplateElement} */ (this.#part.querySelector("template"));
    const item = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    const label = this.#calculator.querySelector(`label[for="${this.#calculator.querySelector(`[name="${input}"]`)?.id}"] [data-name]`)?.textContent ?? "";
    const known = numbers[quantity];
    const titles = JSON.parse(this.#part.dataset["titles"] ?? "{}");
    const write = (/** @type {string} */ part, /** @type {string} */ words) => {
      const place = item.querySelector(`[data-part=${part}]`);
      if (place) place.textContent = words;
    };
    write("known-label", label);
    write("known-text", text);
    write("known-origin", known ? originOf(this.#part, known, (calculator) => titles[calculator] ?? "") : "");
    const button = /** @type {HTMLButtonElement} */ (item.querySelector("button"));
    button.dataset["take"] = input;
    button.setAttribute("aria-label", (template.dataset["use"] ?? "").replace("{name}", `${label} ${text}`));
    return item;
  }

  /** @param {Event} event */
  async #press({ target }) {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const { take, do: what } = button.dataset;
    // Pressed before Python has said how they are written.
    if (what === "all" && !Object.keys(this.#offers).length) await this.#update();
    const offered = Object.entries(this.#offers);
    const values = offered.filter(([input]) => what === "all" || input === take);
    if (values.length) return this.#take(Object.fromEntries(values.map(([input, { value }]) => [input, value])));
    if (what !== "aside") return;
    const numbers = readNumbers();
    putAside(this.#name, Object.fromEntries(offered.map(([, { quantity }]) => [quantity, numbers[quantity]?.value ?? ""])));
    this.#part.hidden = true;
    // The next thing that can be reached, without a keyboard of glass opening.
    /** @type {HTMLElement | null} */ (this.#calculator.querySelector("[data-control=empty]"))?.focus();
  }
}
