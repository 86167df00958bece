/** Scenarios around a calculator: kept under a name, listed with what they come to, opened, forgotten, compared. */
import { fillTable } from "./fill_table.js";
import { readKept, writeKept } from "./kept_scenarios.js";

/** @typedef {import("./element.js").PlaybookCalculator} Calculator */
/** @typedef {import("./kept_scenarios.js").Scenario} Scenario */
/** @typedef {{inputs: import("./form_values.js").Values, currency?: string, summary: string, broken?: boolean}} Opened */

export class Scenarios {
  #calculator;
  #name;
  #parts;
  /** @type {Scenario[]} */
  #scenarios;
  #isRemembered;
  /** The one compared with what stands in the fields. @type {Scenario | undefined} */
  #compared;
  /** Forgotten just now, and still to be had back. @type {Set<Scenario>} */
  #forgotten = new Set();
  /** Whether the browser keeps them: what it keeps may be changed by another tab. */
  #isKept = true;

  /**
   * @param {Calculator} calculator
   * @param {Parts} parts
   *
   * @typedef {object} Parts
   * @property {HTMLInputElement} name
   * @property {HTMLElement} refused
   * @property {HTMLElement} kept
   * @property {HTMLElement} list
   * @property {HTMLTemplateElement} row
   * @property {HTMLInputElement} remember
   * @property {HTMLElement} full
   * @property {HTMLTableElement} table
   */
  constructor(calculator, parts) {
    this.#calculator = calculator;
    this.#parts = parts;
    this.#name = calculator.getAttribute("name") ?? "";
    const { scenarios, isRemembered } = readKept(this.#name);
    this.#scenarios = scenarios;
    this.#isRemembered = isRemembered;
    this.#compared = scenarios.at(-1);
    this.#parts.name.placeholder = this.#suggestion;
  }

  /** Keeps what stands in the fields. */
  async keep() {
    const { kept } = await this.#calculator.ask("keep");
    this.#parts.refused.hidden = kept !== undefined;
    if (kept === undefined) return;
    this.#catchUp();
    this.#compared = { name: this.#unused(this.#parts.name.value.trim() || this.#suggestion), kept };
    this.#scenarios.push(this.#compared);
    this.#write();
    this.#parts.name.value = "";
    this.#parts.name.placeholder = this.#suggestion;
    await this.update();
  }

  /** @param {boolean} isRemembered in this browser, after the visit, too */
  remember(isRemembered) {
    this.#catchUp();
    this.#isRemembered = isRemembered;
    this.#write();
  }

  /** @param {number} place */
  async open(place) {
    const scenario = this.#scenarios[place];
    const opened = scenario && (await this.#opened(scenario));
    if (opened && !opened.broken) this.#calculator.reopen(opened);
  }

  /** @param {number} place @param {boolean} isForgotten false brings it back */
  async forget(place, isForgotten) {
    const scenario = this.#scenarios[place];
    if (!scenario) return;
    this.#catchUp();
    if (isForgotten) this.#forgotten.add(scenario);
    else this.#forgotten.delete(scenario);
    if (this.#compared === scenario && isForgotten) this.#compared = this.#left.at(-1);
    this.#write();
    await this.update();
    const button = this.#parts.list.children[this.#scenarios.indexOf(scenario)]?.querySelector("button:not([hidden])");
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {number} place */
  async compare(place) {
    this.#compared = this.#scenarios[place];
    await this.update();
  }

  /** Shows the list, and the comparison with what stands in the fields now. */
  async update() {
    const { kept, list, row, remember, table } = this.#parts;
    const scenarios = this.#scenarios;
    const all = await Promise.all(scenarios.map((scenario) => this.#opened(scenario)));
    // What came since is shown by its own call.
    if (scenarios !== this.#scenarios || all.length !== scenarios.length) return;
    while (list.children.length < all.length) list.append(row.content.cloneNode(true));
    while (list.children.length > all.length) list.lastElementChild?.remove();
    all.forEach((opened, place) => this.#showRow(/** @type {Element} */ (list.children[place]), place, opened));
    kept.hidden = !all.length;
    remember.checked = this.#isRemembered;
    const compared = this.#compared;
    const answer = compared ? await this.#calculator.ask("compare", { kept: compared.kept }) : {};
    if (answer["errors"] || compared !== this.#compared) return;
    table.hidden = !answer["rows"]?.length;
    const head = table.tHead?.rows[0]?.cells[1];
    if (head && compared) head.textContent = this.#called(compared);
    fillTable(table, null, (answer["rows"] ?? []).map((/** @type {any} */ line) => [line.label, line.kept, line.now, line.difference]));
  }

  /**
   * @param {Element} item
   * @param {number} place
   * @param {Opened} opened
   */
  #showRow(item, place, { broken, summary }) {
    const scenario = /** @type {Scenario} */ (this.#scenarios[place]);
    const isForgotten = this.#forgotten.has(scenario);
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (item.querySelector(name));
    part("[data-part=name]").textContent = this.#called(scenario);
    part("[data-part=summary]").textContent = summary ?? "";
    part("[data-part=unreadable]").hidden = !broken;
    part("code").textContent = broken ? scenario.kept : "";
    const choice = /** @type {HTMLInputElement} */ (part("input"));
    choice.checked = scenario === this.#compared;
    choice.disabled = Boolean(broken) || isForgotten;
    item.classList.toggle("calculator__forgotten", isForgotten);
    for (const button of item.querySelectorAll("button")) {
      const act = button.dataset["do"];
      button.hidden = (act === "restore") !== isForgotten || (act === "open" && Boolean(broken));
      // Several rows have the same words on their buttons.
      button.setAttribute("aria-label", `${button.textContent}: ${this.#called(scenario)}`);
    }
  }

  /** @param {Scenario} scenario @returns {Promise<any>} */
  #opened(scenario) {
    return this.#calculator.ask("reopen", { inputs: {}, link: scenario.kept });
  }

  /** @param {Scenario} scenario */
  #called(scenario) {
    return scenario.name || this.#numbered(this.#scenarios.indexOf(scenario) + 1);
  }

  /** @param {number} number */
  #numbered(number) {
    return (this.#parts.name.dataset["name"] ?? "").replace("{number}", new Intl.NumberFormat(this.#calculator.lang).format(number));
  }

  get #suggestion() {
    return this.#numbered(this.#scenarios.length + 1);
  }

  /** @param {string} name @returns {string} one that no other scenario has */
  #unused(name) {
    const taken = new Set(this.#scenarios.map((scenario) => this.#called(scenario)));
    let unused = name;
    for (let number = 2; taken.has(unused); number++) unused = `${name} (${number})`;
    return unused;
  }

  /** Takes over what another tab has kept, forgotten or asked to remember since. */
  catchUp() {
    this.#catchUp();
    return this.update();
  }

  #catchUp() {
    if (!this.#isKept) return;
    const { scenarios, isRemembered } = readKept(this.#name);
    const known = new Map(this.#scenarios.map((scenario) => [JSON.stringify(scenario), scenario]));
    const now = scenarios.map((scenario) => known.get(JSON.stringify(scenario)) ?? scenario);
    // Where they stood, those that can still be had back.
    for (const [place, scenario] of this.#scenarios.entries()) if (this.#forgotten.has(scenario)) now.splice(place, 0, scenario);
    this.#scenarios = now;
    this.#isRemembered = isRemembered;
    if (this.#compared && !now.includes(this.#compared)) this.#compared = this.#left.at(-1);
  }

  get #left() {
    return this.#scenarios.filter((scenario) => !this.#forgotten.has(scenario));
  }

  #write() {
    const isDone = writeKept(this.#name, { scenarios: this.#left, isRemembered: this.#isRemembered });
    this.#isKept = isDone;
    this.#parts.full.hidden = isDone;
    if (!isDone) this.#isRemembered = false;
    this.#parts.remember.checked = this.#isRemembered;
  }
}
