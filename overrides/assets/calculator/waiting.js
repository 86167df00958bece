/** What is shown while an answer is not there yet: how far it is, and no result that answers other numbers. */
import { onProgress, runtime } from "../runtime/runtime.js";
import { sayIn } from "../site/saying.js";
import { LongRun } from "./long_run.js";

/** @typedef {import("../runtime/runtime.js").Progress} Progress */

/** Most answers come sooner, and nothing flickers. */
const SAID_AFTER_MILLISECONDS = 500;
const CLEARED_AFTER_MILLISECONDS = 2000;
const MEGABYTE = 1_000_000;
/** @type {Array<Progress["state"]>} */
const STEPS = ["receiving", "starting", "computing"];

export class Waiting {
  #element;
  #isForeign;
  #clear;
  /** @type {Array<ReturnType<typeof setTimeout>>} */
  #fading = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  /** A run that takes long can be stopped; what is typed stays. */
  #run = new LongRun((isLong) => this.#stop?.toggleAttribute("hidden", !isLong));
  /** @type {Progress} */
  #progress = { state: "receiving" };

  /**
   * @param {HTMLElement} element the calculator
   * @param {() => boolean} isForeign whether the result shown answers something else than what stands in the fields
   * @param {() => void} clear takes that result away
   * @param {AbortSignal} signal
   */
  constructor(element, isForeign, clear, signal) {
    this.#element = element;
    this.#isForeign = isForeign;
    this.#clear = clear;
    onProgress((progress) => this.#follow(progress), signal);
    signal.addEventListener("abort", () => this.end());
    this.#stop?.addEventListener("click", () => runtime().stop(), { signal });
  }

  /** Something is asked, or what is asked has changed. */
  begin() {
    // Before Python is up no answer is near, and until then nothing else stands in its place.
    if (this.#element.dataset["state"] === "starting" && this.#isForeign()) {
      this.#clear();
      this.#say();
    }
    this.#saying ??= setTimeout(() => this.#say(), SAID_AFTER_MILLISECONDS);
    if (!this.#isForeign()) this.#stopFading();
    else if (!this.#fading.length) {
      this.#fading = [
        setTimeout(() => this.#result?.setAttribute("aria-busy", "true"), SAID_AFTER_MILLISECONDS),
        setTimeout(() => this.#clear(), CLEARED_AFTER_MILLISECONDS),
      ];
    }
  }

  /** It is answered, or will not be. */
  end() {
    clearTimeout(this.#saying);
    this.#saying = undefined;
    this.#run.end();
    this.#stopFading();
    const message = this.#message;
    if (message) message.hidden = true;
  }

  #stopFading() {
    for (const timer of this.#fading) clearTimeout(timer);
    this.#fading = [];
    this.#result?.removeAttribute("aria-busy");
  }

  /** @param {Progress} progress */
  #follow(progress) {
    // Between two steps nothing is said.
    if (!STEPS.includes(progress.state)) return;
    this.#progress = progress;
    this.#run.follow(progress.state === "computing" && this.#saying !== undefined);
    if (this.#message?.hidden === false) this.#say();
  }

  /** The step is spoken, the bytes are not. */
  #say() {
    const message = this.#message;
    const step = message?.querySelector("[data-part=step]");
    const bytes = message?.querySelector("[data-part=bytes]");
    const bar = message?.querySelector("progress");
    if (!message || !(step instanceof HTMLElement) || !(bytes instanceof HTMLElement) || !bar) return;
    if (message.hidden) step.textContent = "";
    message.hidden = false;
    const { state, received = 0, total = 0 } = this.#progress;
    const words = step.dataset[state] ?? "";
    if (step.textContent !== words) sayIn(step, words);
    const isMeasured = state === "receiving" && total > 0;
    bytes.hidden = bar.hidden = !isMeasured;
    bar.max = total || 1;
    bar.value = received;
    const [some, all] = [received, total].map((count) => megabytes(count, bytes.dataset["decimalMark"] ?? "."));
    bytes.textContent = (bytes.dataset["text"] ?? "").replace("{received}", some ?? "").replace("{total}", all ?? "");
  }

  get #message() {
    return /** @type {HTMLElement | null} */ (this.#element.querySelector("[data-part=waiting]"));
  }

  get #stop() {
    return /** @type {HTMLElement | null} */ (this.#element.querySelector("[data-control=stop]"));
  }

  get #result() {
    return this.#element.querySelector(".calculator__result");
  }
}

/**
 * Not with the browser's own formatting: its first use takes the page 60 ms, just when a reader waits.
 *
 * @param {number} bytes
 * @param {string} decimalMark of the page's language
 */
function megabytes(bytes, decimalMark) {
  return (bytes / MEGABYTE).toFixed(1).replace(".", decimalMark);
}
