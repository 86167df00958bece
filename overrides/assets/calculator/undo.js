/** What was removed or replaced can be had back, as long as the visit lasts and its language stays. */
import { sayIn } from "../site/saying.js";
import { controlsNamed, readForm, writeForm } from "./form_values.js";

/** @typedef {import("./form_values.js").Values} Values */
/**
 * What goes along with the inputs: the currency, and which inputs are no longer the example's.
 *
 * @typedef {{currency: string, confirmed: string[], waiting: string[], lent?: string[]}} Circumstances
 */
/**
 * What one change did to the inputs that it touched.
 *
 * @typedef {{kind: string, before: Values, after: Values, circumstances: Circumstances}} Step
 */

const MOST_STEPS = 20;
/** With long tables, all of them would fill the storage. */
const MOST_STEPS_KEPT = 3;

export class Undo {
  #form;
  #bar;
  #changed;
  #circumstances;
  /** @type {Step[]} */
  #steps = [];
  /** Whether nothing has been typed since the last step: the browser takes back typing itself. */
  #isLatest = false;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement} bar where the last step is said, with the button that takes it back
   * @param {{read: () => Circumstances, write: (circumstances: Circumstances) => void}} circumstances
   * @param {() => void} changed called after every step back
   * @param {AbortSignal} signal
   */
  constructor(form, bar, circumstances, changed, signal) {
    this.#form = form;
    this.#bar = bar;
    this.#changed = changed;
    this.#circumstances = circumstances;
    bar.querySelector("button")?.addEventListener("click", () => this.#back(), { signal });
    for (const event of ["input", "change"]) form.addEventListener(event, () => (this.#isLatest = false), { signal });
    form.addEventListener("keydown", (event) => this.#onKey(event), { signal });
  }

  /**
   * Makes a change that removes or replaces something, so that it can be taken back.
   *
   * @param {string} kind which sentence of the bar says what was done
   * @param {() => void} change
   */
  keep(kind, change) {
    const before = readForm(this.#form);
    const circumstances = this.#circumstances.read();
    change();
    this.#add(kind, before, readForm(this.#form), circumstances);
  }

  /**
   * @param {string} kind
   * @param {Values} before
   * @param {Values} after
   * @param {Circumstances} circumstances as they were before
   */
  #add(kind, before, after, circumstances) {
    const touched = Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    if (!touched.length && circumstances.currency === this.#circumstances.read().currency) return;
    this.#steps.push({ kind, before: only(before, touched), after: only(after, touched), circumstances });
    if (this.#steps.length > MOST_STEPS) this.#steps.shift();
    this.#isLatest = true;
    this.#show();
  }

  /** The keys that undo everywhere undo here, too. @param {KeyboardEvent} event */
  #onKey(event) {
    const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isUndo || !this.#isLatest || !this.#steps.length) return;
    event.preventDefault();
    this.#back();
  }

  #back() {
    const step = this.#steps.pop();
    if (!step) return;
    const names = Object.keys(step.before);
    const now = only(readForm(this.#form), names);
    const circumstances = this.#circumstances.read();
    writeForm(this.#form, step.before);
    this.#circumstances.write(step.circumstances);
    // What was typed since the change is not lost either.
    if (JSON.stringify(now) !== JSON.stringify(step.after)) this.#add("undone", now, step.before, circumstances);
    else this.#isLatest = true;
    this.#show();
    controlsNamed(this.#form, names[0] ?? "")[0]?.focus();
    this.#changed();
  }

  /** The latest steps, as the visit keeps them: after going back to the example, nothing that was typed before. */
  get steps() {
    const isForgotten = this.#steps.map(({ kind }) => kind).lastIndexOf("reset");
    return this.#steps.slice(isForgotten + 1).slice(-MOST_STEPS_KEPT);
  }

  /** @param {Step[]} steps of the page before, as the tab's storage has them: it may hold anything */
  resume(steps) {
    this.#steps = steps.filter(({ kind }) => Object.hasOwn(this.#bar.dataset, kind));
    this.#show();
  }

  #show() {
    const last = this.#steps.at(-1);
    const said = this.#bar.querySelector("[data-part=undone]");
    if (said?.textContent && !last) said.textContent = "";
    this.#bar.hidden = !last;
    if (said instanceof HTMLElement && last) sayIn(said, this.#bar.dataset[last.kind] ?? "");
  }
}

/**
 * @param {Values} values
 * @param {string[]} names
 * @returns {Values}
 */
function only(values, names) {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? ""]));
}
