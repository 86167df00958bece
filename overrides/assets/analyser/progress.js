/** How far the work on a file is, beside the button that stops it. The step is spoken, the count is not. */
import { sayIn } from "../site/saying.js";
import { part, place } from "./templates.js";

/** @typedef {import("./connection.js").Progress} Step */

/** A quick answer needs no bar. */
const SHOWN_AFTER_MILLISECONDS = 300;
const MEGABYTE = 1_000_000;

export class Progress {
  #analyser;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #showing;

  /** @param {HTMLElement} analyser */
  constructor(analyser) {
    this.#analyser = analyser;
  }

  /** @param {boolean} isLong whether a file is to be read, and not a question about the one that is there */
  begin(isLong) {
    clearTimeout(this.#showing);
    // Work that follows on work is one wait: its first step is not said twice.
    if (this.#place.hidden) place(this.#analyser, "step").textContent = "";
    this.#showing = setTimeout(() => (this.#place.hidden = false), isLong ? 0 : SHOWN_AFTER_MILLISECONDS);
    this.show({ stage: isLong ? "loading" : "computing", done: 0, total: 0 });
  }

  end() {
    clearTimeout(this.#showing);
    this.#place.hidden = true;
  }

  /** @param {Step} step */
  show({ stage, done = 0, total = 0 }) {
    const step = place(this.#analyser, "step");
    const words = step.dataset[stage] ?? "";
    if (step.textContent !== words) sayIn(step, words);
    const bar = this.#place.querySelector("progress");
    if (bar && total > 0) Object.assign(bar, { max: total, value: Math.min(done, total) });
    else bar?.removeAttribute("value");
    part(this.#analyser, "count", HTMLElement).textContent = this.#count(stage, done, total);
  }

  /** @param {string} stage @param {number} done @param {number} total */
  #count(stage, done, total) {
    const inBytes = stage === "loading" || stage === "decoding";
    if (!total || !(inBytes || stage === "reading")) return "";
    const words = this.#place.dataset[inBytes ? "bytes" : "rows"] ?? "";
    const [some, all] = [done, Math.max(done, total)].map((number) => this.#number(inBytes ? number / MEGABYTE : number, inBytes ? 1 : 0));
    return words.replace("{done}", some ?? "").replace("{total}", all ?? "");
  }

  /** @param {number} number @param {number} digits */
  #number(number, digits) {
    return number.toLocaleString(this.#analyser.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  get #place() {
    return place(this.#analyser, "progress");
  }
}
